import type { ShownObject } from '@countersign/protocol';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { adminWords } from '../../strings/admin/admin-words.ts';

const { deployments: w } = adminWords;

/** Whether customers reach it. Its shape says as much as its colour. */
export function DeploymentSign({ status }: Pick<ShownObject<'deployments'>, 'status'>) {
  const isActive = status === 'Active';
  const Icon = isActive ? IconCircleCheck : IconCircleDashed;
  return (
    <span className={`object-sign ${isActive ? 'level-good' : ''}`}>
      <Icon size={16} stroke={1.75} aria-hidden /> {isActive ? w.active : w.inactive}
    </span>
  );
}
