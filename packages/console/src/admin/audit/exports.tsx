import { Button } from '@mantine/core';
import { IconDownload, IconLock } from '@tabler/icons-react';
import { configurationPath } from '../../api/administration-api.ts';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { mayReadSecrets } from '../../shell/roles.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { FieldGroup } from '../fields/field-group.tsx';

const { audit: w } = adminWords;

/** Everything that is set up here as a configuration file. */
export function Exports() {
  const roles = useWorkspaceState((state) => state.me.roles);
  return (
    <FieldGroup title={w.export} lead={w.exportLead}>
      <div className="screen-bar">
        <Button
          variant="default"
          component="a"
          href={configurationPath(false)}
          download
          leftSection={<IconDownload size={16} stroke={1.5} aria-hidden />}
        >
          {w.exportPlain}
        </Button>
        {mayReadSecrets(roles) ? (
          <Button
            variant="subtle"
            component="a"
            href={configurationPath(true)}
            download
            leftSection={<IconLock size={16} stroke={1.5} aria-hidden />}
          >
            {w.exportSecrets}
          </Button>
        ) : null}
      </div>
      <p className="secondary">{mayReadSecrets(roles) ? w.secretsHint : w.noSecrets}</p>
    </FieldGroup>
  );
}
