import { Kbd, Modal, Switch } from '@mantine/core';
import { usePreference } from '../preferences/preferences.ts';
import { words } from '../strings/words.ts';
import './shortcuts-dialog.css';

const rows = [
  ['J', 'next'],
  ['K', 'previous'],
  ['Enter', 'open'],
  ['R', 'reply'],
  ['N', 'note'],
  ['T', 'transfer'],
  ['E', 'end'],
  ['I', 'details'],
  ['O', 'offer'],
  ['?', 'help'],
  ['Ctrl Enter', 'send'],
] as const;

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [enabled, setEnabled] = usePreference('single-key-shortcuts');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.shortcuts.title}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Switch
        label={words.shortcuts.enabled}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      <p className="secondary shortcuts-lead">{words.shortcuts.lead}</p>
      <dl className="shortcuts">
        {rows.map(([key, name]) => (
          <div key={name}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{words.shortcuts.keys[name]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
