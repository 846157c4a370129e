import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField, useForm } from '../object/form-context.ts';
import type { FieldProps } from './label-of.ts';
import { useItemKeys } from './use-item-keys.ts';

const { fields: w } = adminWords;

interface Props extends FieldProps {
  /** What a new one begins with. */
  fresh: () => unknown;
  /** How one of them is called, from 1, such as `Rule 2`. */
  itemName: (place: number) => string;
  /** Of the button; default: Add. */
  add?: string;
  max?: number;
  /** Their order says something: they can be moved. */
  ordered?: boolean;
  /** What is taken away with the last of them; default: the list itself. */
  holder?: string;
  /** The fields of one; its keys stand under this path. */
  children: (path: string, place: number) => ReactNode;
}

/** A list of objects: each is a card with its fields, to add, to remove and to move. */
export function ItemsField(props: Props) {
  const { path, label, description, fresh, itemName, ordered = false } = props;
  const { id, value, set, error } = useField(path, label);
  const form = useForm();
  const items: unknown[] = Array.isArray(value) ? value : [];
  const itemKeys = useItemKeys(items.length);
  const list = useRef<HTMLFieldSetElement>(null);
  const isAdding = useRef(false);
  const put = (next: unknown[]) =>
    next.length === 0 ? form.set(props.holder ?? path, undefined) : set(next);
  const move = (from: number, to: number) => {
    itemKeys.move(from, to);
    put(items.toSpliced(from, 1).toSpliced(to, 0, items[from]));
  };
  const remove = (at: number) => {
    itemKeys.remove(at);
    put(items.toSpliced(at, 1));
    list.current?.focus();
  };
  const add = () => {
    isAdding.current = true;
    put([...items, fresh()]);
  };
  /** One that was just added is gone to. */
  const arrived = (section: HTMLElement | null, at: number) => {
    if (!section || !isAdding.current || at !== items.length - 1) return;
    isAdding.current = false;
    section.querySelector<HTMLElement>('input, textarea, select')?.focus();
  };
  return (
    <fieldset className="field-items" id={id} tabIndex={-1} ref={list}>
      <legend>{label}</legend>
      {description ? <p className="secondary">{description}</p> : null}
      {items.map((_, at) => (
        <section
          key={itemKeys.keys[at]}
          className="field-item"
          aria-label={itemName(at + 1)}
          ref={(section) => arrived(section, at)}
        >
          <header>
            <h3>{itemName(at + 1)}</h3>
            {ordered ? (
              <>
                <Move
                  label={w.up(itemName(at + 1))}
                  Icon={IconArrowUp}
                  disabled={at === 0}
                  onPress={() => move(at, at - 1)}
                />
                <Move
                  label={w.down(itemName(at + 1))}
                  Icon={IconArrowDown}
                  disabled={at === items.length - 1}
                  onPress={() => move(at, at + 1)}
                />
              </>
            ) : null}
            <Move
              label={w.removeOf(itemName(at + 1))}
              Icon={IconTrash}
              disabled={false}
              onPress={() => remove(at)}
            />
          </header>
          {props.children(`${path}[${at}]`, at)}
        </section>
      ))}
      {error ? (
        <p className="screen-problem" role="alert">
          {error}
        </p>
      ) : null}
      {items.length < (props.max ?? Number.POSITIVE_INFINITY) ? (
        <Button
          variant="default"
          size="xs"
          className="field-add"
          leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
          onClick={add}
        >
          {props.add ?? w.addTo(label)}
        </Button>
      ) : null}
    </fieldset>
  );
}

interface MoveProps {
  label: string;
  Icon: typeof IconTrash;
  disabled: boolean;
  onPress: () => void;
}

const Move = ({ label, Icon, disabled, onPress }: MoveProps) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    aria-label={label}
    title={label}
    // It keeps the focus where there is no further
    aria-disabled={disabled}
    {...(disabled ? { 'data-disabled': true } : { onClick: onPress })}
  >
    <Icon size={16} stroke={1.5} aria-hidden />
  </ActionIcon>
);
