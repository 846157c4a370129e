import type { ObjectReference } from '@countersign/protocol';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestError } from '../../api/request.ts';
import { setupApi } from '../../api/setup-api.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { CheckList } from '../checks/check-list.tsx';

const { setup: w } = adminWords;

/** Looks at a page of the site as its visitors get it: the snippet, the policy, the domain. */
export function SnippetTest({ deployment }: { deployment: ObjectReference }) {
  const [page, setPage] = useState('');
  const [isMissing, setMissing] = useState(false);
  const test = useMutation({
    mutationFn: (url: string) => setupApi.testSnippet(deployment.id, url),
  });
  return (
    <form
      className="snippet-test"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(page.trim() === '');
        if (page.trim() !== '') test.mutate(page.trim());
      }}
    >
      <div className="snippet-test-page">
        <TextInput
          label={w.page}
          placeholder="https://shop.example/"
          value={page}
          onChange={(event) => setPage(event.currentTarget.value)}
          error={isMissing ? w.pageMissing : null}
          spellCheck={false}
        />
        <Button type="submit" variant="default" loading={test.isPending}>
          {w.testSnippet}
        </Button>
      </div>
      {test.data ? <CheckList test={test.data} /> : null}
      {test.isError ? (
        <p className="screen-problem" role="alert">
          {(test.error instanceof RequestError && test.error.detail) || w.pageFailed}
        </p>
      ) : null}
    </form>
  );
}
