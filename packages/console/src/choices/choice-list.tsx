import { type ReactNode, useEffect, useRef } from 'react';
import type { Choices } from './use-choices.ts';
import './choice-list.css';

interface Props<Item> {
  choices: Choices<Item>;
  label: string;
  keyOf: (item: Item) => string;
  /** What is said when there is nothing to choose. */
  empty: string;
  children: (item: Item) => ReactNode;
}

export function ChoiceList<Item>({ choices, label, keyOf, empty, children }: Props<Item>) {
  const list = useRef<HTMLDivElement>(null);
  const { active, items } = choices;
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <>
      <div
        ref={list}
        className="choices"
        role="listbox"
        id={choices.listId}
        aria-label={label}
        tabIndex={-1}
      >
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field that owns the list has the keys
          <div
            key={keyOf(item)}
            id={choices.optionId(index)}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            className="choice"
            // The text field keeps the focus
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => choices.point(index)}
            onClick={() => choices.take(item)}
          >
            {children(item)}
          </div>
        ))}
      </div>
      {items.length === 0 ? (
        <p className="choices-empty secondary" role="status">
          {empty}
        </p>
      ) : null}
    </>
  );
}
