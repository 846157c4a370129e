import type { SettingHealth } from '@countersign/protocol';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { words } from '../strings/words.ts';

/** Its shape says as much as its colour. */
const icons = { green: IconCircleCheck, amber: IconAlertTriangle, red: IconCircleX };

export function HealthPill({ colour }: { colour: SettingHealth['colour'] }) {
  const Icon = icons[colour];
  return (
    <strong className="health-pill">
      <Icon size={16} stroke={1.75} aria-hidden /> {words.keys.health[colour]}
    </strong>
  );
}
