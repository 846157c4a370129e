import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { adminWords } from '../../strings/admin/admin-words.ts';

const { deployments: w } = adminWords;

/** A page of the node itself that has this messenger on it. */
export function TryButton({ id, isNext = false }: { id: string; isNext?: boolean }) {
  return (
    <Button
      component="a"
      href={`/try/${encodeURIComponent(id)}`}
      target="_blank"
      rel="noopener"
      variant={isNext ? 'filled' : 'default'}
      className="field-add"
      title={w.tryHint}
      rightSection={<IconExternalLink size={16} stroke={1.5} aria-hidden />}
    >
      {w.try}
    </Button>
  );
}
