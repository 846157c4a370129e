import { adminWords } from '../../strings/admin/admin-words.ts';
import './apple-accounts.css';

const { appleAccounts: w } = adminWords;

const steps = ['channel', 'details', 'behaviours', 'messages', 'review'] as const;

/** The steps in their order, to go to any of them. */
export function StepLinks() {
  return (
    <nav aria-label={w.stepsLabel}>
      <ol className="step-links">
        {steps.map((step) => (
          <li key={step}>
            <a
              href={`#step-${step}`}
              onClick={(event) => {
                event.preventDefault();
                goTo(`step-${step}`);
              }}
            >
              {w.steps[step]}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function goTo(id: string): void {
  const step = document.getElementById(id);
  step?.scrollIntoView({ block: 'start' });
  step?.focus({ preventScroll: true });
}
