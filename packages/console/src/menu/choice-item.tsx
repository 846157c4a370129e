import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './choice-item.css';

interface Props {
  chosen: boolean;
  onChoose: () => void;
  /** Before the words. */
  sign?: ReactNode;
  /** Behind them. */
  end?: ReactNode;
  lang?: string;
  closes?: boolean;
  children: ReactNode;
}

/** One of several in a menu, of which one is chosen: read out as such. `Menu.Item` keeps its own role. */
export function ChoiceItem({ chosen, onChoose, sign, end, closes = false, ...props }: Props) {
  return (
    <Menu.RadioItem
      value=""
      checked={chosen}
      onChange={onChoose}
      closeMenuOnClick={closes}
      checkIcon={<IconCheck size={16} stroke={1.5} aria-hidden />}
      rightSection={end}
      {...(props.lang === undefined ? {} : { lang: props.lang })}
    >
      <span className="choice-item">
        {sign}
        <span>{props.children}</span>
      </span>
    </Menu.RadioItem>
  );
}
