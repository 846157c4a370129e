import type { ObjectFault } from '@countersign/protocol';
import { useEffect, useRef } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { fieldOf } from './faults.ts';
import { fieldId, useForm } from './form-context.ts';

const { faults: w } = adminWords;

/** Everything that is wrong, at the top; it gets the focus, and leads to the fields. */
export function FaultSummary() {
  const { faults, fields } = useForm();
  const summary = useRef<HTMLDivElement>(null);
  const said = useRef<readonly ObjectFault[]>([]);
  useEffect(() => {
    // Not when one of them has just been put right
    if (faults.length > said.current.length) summary.current?.focus();
    said.current = faults;
  }, [faults]);
  if (faults.length === 0) return null;
  const paths = new Set(fields.keys());
  return (
    <div className="fault-summary" role="alert" tabIndex={-1} ref={summary}>
      <h2>{w.title(faults.length)}</h2>
      <ul>
        {faults.map((fault) => {
          const field = fieldOf(fault, paths);
          return (
            <li key={`${fault.path} ${fault.message}`}>
              <FieldLink field={field} label={labelOf(fault, field, fields)} />: {fault.message}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What is wrong deeper than its field says where. */
function labelOf(
  fault: ObjectFault,
  field: string | null,
  fields: ReadonlyMap<string, string>,
): string {
  if (field === null) return fault.path === '' ? w.whole : fault.path;
  const label = fields.get(field) ?? field;
  return field === fault.path ? label : `${label} (${fault.path.slice(field.length)})`;
}

function FieldLink({ field, label }: { field: string | null; label: string }) {
  if (field === null) return <strong>{label}</strong>;
  const id = fieldId(field);
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault();
        focusField(id);
      }}
    >
      {label}
    </a>
  );
}

/** The field itself, or the first thing in it that can be used. */
function focusField(id: string): void {
  const field = document.getElementById(id);
  const usable = 'input, textarea, select, button, [tabindex]';
  const target = field?.matches(usable) ? field : field?.querySelector<HTMLElement>(usable);
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
}
