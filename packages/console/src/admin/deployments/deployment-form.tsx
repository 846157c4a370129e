import { useSearch } from '@tanstack/react-router';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { ReferenceField } from '../fields/reference-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { TextsField } from '../fields/texts-field.tsx';
import { useValue } from '../object/form-context.ts';
import { ObjectScreen } from '../object/object-screen.tsx';
import { isMap } from '../object/paths.ts';
import { DeploymentSign } from './deployment-sign.tsx';
import { OnSite } from './on-site.tsx';
import { SwitchingOff } from './switching-off.tsx';

const { deployments: w } = adminWords;

const initial = { status: 'Active', allowAllDomains: false, allowedDomains: [] };

export function DeploymentForm({ id }: { id: string | null }) {
  const { name, configuration, workstream } = useSearch({ strict: false });
  const known = { name, configuration, workstream };
  return (
    <ObjectScreen
      section="deployments"
      id={id}
      initial={{ ...initial, ...known }}
      sign={({ object }) => <DeploymentSign status={object.status} />}
      tabs={(entry) => [{ name: 'site', label: w.onSite, content: <OnSite deployment={entry} /> }]}
    >
      {({ entry }) => (
        <>
          <FieldGroup title={w.what} lead={w.whatLead}>
            <TextField path="name" label={w.name} description={w.nameHint} />
            <ReferenceField
              path="configuration"
              label={w.configuration}
              description={w.configurationHint}
              section="messengerConfigurations"
            />
            <ReferenceField
              path="workstream"
              label={w.workstream}
              description={w.workstreamHint}
              section="workstreams"
              fits={(object) => isMap(object) && object.channel === 'web'}
            />
            <ReferenceField
              path="operatingHours"
              label={w.hours}
              description={w.hoursHint}
              section="operatingHours"
              optional
            />
            <ChoiceField
              path="status"
              label={w.status}
              choices={[
                { value: 'Active', label: w.active, description: w.activeHint },
                { value: 'Inactive', label: w.inactive, description: w.inactiveHint },
              ]}
            />
            {entry?.object.status === 'Active' ? <SwitchingOff id={entry.id} /> : null}
          </FieldGroup>
          <FieldGroup title={w.where} lead={w.whereLead}>
            <SwitchField
              path="allowAllDomains"
              label={w.allDomains}
              description={w.allDomainsHint}
            />
            <Domains />
          </FieldGroup>
        </>
      )}
    </ObjectScreen>
  );
}

function Domains() {
  if (useValue('allowAllDomains') === true) return null;
  return (
    <TextsField
      path="allowedDomains"
      label={w.domains}
      description={w.domainsHint}
      placeholder="shop.example"
    />
  );
}
