import type { Attempt } from '../sign-in/use-attempt.ts';

/** What came of the last try. */
export function Outcome({ attempt, done }: { attempt: Attempt; done: string | null }) {
  return (
    <>
      <p className="secondary" role="status" hidden={!done || attempt.problem !== null}>
        {done && !attempt.problem ? done : ''}
      </p>
      {attempt.problem ? (
        <p className="screen-problem" role="alert" ref={attempt.problemRef} tabIndex={-1}>
          {attempt.problem}
        </p>
      ) : null}
    </>
  );
}
