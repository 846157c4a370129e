import type { ObjectReference } from '@countersign/protocol';
import { request } from './request.ts';

export const setupSteps = [
  'identity',
  'messenger',
  'deployment',
  'snippet',
  'test',
  'agents',
] as const;

export interface SetupStep {
  id: (typeof setupSteps)[number];
  /** doing: begun, and something is missing; failing: it does not work now. */
  state: 'todo' | 'doing' | 'done' | 'failing';
  why: string;
  objects: ObjectReference[];
}

/** One finding of a test. */
export interface SetupCheck {
  name: string;
  status: 'ok' | 'warning' | 'failed' | 'skipped';
  observed: string;
  /** What to change. */
  remedy?: string;
}

export interface SetupTest {
  /** No check failed. */
  ok: boolean;
  checks: SetupCheck[];
}

/** The way to a first authenticated conversation, and its tests. All throw `RequestError`. */
export const setupApi = {
  setup: () => request<{ steps: SetupStep[] }>('GET', '/api/setup'),
  /** Name or id of an authentication setting. */
  testIdentity: (setting: string) =>
    request<SetupTest>('POST', '/api/setup/identity/test', { setting }),
  /** `url`: of a page with the snippet of this deployment. */
  testSnippet: (deployment: string, url: string) =>
    request<SetupTest>('POST', '/api/setup/snippet/test', { deployment, url }),
};
