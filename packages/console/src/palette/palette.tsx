import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useContext, useState } from 'react';
import { ChoiceList } from '../choices/choice-list.tsx';
import { useChoices } from '../choices/use-choices.ts';
import { Dialog } from '../dialog/dialog.tsx';
import { useChord, useShortcut } from '../shortcuts/use-shortcut.ts';
import { words } from '../strings/words.ts';
import { findCommands } from './find-commands.ts';
import { type Command, PaletteContext } from './use-palette-commands.ts';
import { usePlaces } from './use-places.ts';
import './palette.css';

/** Ctrl or ⌘ K: everything that can be done and every place to go to, by name. */
export function Palette() {
  const [opened, setOpened] = useState(false);
  const open = () => setOpened(true);
  useChord('k', open);
  useShortcut('search', open);
  const close = () => setOpened(false);
  return (
    <Dialog opened={opened} onClose={close} title={words.palette.title} size="lg">
      <Search onClose={close} />
    </Dialog>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const offered = useContext(PaletteContext);
  const places = usePlaces();
  const items = findCommands([...offered.all(), ...places], query);
  const take = (command: Command) => {
    onClose();
    // The dialog gives the focus back first, so that what is run may take it
    requestAnimationFrame(() => command.run());
  };
  const choices = useChoices(items, take, onClose);
  return (
    <>
      <TextInput
        data-autofocus
        aria-label={words.palette.search}
        placeholder={words.palette.search}
        leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-autocomplete="list"
        {...(items.length > 0 && {
          'aria-controls': choices.listId,
          'aria-activedescendant': choices.optionId(choices.active),
        })}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          choices.point(0);
        }}
        onKeyDown={choices.onKeyDown}
      />
      <div className="palette-list">
        <ChoiceList
          choices={choices}
          label={words.palette.title}
          keyOf={(command) => command.label}
          empty={words.palette.none}
        >
          {(command) => <span className="one-line">{command.label}</span>}
        </ChoiceList>
      </div>
    </>
  );
}
