import { adminWords } from '../../strings/admin/admin-words.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useForm } from '../object/form-context.ts';
import { ObjectScreen } from '../object/object-screen.tsx';
import { Holidays } from './holidays.tsx';
import { OpenNow } from './open-now.tsx';
import { ownTimeZone, TimeZoneField } from './time-zone-field.tsx';
import { WeekField } from './week-field.tsx';

const { hours: w } = adminWords;

const usual = ['09:00-17:00'];

/** When people are there. A new one begins with the usual week, here. */
export function HoursForm({ id }: { id: string | null }) {
  const initial = {
    timeZone: ownTimeZone(),
    weekly: { mon: usual, tue: usual, wed: usual, thu: usual, fri: usual },
  };
  return (
    <ObjectScreen section="operatingHours" id={id} initial={initial}>
      {() => (
        <>
          <FieldGroup title={w.what} lead={w.whatLead}>
            <TextField path="name" label={w.name} description={w.nameHint} />
            <TimeZoneField />
          </FieldGroup>
          <FieldGroup title={w.week} lead={w.weekLead}>
            <Now />
            <WeekField />
          </FieldGroup>
          <FieldGroup title={w.holidays} lead={w.holidaysLead}>
            <Holidays />
          </FieldGroup>
        </>
      )}
    </ObjectScreen>
  );
}

/** As it stands in the form, saved or not. */
function Now() {
  const { object } = useForm();
  return (
    <p>
      <OpenNow hours={object} />
    </p>
  );
}
