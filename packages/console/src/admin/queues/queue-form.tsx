import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { ReferenceField } from '../fields/reference-field.tsx';
import { ReferencesField } from '../fields/references-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { ObjectScreen } from '../object/object-screen.tsx';
import { OverflowLimit } from './overflow-limit.tsx';

const { queues: w } = adminWords;

const initial = { priority: 10, assignment: 'highest-capacity', members: [] };

const assignments = (['highest-capacity', 'round-robin', 'longest-idle'] as const).map((value) => ({
  value,
  label: w.assignments[value],
  description: w.assignmentHints[value],
}));

/** Where conversations wait, for whom, and what becomes of them when it is too much. */
export function QueueForm({ id }: { id: string | null }) {
  return (
    <ObjectScreen section="queues" id={id} initial={initial}>
      {() => (
        <>
          <FieldGroup title={w.what} lead={w.whatLead}>
            <TextField path="name" label={w.name} description={w.nameHint} />
            <NumberField
              path="priority"
              label={w.priority}
              description={w.priorityHint}
              min={0}
              max={1_000_000}
              initial={10}
            />
          </FieldGroup>
          <FieldGroup title={w.members} lead={w.membersLead}>
            <ReferencesField
              path="members"
              label={w.agents}
              description={w.agentsHint}
              section="users"
            />
            <ChoiceField path="assignment" label={w.assignment} choices={assignments} />
          </FieldGroup>
          <FieldGroup title={w.hours} lead={w.hoursLead}>
            <ReferenceField
              path="operatingHours"
              label={w.openAt}
              description={w.openAtHint}
              section="operatingHours"
              optional
            />
          </FieldGroup>
          <FieldGroup title={w.overflow} lead={w.overflowLead}>
            <OverflowLimit limit="outsideHours" />
            <OverflowLimit limit="length" />
            <OverflowLimit limit="waitingTime" />
          </FieldGroup>
        </>
      )}
    </ObjectScreen>
  );
}
