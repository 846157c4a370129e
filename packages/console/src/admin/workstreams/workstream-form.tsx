import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { ReferenceField } from '../fields/reference-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { ObjectScreen } from '../object/object-screen.tsx';
import { AutomatedMessages } from './automated-messages.tsx';
import { Classification } from './classification.tsx';
import { ContextVariables } from './context-variables.tsx';
import { Distribution } from './distribution.tsx';
import { RouteRules } from './route-rules.tsx';
import { TryRouting } from './try-routing.tsx';

const { workstreams: w } = adminWords;

const initial = { channel: 'web', distribution: 'push' };

/** A stream of work: what is known of its conversations, and the rules that say where they go. */
export function WorkstreamForm({ id }: { id: string | null }) {
  return (
    <ObjectScreen
      section="workstreams"
      id={id}
      initial={initial}
      sign={({ object }) => <span className="secondary">{w.channels[object.channel]}</span>}
      tabs={(entry) => [
        { name: 'try', label: w.try, content: <TryRouting workstream={entry.name} /> },
      ]}
    >
      {() => (
        <>
          <FieldGroup title={w.what} lead={w.whatLead}>
            <TextField path="name" label={w.name} description={w.nameHint} />
            <ChoiceField
              path="channel"
              label={w.channel}
              choices={[
                { value: 'web', label: w.channels.web, description: w.channelHints.web },
                { value: 'apple', label: w.channels.apple, description: w.channelHints.apple },
              ]}
            />
          </FieldGroup>
          <FieldGroup title={w.variables} lead={w.variablesLead}>
            <ContextVariables />
          </FieldGroup>
          <FieldGroup title={w.routing} lead={w.routingLead}>
            <RouteRules />
            <ReferenceField
              path="fallbackQueue"
              label={w.fallback}
              description={w.fallbackHint}
              section="queues"
            />
          </FieldGroup>
          <FieldGroup title={w.classification} lead={w.classificationLead}>
            <Classification />
          </FieldGroup>
          <Distribution />
          <FieldGroup title={w.automated} lead={w.automatedLead}>
            <AutomatedMessages />
          </FieldGroup>
        </>
      )}
    </ObjectScreen>
  );
}
