/**
 * Both halves have arrived (§9.6): in one transaction the request is used up, the conversation verified,
 * the sign-in told, and what the proof vouches for written (§11).
 */
import type { ContextVariable } from '@countersign/protocol';
import type { AppleAccount } from '../../../configuration/index.ts';
import { type ConversationRecord, hasEnded, identityAt } from '../../../conversations/index.ts';
import type { ProvenIdentity } from '../../../identity/index.ts';
import { signedContext } from '../../../routing/index.ts';
import { identityOfProof, signInFacts } from '../../../sessions/index.ts';
import type { End } from './end.ts';
import type { SignInParts } from './index.ts';
import { type SignInRequest, succeed } from './store.ts';
import { isAttached } from './why-not.ts';

/** Answers whether the conversation is verified by it. */
export type Complete = (request: SignInRequest) => Promise<boolean>;

export function createComplete(parts: SignInParts, end: End): Complete {
  const { clock, configuration, contacts, conversations, seal } = parts;

  return async (request) => {
    const account = configuration.current().appleAccounts.get(request.accountId);
    if (request.provisional === null) return false;
    if (!isAttached(account) || account.setting.id !== request.settingId) {
      await end.failed(request, 'sign_in_not_attached');
      return false;
    }
    const provisional: ProvenIdentity = JSON.parse(await seal.open(request.provisional));
    const since = clock.now();
    const until = since + account.setting.accessTokenExpiry * 1000;
    const proven = { ...provisional, since, tokenExpiresAt: until, reproveAt: until };
    const contact = await contacts.ofIdentity(proven);
    let verified = false;
    const { record } = await conversations.change(
      request.conversationId,
      async (record, transaction) => {
        if (hasEnded(record)) return null;
        const { subject } = proven;
        verified = await succeed(transaction, request.id, { now: clock.now(), subject, until });
        if (!verified) return null;
        return changeOf(record, { request, account, proven, contactId: contact.id, now: since });
      },
    );
    if (!verified && hasEnded(record)) await end.failed(request, 'conversation_closed');
    return verified;
  };
}

interface Success {
  request: SignInRequest;
  account: AppleAccount;
  proven: ProvenIdentity;
  contactId: string;
  now: number;
}

function changeOf(
  record: ConversationRecord,
  { request, account, proven, contactId, now }: Success,
) {
  const before = identityAt(record.identity, now);
  const same = before.issuer === proven.issuer && before.subject === proven.subject;
  const { variables, ignored } = signedContext(account.workstream.contextVariables, proven.facts);
  // Every scalar of the profile is offered: only what the workstream defines and cannot use is a fault
  const ignoredFacts = ignored.filter(({ why }) => why !== 'unknown_name');
  const data = {
    ...signInFacts(proven),
    requestIdentifier: request.id,
    version: request.version,
    ...(ignoredFacts.length > 0 && { ignoredFacts }),
    ...(before.state === 'verified' && same && { renewed: true }),
    ...(before.state === 'verified' && !same && { insteadOf: before.subject }),
  };
  return {
    set: {
      identity: identityOfProof(proven),
      contactId,
      customerName: proven.name,
      customerEmail: proven.email,
      context: replaceSigned(record.context, variables),
    },
    entries: [
      { kind: 'signed-in' as const, role: 'customer' as const, senderName: proven.name, data },
    ],
  };
}

/** Of an earlier proof nothing stays: it may have been another person's. */
function replaceSigned(context: ContextVariable[], signed: ContextVariable[]): ContextVariable[] {
  const names = new Set(signed.map(({ name }) => name));
  const kept = context.filter(({ name, origin }) => origin !== 'signed' && !names.has(name));
  return [...kept, ...signed];
}
