import { Button } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useForm } from '../object/form-context.ts';

const { workstreams: w, rules } = adminWords;

interface Props {
  path: string;
  name: string;
  sentence: string;
  children: ReactNode;
}

/** A rule as its sentence; what makes it up is folded out to change it. One with gaps or faults is open. */
export function FoldedRule({ path, name, sentence, children }: Props) {
  const { faults, readOnly } = useFaultsWithin(path);
  const hasGap = sentence.includes(rules.missing);
  const [opened, setOpened] = useState(hasGap);
  const fields = useId();
  const isOpen = opened || faults;
  return (
    <>
      <p className="rule-sentence" role="status">
        {sentence}
      </p>
      {readOnly ? null : (
        <Button
          variant="default"
          size="compact-sm"
          className="rule-toggle"
          aria-expanded={isOpen}
          aria-controls={fields}
          aria-label={isOpen ? w.fold(name) : w.unfold(name)}
          onClick={() => setOpened(!isOpen)}
        >
          {isOpen ? w.done : w.change}
        </Button>
      )}
      <div id={fields} className="rule-fields" hidden={!isOpen}>
        {isOpen ? children : null}
      </div>
    </>
  );
}

function useFaultsWithin(path: string): { faults: boolean; readOnly: boolean } {
  const { faults, readOnly } = useForm();
  const isWithin = (at: string) => at === path || /^[.[]/.test(at.slice(path.length));
  return {
    faults: faults.some((fault) => fault.path.startsWith(path) && isWithin(fault.path)),
    readOnly,
  };
}
