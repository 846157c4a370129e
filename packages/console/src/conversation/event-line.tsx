import type { Entry, Identity } from '@countersign/protocol';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { absolute, clock } from '../time/format-time.ts';
import { factText } from './proof-of-entry.ts';
import './event-line.css';

/** What happened besides messages, centred. */
export function EventLine({ entry }: { entry: Entry }) {
  return (
    <li className="event secondary">
      {entry.kind === 'lapsed' ? <IdentityGlyph state="lapsed" silent /> : null}
      <span>{eventText(entry)}</span>
      <time dateTime={entry.at} title={absolute(entry.at)}>
        {clock(entry.at)}
      </time>
    </li>
  );
}

function eventText(entry: Entry): string {
  const { event } = words;
  const who = entry.from.name ?? (entry.from.role === 'customer' ? event.customer : null);
  const agent = factText(entry, 'name', 'to');
  switch (entry.kind) {
    case 'joined':
      return event.joined(who ?? agent ?? event.anAgent);
    case 'left':
      return event.left(who ?? agent ?? event.anAgent);
    case 'lapsed':
      return event.lapsed;
    case 'authentication-requested':
      return words.askToSignIn.asked(who ?? event.anAgent);
    case 'authentication-failed':
      return notSignedInText(entry);
    case 'signed-out':
      return signedOutText(entry);
    case 'queued':
      return queuedText(entry);
    case 'offered':
      return event.offered(agent ?? entry.from.name ?? event.anAgent);
    case 'assigned':
      return event.assigned(agent ?? entry.from.name ?? event.anAgent);
    case 'transferred':
      return event.transferred(agent ?? event.aQueue);
    case 'ended':
      return event.ended(who);
    case 'rated':
      return ratedText(entry);
    default:
      return entry.text ?? entry.kind;
  }
}

/** A request to sign in ended without a proof; what was proven before stands. */
function notSignedInText(entry: Entry): string {
  const reasons: Record<string, string> = words.askToSignIn.notSignedInReasons;
  const reason =
    reasons[factText(entry, 'reason') ?? ''] ?? words.askToSignIn.notSignedInReasons.other;
  return words.askToSignIn.notSignedIn(reason);
}

/** Back to a queue, or in another one, is told with its reason. */
function queuedText(entry: Entry): string {
  const { event } = words;
  const queue = factText(entry, 'queue') ?? event.aQueue;
  const { rule, because } = entry.data ?? {};
  const isExplained = rule === null && Array.isArray(because) && because.length > 0;
  return isExplained ? `${event.queued(queue)} · ${because.join(', ')}` : event.queued(queue);
}

function ratedText({ data, text }: Entry): string {
  const rating = Number(data?.rating);
  const said = words.event.rated(Number.isFinite(rating) ? rating : null);
  return text ? `${said}: ${text}` : said;
}

/** Who did it, and whether it leaves the customer verified. */
function signedOutText({ data, from }: Entry): string {
  const { signedOutBy, event } = words;
  const who =
    data?.by === 'staff'
      ? signedOutBy.staff(from.name ?? event.anAgent)
      : data?.by === 'provider'
        ? signedOutBy.provider
        : event.signedOut;
  return data?.stillVerified === true ? signedOutBy.oneDevice(who) : who;
}

interface BoundaryProps {
  entry: Entry;
  identity: Identity;
  again: boolean;
  messagesAbove: boolean;
}

/** From here on the customer is proven: what stands above came before. */
export function BoundaryLine({ entry, identity, again, messagesAbove }: BoundaryProps) {
  const setting = factText(entry, 'setting') ?? identity.setting ?? words.event.theSite;
  const said = again ? words.event.signedInAgain : words.event.signedIn;
  const text = entry.data?.renewed === true ? words.signedOutBy.renewed : said(setting);
  return (
    <li className="boundary">
      <span>
        <strong>
          <IdentityGlyph state="verified" silent /> {text}
        </strong>
        {messagesAbove ? <span className="secondary">{words.event.boundary}</span> : null}
        <time className="secondary" dateTime={entry.at} title={absolute(entry.at)}>
          {clock(entry.at)}
        </time>
      </span>
    </li>
  );
}
