import type { Conversation, CustomerChannel, Entry } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { RequestError } from '../api/request.ts';
import { workspaceApi } from '../api/workspace-api.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { supervises } from '../shell/roles.ts';
import { words } from '../strings/words.ts';
import { absolute, moment } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { type FactRow, Facts } from './facts.tsx';
import { useChannel } from './use-channel.ts';

interface Props {
  conversation: Conversation;
  entries: readonly Entry[];
}

type Request = NonNullable<CustomerChannel['signInRequest']>;

/** What a customer of Apple Messages can be shown, and how a request to sign in stands. */
export function ChannelCard({ conversation, entries }: Props) {
  const { data } = useChannel(conversation);
  const now = useNow(30_000);
  if (conversation.channel !== 'apple' || !data) return null;
  const { channel } = words;
  const { can, signInRequest: request } = data;
  return (
    <section className="customer-card">
      <h3>{words.customer.channels.apple}</h3>
      <Facts
        rows={[
          {
            name: channel.shows,
            value:
              can.length === 0 ? channel.showsText : can.map((one) => channel.can[one]).join(', '),
          },
          ...(request ? [signInRow(request, { conversation, entries, now })] : []),
        ]}
      />
      {request ? <AskAgain conversation={conversation} request={request} /> : null}
    </section>
  );
}

function signInRow(
  { state, askedAt, sentAt, expiresAt, requestIdentifier }: Request,
  { conversation, entries, now }: Props & { now: number },
): FactRow {
  const { signIn } = words.channel;
  const name = words.channel.signInRequest;
  switch (state) {
    case 'sending':
      return { name, value: signIn.sending, hint: absolute(askedAt) };
    case 'waiting':
      return {
        name,
        value: signIn.waiting(moment(expiresAt, now)),
        hint: absolute(sentAt ?? askedAt),
      };
    case 'succeeded':
      return { name, ...standing(conversation, now) };
    case 'expired':
      return { name, value: signIn.expired, hint: absolute(expiresAt) };
    case 'cancelled':
    case 'failed':
      return { name, value: signIn.failed(reasonOf(entries, requestIdentifier)) };
    case 'superseded':
      return { name, value: null };
  }
}

function standing({ identity }: Conversation, now: number): Omit<FactRow, 'name'> {
  const { signIn } = words.channel;
  const { state, until } = identity;
  if (state !== 'verified' || !until) return { value: signIn.over };
  return { value: signIn.until(moment(until, now)), hint: absolute(until) };
}

function reasonOf(entries: readonly Entry[], requestIdentifier: string): string {
  const reasons: Record<string, string> = words.askToSignIn.notSignedInReasons;
  const failed = entries.findLast(
    ({ kind, data }) =>
      kind === 'authentication-failed' && data?.requestIdentifier === requestIdentifier,
  );
  return reasons[String(failed?.data?.reason)] ?? words.askToSignIn.notSignedInReasons.other;
}

/** In the place of a request that waits, or after one that came to nothing. */
function AskAgain({ conversation, request }: { conversation: Conversation; request: Request }) {
  const [failed, setFailed] = useState<string | null>(null);
  const me = useWorkspaceState((state) => state.me);
  const isMine = conversation.assignee?.id === me.id || supervises(me.roles);
  const isStanding = request.state === 'succeeded' && conversation.authenticated;
  if (!isMine || isStanding || conversation.cannotAskToSignIn) return null;
  const ask = async () => {
    setFailed(null);
    const { message } = request;
    await workspaceApi
      .askToSignIn(conversation.id, { again: true, ...(message && { message }) })
      .catch((error: unknown) => setFailed(whyNotAsked(error)));
  };
  return (
    <>
      {failed ? (
        <p className="secondary" role="alert">
          {failed}
        </p>
      ) : null}
      <Button variant="default" fullWidth mt={10} onClick={() => void ask()}>
        {words.channel.askAgain}
      </Button>
    </>
  );
}

/** What only the asking tells, such as what the customer's device can do. */
export function whyNotAsked(error: unknown): string {
  const whyNot: Partial<Record<string, string>> = words.askToSignIn.whyNot;
  const code = error instanceof RequestError ? error.code : '';
  return whyNot[code] ?? words.askToSignIn.failed;
}
