import { Dialog } from '../dialog/dialog.tsx';
import { words } from '../strings/words.ts';
import { TokenTrial } from './token-trial.tsx';

/** Pastes a token, reads the checks. What was pasted is forgotten when the dialog closes. */
export function TryTokenDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} size={560} title={words.tryToken.title}>
      {opened ? <TokenTrial /> : null}
    </Dialog>
  );
}
