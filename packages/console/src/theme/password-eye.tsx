import { IconEye, IconEyeOff } from '@tabler/icons-react';

/** What the button beside a password shows; the button itself has its name. */
export function PasswordEye({ reveal }: { reveal: boolean }) {
  const Icon = reveal ? IconEyeOff : IconEye;
  return <Icon size={18} stroke={1.5} aria-hidden />;
}
