import type { AppleAccount } from '../../../configuration/index.ts';
import type { EntryRecord } from '../../../conversations/index.ts';
import { Fault, newId, notFound } from '../../../platform/index.ts';
import type { Agent } from '../../../routing/index.ts';
import type { SignInParts } from './index.ts';
import { LIFETIME_MS, ONE_ASK_MS } from './limits.ts';
import { newSecrets, sealSecrets, stateHash } from './secrets.ts';
import type { Send } from './send.ts';
import { insert, type NewSignIn, pendingOf, supersede } from './store.ts';
import { cannotAsk, chooseVersion, isAttached, whyNot } from './why-not.ts';

/** Longer than a try of the gateway takes: a node that dies in it leaves the next try to a sweep. */
const FIRST_TRY_MS = 90_000;

/**
 * An agent asks the customer to sign in. The request is stored and told before anything is sent, so that
 * whatever comes back finds it.
 */
export function createRequest(parts: SignInParts, send: Send) {
  const { configuration, conversations, clock, publicUrl } = parts;

  return async (agent: Agent, conversationId: string, again = false): Promise<EntryRecord> => {
    const seen = await conversations.read(conversationId);
    if (!seen) throw notFound('conversation');
    const account = configuration.current().appleAccounts.get(seen.deploymentId);
    const customer = await parts.customerOf(conversationId);
    const cannot = whyNot(seen, account, customer, { publicUrl, pending: false });
    if (cannot) throw cannotAsk(cannot);
    if (!customer || !isAttached(account)) throw cannotAsk('sign_in_not_attached');
    const row = await draft(account, conversationId, customer);
    let asked: EntryRecord | null = null;
    const { entries } = await conversations.change(conversationId, async (record, transaction) => {
      const now = clock.now();
      const pending = await pendingOf(transaction, conversationId, now);
      const why = whyNot(record, account, customer, { publicUrl, pending: false });
      if (why) throw cannotAsk(why);
      if (record.assigneeId !== agent.id && !agent.supervises)
        throw new Fault('not_assigned', 409, 'Take the conversation before you ask in it.');
      if (pending && !again) {
        if (pending.createdAt <= now - ONE_ASK_MS) throw cannotAsk('request_pending');
        const kinds = ['authentication-requested' as const];
        asked = await conversations.lastOf(conversationId, kinds, transaction);
        return null;
      }
      await supersede(transaction, conversationId);
      await insert(transaction, row);
      const who = { role: 'agent' as const, senderId: agent.id, senderName: agent.name };
      const data = { requestIdentifier: row.id, version: row.version };
      return { entries: [{ kind: 'authentication-requested', ...who, data }] };
    });
    if (asked) return asked;
    const [entry] = entries;
    if (!entry) throw new Error('a request is written or found');
    const refused = await send({ ...row, ...UNTRIED });
    if (refused === null) return entry;
    const message = `Apple's gateway refused the request (HTTP ${refused}).`;
    throw new Fault('gateway_rejected', 502, message);
  };

  async function draft(
    account: AppleAccount & { setting: NonNullable<AppleAccount['setting']> },
    conversationId: string,
    { opaqueId, capabilities }: { opaqueId: string; capabilities: readonly string[] },
  ): Promise<NewSignIn> {
    const version = chooseVersion(capabilities, publicUrl) ?? 1;
    const secrets = newSecrets(version, account.setting);
    const createdAt = clock.now();
    return {
      id: newId(),
      messageId: newId(),
      accountId: account.id,
      opaqueId,
      conversationId,
      settingId: account.setting.id,
      version,
      secrets: await sealSecrets(parts.seal, secrets),
      stateHash: stateHash(secrets.state),
      createdAt,
      expiresAt: createdAt + LIFETIME_MS,
      nextSendAt: createdAt + FIRST_TRY_MS,
    };
  }
}

const UNTRIED = {
  status: 'pending',
  sends: 0,
  redeemedAt: null,
  provenAt: null,
  reportedAt: null,
  provisional: null,
} as const;
