// What the form asks for: what is missing or wrong, else the request.
import type { DryRunRequest } from '@countersign/protocol';
import type { DeploymentChoice } from '../api/supervision-api.ts';
import { words } from '../strings/words.ts';
import { readValues } from './read-values.ts';

const { dryRun: w } = words;

export type Subject = 'context' | 'token' | 'conversation';

export interface Fields {
  subject: Subject;
  deployment: DeploymentChoice | null;
  token: string;
  conversation: string;
  values: string;
  locale: string;
  /** `YYYY-MM-DDTHH:MM` of the reader's clock; empty: now. */
  at: string;
}

export type Faults = Partial<Record<'deployment' | 'token' | 'conversation' | 'values', string>>;

export function faultsOf({ subject, deployment, token, conversation, values }: Fields): Faults {
  if (subject === 'conversation') {
    return conversationId(conversation) === null ? { conversation: w.conversationMissing } : {};
  }
  const read = readValues(values);
  return {
    ...(deployment === null ? { deployment: w.deploymentMissing } : {}),
    ...(subject === 'token' && token.trim() === '' ? { token: w.tokenMissing } : {}),
    ...('wrongLine' in read ? { values: w.valuesWrong(read.wrongLine) } : {}),
  };
}

const ID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/i;

/** Of what was pasted: the id alone, or an address that has it. */
const conversationId = (text: string): string | null => ID.exec(text)?.[0] ?? null;

export function requestOf(fields: Fields): DryRunRequest {
  const { subject, deployment, token, locale } = fields;
  const at = fields.at === '' ? {} : { at: new Date(fields.at).toISOString() };
  const conversation = conversationId(fields.conversation);
  if (subject === 'conversation' && conversation !== null) return { conversation, ...at };
  const read = readValues(fields.values);
  const setting = deployment?.setting;
  return {
    ...(deployment ? { deployment: deployment.id } : {}),
    ...(subject === 'token' && setting ? { setting: setting.id, token: token.trim() } : {}),
    ...(locale.trim() === '' ? {} : { locale: locale.trim() }),
    ...('values' in read ? { context: read.values } : {}),
    ...at,
  };
}
