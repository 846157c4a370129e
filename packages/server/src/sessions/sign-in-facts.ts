import type { ProvenIdentity } from '../identity/index.ts';

/** What the log says of a proof, in every `signed-in` entry. */
export const signInFacts = (identity: ProvenIdentity) => ({
  setting: identity.settingName,
  method: identity.method,
  issuer: identity.issuer,
  subject: identity.subject,
  keyId: identity.keyId,
  since: new Date(identity.since).toISOString(),
});
