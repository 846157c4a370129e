import { TokenTrial } from '../../attempts/token-trial.tsx';
import '../../attempts/attempts-screen.css';

/** Pastes a token for this setting, reads the checks. What was pasted is forgotten with the screen. */
export function TryToken({ id }: { id: string }) {
  return (
    <section className="screen-card object-form">
      <TokenTrial setting={id} />
    </section>
  );
}
