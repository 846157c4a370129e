import { Button, Kbd, Switch } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { Dialog } from '../dialog/dialog.tsx';
import { usePreference } from '../preferences/preferences.ts';
import { words } from '../strings/words.ts';
import {
  isSingleKey,
  type ShortcutName,
  shortcutNames,
  takenBy,
  useShortcutKeys,
} from './shortcut-keys.ts';
import './shortcuts-dialog.css';

/** These go with what they do everywhere, and stay as they are. */
const fixed = [
  ['Enter', 'open'],
  ['Ctrl K', 'palette'],
  ['Ctrl Enter', 'send'],
  ['Ctrl Alt E', 'endAndNext'],
  ['/', 'quickReplies'],
  ['@', 'mention'],
  ['Esc', 'close'],
] as const;

/** Every shortcut; the single keys can be turned off and changed. */
export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title={words.shortcuts.title}>
      <Shortcuts />
    </Dialog>
  );
}

function Shortcuts() {
  const [enabled, setEnabled] = usePreference('single-key-shortcuts');
  const { keys, choose, reset } = useShortcutKeys();
  const [asked, setAsked] = useState<ShortcutName | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const onKey = (name: ShortcutName, key: string) => {
    const other = takenBy(keys, name, key);
    if (other)
      return setProblem(words.shortcuts.taken(key.toUpperCase(), words.shortcuts.keys[other]));
    setProblem(null);
    setAsked(null);
    choose(name, key);
  };
  return (
    <>
      <Switch
        label={words.shortcuts.enabled}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      <p className="secondary shortcuts-lead">
        {words.shortcuts.lead} {words.shortcuts.changeHint}
      </p>
      <div role="status" className="shortcuts-problem">
        {problem}
      </div>
      <dl className="shortcuts">
        {shortcutNames.map((name) => (
          <div key={name}>
            <dt>
              <KeyButton
                name={name}
                keyNow={keys[name]}
                asked={asked === name}
                onAsk={(wanted) => setAsked(wanted ? name : null)}
                onKey={(key) => onKey(name, key)}
              />
            </dt>
            <dd>{words.shortcuts.keys[name]}</dd>
          </div>
        ))}
        {fixed.map(([key, name]) => (
          <div key={name}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{words.shortcuts.keys[name]}</dd>
          </div>
        ))}
      </dl>
      <Button variant="default" size="compact-sm" onClick={reset}>
        {words.shortcuts.reset}
      </Button>
    </>
  );
}

interface KeyProps {
  name: ShortcutName;
  keyNow: string;
  asked: boolean;
  onAsk: (wanted: boolean) => void;
  onKey: (key: string) => void;
}

/** Pressed, it takes the next key as the new one; Escape leaves it. */
function KeyButton({ name, keyNow, asked, onAsk, onKey }: KeyProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!asked) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      return onAsk(false);
    }
    if (!isSingleKey(event.key)) return;
    event.preventDefault();
    onKey(event.key.toLowerCase());
  };
  const action = words.shortcuts.keys[name];
  return (
    <button
      type="button"
      className="shortcuts-key"
      aria-label={
        asked
          ? words.shortcuts.pressKey(action)
          : words.shortcuts.change(action, keyNow.toUpperCase())
      }
      onClick={() => onAsk(!asked)}
      onBlur={() => onAsk(false)}
      onKeyDown={onKeyDown}
    >
      {asked ? words.shortcuts.press : <Kbd>{keyNow.toUpperCase()}</Kbd>}
    </button>
  );
}
