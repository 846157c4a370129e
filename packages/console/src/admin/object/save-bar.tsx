import type { Section } from '@countersign/protocol';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import type { ObjectForm } from './use-object-form.ts';

const { object: w } = adminWords;

interface Props<S extends Section> {
  form: ObjectForm<S>;
  /** Of the button; default: Save, or Create. */
  submit?: string;
  /** What else can be done with it, such as publishing. */
  children?: ReactNode;
}

/** Stays in view at the lower edge while something is not saved. */
export function SaveBar<S extends Section>({ form, submit, children }: Props<S>) {
  const { entry, dirty, state, failure } = form;
  const isNew = entry === null;
  if (form.readOnly) return null;
  return (
    <div className={`save-bar ${dirty || isNew ? 'save-bar-dirty' : ''}`}>
      {failure ? (
        <p className="dialog-failure" role="alert">
          {failure}
        </p>
      ) : null}
      <p className="secondary save-bar-state" role="status">
        {state === 'saved' ? w.saved : dirty && !isNew ? w.unsaved : ''}
      </p>
      {dirty && !isNew ? (
        <Button variant="subtle" color="gray" onClick={form.discard}>
          {w.discard}
        </Button>
      ) : null}
      <Button
        type="submit"
        variant={(dirty || isNew) && !children ? 'filled' : 'default'}
        loading={state === 'saving'}
      >
        {submit ?? (isNew ? w.create : w.save)}
      </Button>
      {children}
    </div>
  );
}
