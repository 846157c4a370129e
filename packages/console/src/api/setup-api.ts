import type { IdentityTest, Setup, SnippetTest } from '@countersign/protocol';
import { request } from './request.ts';

/** The way to a first authenticated conversation, and its tests. All throw `RequestError`. */
export const setupApi = {
  setup: () => request<Setup>('GET', '/api/setup'),
  /** Name or id of an authentication setting. */
  testIdentity: (setting: string) =>
    request<IdentityTest>('POST', '/api/setup/identity/test', { setting }),
  /** `url`: of a page with the snippet of this deployment. */
  testSnippet: (deployment: string, url: string) =>
    request<SnippetTest>('POST', '/api/setup/snippet/test', { deployment, url }),
};
