import { type Static, Type } from 'typebox';
import { AuthenticationSettingStatus } from './authentication-settings.ts';
import { ObjectReference } from './configuration-objects.ts';

/** The way to a first authenticated conversation, in this order. */
export const setupSteps = [
  'identity',
  'messenger',
  'deployment',
  'snippet',
  'test',
  'agents',
] as const;

export const SetupState = Type.Enum(['todo', 'doing', 'done', 'failing'], {
  description: 'doing: begun, and something is missing; failing: it does not work now',
});
export type SetupState = Static<typeof SetupState>;

export const SetupStep = Type.Object({
  id: Type.Enum([...setupSteps]),
  state: SetupState,
  why: Type.String({ description: 'one plain sentence for an administrator' }),
  objects: Type.Array(ObjectReference, { description: 'what it is about; at most 20' }),
});
export type SetupStep = Static<typeof SetupStep>;

export const Setup = Type.Object({ steps: Type.Array(SetupStep) });
export type Setup = Static<typeof Setup>;

/** One finding of a test; the findings of `countersign doctor` have the same form. */
export const SetupCheck = Type.Object({
  name: Type.String(),
  status: Type.Enum(['ok', 'warning', 'failed', 'skipped']),
  observed: Type.String(),
  remedy: Type.Optional(Type.String({ description: 'what to change' })),
});
export type SetupCheck = Static<typeof SetupCheck>;

export const IdentityTestRequest = Type.Object(
  { setting: Type.String({ minLength: 1, maxLength: 200, description: 'name or id' }) },
  { additionalProperties: false },
);

export const IdentityTest = Type.Object({
  ok: Type.Boolean({ description: 'no check failed' }),
  checks: Type.Array(SetupCheck),
  setting: Type.Omit(AuthenticationSettingStatus, ['usedBy', 'wouldBeRefused']),
});
export type IdentityTest = Static<typeof IdentityTest>;

export const SnippetTestRequest = Type.Object(
  {
    deployment: Type.String({ format: 'uuid' }),
    url: Type.String({ minLength: 1, maxLength: 2048, description: 'of a page with the snippet' }),
  },
  { additionalProperties: false },
);

export const SnippetTest = Type.Object({
  ok: Type.Boolean({ description: 'no check failed' }),
  checks: Type.Array(SetupCheck),
});
export type SnippetTest = Static<typeof SnippetTest>;
