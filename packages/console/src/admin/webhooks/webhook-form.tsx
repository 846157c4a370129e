import { WebhookEvent } from '@countersign/protocol';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';
import { ChoicesField } from '../fields/choices-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { SecretField } from '../fields/secret-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { ObjectScreen } from '../object/object-screen.tsx';
import { WebhookDeliveries } from './webhook-deliveries.tsx';
import { WebhookSign } from './webhook-sign.tsx';

const { webhooks: w } = adminWords;

const events = WebhookEvent.enum.map((value) => ({
  value,
  label: value,
  description: w.events[value],
}));

/** Where one of the company's systems is told what happens here, and what was delivered to it. */
export function WebhookForm({ id }: { id: string | null }) {
  return (
    <ObjectScreen
      section="webhooks"
      id={id}
      initial={{}}
      sign={({ id: webhook }) => <WebhookSign id={webhook} />}
      tabs={({ id: webhook, name }) => [
        {
          name: 'deliveries',
          label: words.webhooks.showDeliveries,
          content: <WebhookDeliveries id={webhook} url={name} />,
        },
      ]}
    >
      {() => (
        <>
          <FieldGroup title={w.where} lead={w.whereLead}>
            <TextField
              path="url"
              label={w.url}
              placeholder="https://crm.shop.example/hooks"
              type="url"
              exact
            />
            <SecretField path="secret" label={w.secret} description={w.secretHint} />
          </FieldGroup>
          <FieldGroup title={w.what} lead={w.whatLead}>
            <ChoicesField path="events" label={w.told} choices={events} />
          </FieldGroup>
        </>
      )}
    </ObjectScreen>
  );
}
