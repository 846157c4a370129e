import type { AppleAccount, RichMessage } from '../../../configuration/index.ts';
import type { EntryRecord } from '../../../conversations/index.ts';
import type { AppleOauthSetting } from '../../../identity/index.ts';
import { Fault, newId, notFound } from '../../../platform/index.ts';
import type { Agent } from '../../../routing/index.ts';
import type { AskOptions, SignInParts } from './index.ts';
import { LIFETIME_MS, ONE_ASK_MS } from './limits.ts';
import { newSecrets, sealSecrets, stateHash } from './secrets.ts';
import { insert, type NewSignIn, pendingOf, supersede } from './store.ts';
import { cannotAsk, chooseVersion, isAttached, whyNot } from './why-not.ts';

/**
 * An agent asks the customer to sign in. The request is stored with the entry that tells it; what is in the
 * log is sent by the channel, after all that was said before.
 */
export function createRequest(parts: SignInParts) {
  const { configuration, conversations, clock, publicUrl } = parts;

  return async (
    agent: Agent,
    conversationId: string,
    { again = false, message }: AskOptions = {},
  ): Promise<EntryRecord> => {
    const seen = await conversations.read(conversationId);
    if (!seen) throw notFound('conversation');
    const account = configuration.current().appleAccounts.get(seen.deploymentId);
    const customer = await parts.customerOf(conversationId);
    const cannot = whyNot(seen, account, customer, { publicUrl, pending: false });
    if (cannot) throw cannotAsk(cannot);
    if (!customer || !isAttached(account)) throw cannotAsk('sign_in_not_attached');
    const chosen = chooseMessage(account.setting, message);
    const row = await draft(account, conversationId, customer, chosen.id);
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
      const data = { requestIdentifier: row.id, version: row.version, message: chosen.name };
      return { entries: [{ kind: 'authentication-requested', ...who, data }] };
    });
    if (asked) return asked;
    const [entry] = entries;
    if (!entry) throw new Error('a request is written or found');
    return entry;
  };

  /** One of those that the setting has. */
  function chooseMessage({ richMessageIds }: AppleOauthSetting, wanted?: string): RichMessage {
    const { richMessages } = configuration.current();
    const offered = richMessageIds.flatMap((id) => richMessages.get(id) ?? []);
    const [first] = offered;
    if (first === undefined) throw cannotAsk('sign_in_not_attached');
    const chosen = wanted === undefined ? first : offered.find(({ name }) => name === wanted);
    if (chosen) return chosen;
    throw new Fault('unknown_rich_message', 400, 'The sign-in has no message of this name.');
  }

  async function draft(
    account: AppleAccount & { setting: NonNullable<AppleAccount['setting']> },
    conversationId: string,
    { opaqueId, capabilities }: { opaqueId: string; capabilities: readonly string[] },
    richMessageId: string,
  ): Promise<NewSignIn> {
    const version = chooseVersion(capabilities, publicUrl) ?? 1;
    const secrets = newSecrets(version, account.setting);
    const createdAt = clock.now();
    return {
      id: newId(),
      accountId: account.id,
      opaqueId,
      conversationId,
      settingId: account.setting.id,
      richMessageId,
      version,
      secrets: await sealSecrets(parts.seal, secrets),
      stateHash: stateHash(secrets.state),
      createdAt,
      expiresAt: createdAt + LIFETIME_MS,
    };
  }
}
