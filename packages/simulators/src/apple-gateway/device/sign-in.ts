import type { WebhookDelivery } from '../journal.ts';
import type { Json } from '../json.ts';
import type { SignInBubble } from './received-message.ts';
import type { ReplyOptions } from './reply.ts';
import { signInVersion1, type Version1Options } from './sign-in-version-1.ts';
import {
  type Callback,
  loadCallback,
  type Report,
  reachCallback,
  reportReply,
  type Version2Options,
} from './sign-in-version-2.ts';
import type { Person } from './web-view.ts';

/** How a sign-in on the device goes; every misbehaviour belongs to one version (§17.4). */
export interface SignInOptions {
  /** Subject or e-mail address of who signs in. Default: the device's person. */
  person?: string;
  /** Default: the sample password. */
  password?: string;
  /** `cancel`: presses *Cancel* at the provider. Default `agree`. */
  choice?: 'agree' | 'cancel';
  version1?: Version1Options;
  version2?: Version2Options;
  /** How the reply travels (§4.4). */
  reply?: ReplyOptions;
}

export interface SignInOutcome {
  /** What the reply says; `silent`: the device sent none. */
  status: 'authenticated' | 'failed' | 'success' | 'failure' | 'cancel' | 'unknown' | 'silent';
  /** How the provider took the reply. */
  delivery: WebhookDelivery | undefined;
  /** Version 1: the token that was encrypted, for a test to search the node's traces for. */
  accessToken?: string;
  /** Version 2: the provider's `error_code`. */
  errorCode?: number;
  /** The page on which the sign-in ended, when no navigation was taken. */
  page?: { status: number; url: string; text: string };
}

type Reply = (answer: Json, options: ReplyOptions) => Promise<WebhookDelivery>;

/** The whole way: provider, redirect, reply. `previousKey` is of the request before this one. */
export function signInOn(
  message: SignInBubble,
  options: SignInOptions & { person: string },
  previousKey: string | undefined,
  reply: Reply,
): Promise<SignInOutcome> {
  const person: Person = {
    name: options.person,
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.choice === undefined ? {} : { choice: options.choice }),
  };
  return message.version === 1
    ? version1(message, person, { ...options, previousKey }, reply)
    : version2(message, person, options, reply);
}

/** On success the bubble's text changes to what was asked for; else to the device's own. */
const FAILURE_TEXT = { title: 'Sign-in failed', style: 'icon' };

async function version1(
  message: SignInBubble,
  person: Person,
  options: SignInOptions & { previousKey: string | undefined },
  reply: Reply,
): Promise<SignInOutcome> {
  const { misbehaviour, requestIdentifier, ...rest } = options.version1 ?? {};
  const { previousKey } = options;
  const { authenticate, accessToken, page } = await signInVersion1(message, person, {
    ...(previousKey === undefined ? {} : { previousKey }),
    ...rest,
    ...(misbehaviour === undefined ? {} : { misbehaviour }),
  });
  const details = {
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(page === undefined ? {} : { page }),
  };
  if (misbehaviour === 'silence') return { status: 'silent', delivery: undefined, ...details };
  const isWrong = misbehaviour === 'wrong-request-identifier';
  const identifier = isWrong ? crypto.randomUUID() : requestIdentifier;
  const isFailed = authenticate.status === 'failed';
  const answer = { authenticate, ...(isFailed ? { replyMessage: FAILURE_TEXT } : {}) };
  const delivery = await reply(answer, withIdentifier(options.reply, identifier));
  return { status: statusOf(authenticate), delivery, ...details };
}

function statusOf({ status }: Json): SignInOutcome['status'] {
  return status === 'authenticated' || status === 'failed' ? status : 'unknown';
}

async function version2(
  message: SignInBubble,
  person: Person,
  { version2: { misbehaviour, requestIdentifier } = {}, reply: options }: SignInOptions,
  reply: Reply,
): Promise<SignInOutcome> {
  const tell = (report: Report) => {
    const isFailed = report.status !== 'success';
    const text = isFailed ? { replyMessage: FAILURE_TEXT } : {};
    const answer = { authenticate: reportReply(report), ...text };
    return reply(answer, withIdentifier(options, requestIdentifier));
  };
  const told = async (report: Report): Promise<SignInOutcome> =>
    outcome(report, report, await tell(report));
  if (misbehaviour === 'success-without-callback') return told({ status: 'success' });
  const reached = await reachCallback(message, person);
  if (!('view' in reached)) return { status: 'silent', delivery: undefined, page: reached };
  if (misbehaviour === 'report-before-callback') {
    const delivery = await tell({ status: 'success' });
    const { report } = await loadCallback(reached);
    return outcome({ status: 'success' }, report, delivery);
  }
  const callback = misbehaviour === 'wrong-state' ? withOtherState(reached) : reached;
  const loaded = await loadCallback(callback);
  const last = misbehaviour === 'callback-twice' ? await loadCallback(reached) : loaded;
  if (misbehaviour === 'callback-twice' && loaded.report)
    return { ...(await told(loaded.report)), ...(last.page ? { page: last.page } : {}) };
  if (last.page) return { status: 'silent', delivery: undefined, page: last.page };
  if (misbehaviour === 'never-report') return outcome(undefined, last.report, undefined);
  if (misbehaviour === 'cancel-after-success') return told({ status: 'cancel' });
  return told(last.report ?? { status: 'unknown' });
}

/** `sent` is what the reply said, `heard` what the provider's redirect said. */
function outcome(
  sent: Report | undefined,
  heard: Report | undefined,
  delivery: WebhookDelivery | undefined,
): SignInOutcome {
  const code = heard?.status === 'failure' ? { errorCode: heard.errorCode } : {};
  return { status: sent?.status ?? 'silent', delivery, ...code };
}

function withOtherState({ url, view }: Callback): Callback {
  const changed = new URL(url);
  changed.searchParams.set('state', crypto.randomUUID());
  return { url: changed.href, view };
}

function withIdentifier(options: ReplyOptions = {}, identifier?: string): ReplyOptions {
  return identifier === undefined ? options : { ...options, requestIdentifier: identifier };
}
