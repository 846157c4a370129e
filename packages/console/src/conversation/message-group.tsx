import type { Entry, Identity } from '@countersign/protocol';
import { IconCheck } from '@tabler/icons-react';
import { words } from '../strings/words.ts';
import { absolute, clock } from '../time/format-time.ts';
import { IdentityMark } from './identity-mark.tsx';
import { MessageContent } from './message-content.tsx';
import { proofOfEntry } from './proof-of-entry.ts';
import './message-group.css';

interface Props {
  entries: [Entry, ...Entry[]];
  /** The whole log on screen, where the sign-in that stood is looked up. */
  log: readonly Entry[];
  identity: Identity;
  me: string;
}

const sides = { customer: 'customer', agent: 'agent', bot: 'agent', system: 'agent' } as const;

/** Messages of one sender that belong together: the customer's left, the team's right. */
export function MessageGroup({ entries, log, identity, me }: Props) {
  const [first] = entries;
  const side = first.kind === 'note' ? 'note' : sides[first.from.role];
  return (
    <li className={`group group-${side}`}>
      {entries.map((entry, i) => (
        <div className="group-message" key={entry.seq}>
          <Bubble entry={entry} />
          {side === 'customer' && i < entries.length - 1 ? (
            <IdentityMark entry={entry} proof={proofOfEntry(log, entry, identity)} />
          ) : null}
        </div>
      ))}
      <GroupLine entries={entries} log={log} identity={identity} me={me} />
    </li>
  );
}

function Bubble({ entry }: { entry: Entry }) {
  return (
    <div className="bubble">
      {entry.kind === 'note' ? (
        <strong className="bubble-label">{words.timeline.onlyTeam}</strong>
      ) : null}
      {entry.text ? <p dir="auto">{entry.text}</p> : null}
      <MessageContent content={entry.content} />
    </div>
  );
}

/** When the last message of the group came, from whom, and how sure that is. */
function GroupLine({ entries, log, identity, me }: Props) {
  const last = entries.at(-1) ?? entries[0];
  const customer = last.from.role === 'customer';
  const author = customer ? null : authorName(last, me);
  return (
    <div className="group-line secondary">
      <span className="unseen">
        {customer ? `${last.from.name ?? words.event.customer}, ` : ''}
      </span>
      {author ? <span>{author} ·</span> : null}
      <time dateTime={last.at} title={absolute(last.at)}>
        {clock(last.at)}
      </time>
      {customer ? <IdentityMark entry={last} proof={proofOfEntry(log, last, identity)} /> : null}
      {last.kind === 'message' && last.from.id === me ? (
        <IconCheck size={14} stroke={2} role="img" aria-label={words.timeline.sent} />
      ) : null}
    </div>
  );
}

function authorName(entry: Entry, me: string): string | null {
  if (entry.from.id === me) return entry.kind === 'note' ? words.timeline.you : null;
  if (entry.from.role === 'bot') return entry.from.name ?? words.timeline.bot;
  return entry.from.name ?? words.timeline.agent;
}
