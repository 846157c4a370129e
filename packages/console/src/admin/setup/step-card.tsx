import type { SetupStep } from '@countersign/protocol';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleDotted,
} from '@tabler/icons-react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectLink } from '../object/object-link.tsx';
import { StepActions } from './step-actions.tsx';

const { setup: w } = adminWords;

/** The state's shape says as much as its colour. */
const icons = {
  todo: IconCircleDashed,
  doing: IconCircleDotted,
  done: IconCircleCheck,
  failing: IconAlertTriangle,
};

const SHOWN_OBJECTS = 5;

interface Props {
  step: SetupStep;
  /** From 1. */
  place: number;
  steps: readonly SetupStep[];
  /** The first that is not done. */
  isNext: boolean;
}

/** One step: how it stands and why, what it is about, and what to do. */
export function StepCard({ step, place, steps, isNext }: Props) {
  const { id, state, why, objects } = step;
  const Icon = icons[state];
  const heading = `setup-${id}`;
  return (
    <section
      className={`screen-card setup-step setup-${state} ${isNext ? 'setup-next' : ''}`}
      aria-labelledby={heading}
      aria-current={isNext ? 'step' : undefined}
    >
      <Icon size={24} stroke={1.5} aria-hidden />
      <div className="setup-step-text">
        <header>
          <h2 id={heading}>{w.step(place, w.titles[id])}</h2>
          <span className="setup-state">{w.states[state]}</span>
        </header>
        {state === 'done' ? null : <p>{w.hints[id]}</p>}
        <p className="secondary">{why}</p>
        {objects.length > 0 ? (
          <p className="setup-objects secondary">
            {objects.slice(0, SHOWN_OBJECTS).map((one) => (
              <ObjectLink key={`${one.section} ${one.id}`} section={one.section} id={one.id}>
                {one.name}
              </ObjectLink>
            ))}
          </p>
        ) : null}
        <StepActions step={step} steps={steps} isNext={isNext} />
      </div>
    </section>
  );
}
