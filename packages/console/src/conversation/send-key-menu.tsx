import { Menu } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { ChoiceItem } from '../menu/choice-item.tsx';
import { words } from '../strings/words.ts';

/** Whether Enter sends or makes a line. */
export function SendKeyMenu(props: { enterSends: boolean; onChange: (value: boolean) => void }) {
  const options = [
    [false, words.composer.useCtrlEnter],
    [true, words.composer.useEnter],
  ] as const;
  const label = props.enterSends ? words.composer.enter : words.composer.ctrlEnter;
  return (
    <Menu position="top-start">
      <Menu.Target>
        <button
          type="button"
          className="quiet-button composer-send-key"
          aria-label={`${words.composer.sendKey}: ${label}`}
        >
          {label}
          <IconChevronUp size={14} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {options.map(([value, text]) => (
          <ChoiceItem
            key={text}
            closes
            chosen={value === props.enterSends}
            onChoose={() => props.onChange(value)}
          >
            {text}
          </ChoiceItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
