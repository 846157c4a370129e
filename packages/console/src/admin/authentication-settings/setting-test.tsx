import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RequestError } from '../../api/request.ts';
import { setupApi } from '../../api/setup-api.ts';
import { settingsKey } from '../../attempts/use-settings.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { CheckList } from '../checks/check-list.tsx';
import { FieldGroup } from '../fields/field-group.tsx';

const { settings: w } = adminWords;

/** Really fetches what a sign-in would need: the discovery document and the keys. */
export function SettingTest({ id }: { id: string }) {
  return (
    <FieldGroup title={w.test} lead={w.testLead}>
      <TestNow id={id} />
      <p className="secondary">{w.testSaved}</p>
    </FieldGroup>
  );
}

/** The button alone; it stands out where testing is the next thing to do. */
export function TestNow({ id, isNext = false }: { id: string; isNext?: boolean }) {
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => setupApi.testIdentity(id),
    onSettled: () => client.invalidateQueries({ queryKey: settingsKey }),
  });
  return (
    <div className="setting-test">
      <Button
        variant={isNext ? 'filled' : 'default'}
        leftSection={<IconPlugConnected size={16} stroke={1.5} aria-hidden />}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {w.test}
      </Button>
      {test.data ? <CheckList test={test.data} /> : null}
      {test.isError ? (
        <p className="screen-problem" role="alert">
          {(test.error instanceof RequestError && test.error.detail) || w.testFailed}
        </p>
      ) : null}
    </div>
  );
}
