import type { ObjectFault, Section } from '@countersign/protocol';
import { createContext, useContext, useEffect } from 'react';
import { messageAt } from './faults.ts';
import { valueAt } from './paths.ts';

/** What the fields of a form share: the object being written, and what is wrong with it. */
export interface FormState {
  section: Section;
  /** Null: it is being created. */
  id: string | null;
  object: unknown;
  /** It differs from what was last loaded or saved. */
  dirty: boolean;
  readOnly: boolean;
  faults: readonly ObjectFault[];
  /** The fields that are there now: label by path. */
  fields: ReadonlyMap<string, string>;
  /** Undefined takes the key away. */
  set(path: string, value: unknown): void;
  register(path: string, label: string): () => void;
}

const FormContext = createContext<FormState | null>(null);
export const FormProvider = FormContext.Provider;

export function useForm(): FormState {
  const form = useContext(FormContext);
  if (form === null) throw new Error('a field stands outside of a form');
  return form;
}

/** What stands at a path now, for what depends on it; undefined: nothing. */
export const useValue = (path: string): unknown => valueAt(useForm().object, path);

/** A text at a path; empty when there is none. */
export function useText(path: string): string {
  const value = useValue(path);
  return typeof value === 'string' ? value : '';
}

export const fieldId = (path: string): string => `field-${path}`;

export interface Field {
  id: string;
  value: unknown;
  set(value: unknown): void;
  /** What is wrong here; null: nothing. */
  error: string | null;
}

/** Binds a part of the form to a path: its value, and the faults that belong to it. */
export function useField(path: string, label: string): Field {
  const { object, faults, fields, register, set } = useForm();
  useEffect(() => register(path, label), [register, path, label]);
  return {
    id: fieldId(path),
    value: valueAt(object, path),
    set: (value) => set(path, value),
    error: messageAt(path, faults, new Set(fields.keys())),
  };
}
