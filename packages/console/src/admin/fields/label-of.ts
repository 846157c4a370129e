import { adminWords } from '../../strings/admin/admin-words.ts';

/** What every field is given. */
export interface FieldProps {
  path: string;
  label: string;
  /** Plain help under the label. */
  description?: string | undefined;
  /** It may stay empty, and says so. */
  optional?: boolean;
}

export const labelOf = ({ label, optional }: FieldProps): string =>
  optional ? `${label} (${adminWords.fields.optional})` : label;
