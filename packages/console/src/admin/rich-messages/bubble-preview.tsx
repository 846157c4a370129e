import type { ReactNode } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { absolute } from '../../time/format-time.ts';
import { readableDuration } from '../fields/duration.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { useText, useValue } from '../object/form-context.ts';
import { isMap } from '../object/paths.ts';
import { pictureAddress } from './read-picture.ts';

const { richMessages: w } = adminWords;

/** About as the device shows it: what the customer gets, and what is left once they have answered. */
export function BubblePreview() {
  const type = useText('type');
  const after = type === 'quick-reply' ? 'summaryText' : 'replyMessage';
  const reply = useText(after);
  return (
    <FieldGroup title={w.preview} lead={w.previewLead}>
      <div className="apple-thread">
        <Bubble type={type} />
        {type === 'rich-link' ? null : (
          <div className="apple-bubble apple-bubble-own">{reply || w.nothingYet}</div>
        )}
      </div>
    </FieldGroup>
  );
}

function Bubble({ type }: { type: string }): ReactNode {
  switch (type) {
    case 'quick-reply':
      return <QuickReplies />;
    case 'rich-link':
      return <RichLink />;
    case 'list-picker':
      return (
        <Card action={w.choose}>
          <Sections />
        </Card>
      );
    case 'time-picker':
      return (
        <Card action={w.chooseTime}>
          <Times />
        </Card>
      );
    default:
      return <Card action={w.signIn}>{null}</Card>;
  }
}

/** What stands at a path as a list of objects. */
function useItems(path: string): Record<string, unknown>[] {
  const value = useValue(path);
  return (Array.isArray(value) ? value : []).filter(isMap);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '') || w.nothingYet;

function Card({ action, children }: { action: string; children: ReactNode }) {
  return (
    <div className="apple-bubble apple-card">
      <strong>{useText('receivedMessage') || w.nothingYet}</strong>
      <span className="apple-action">{action}</span>
      {children}
    </div>
  );
}

function QuickReplies() {
  return (
    <ul className="apple-choices">
      {useItems('items').map((item) => (
        <li key={String(item.identifier)}>{textOf(item.title)}</li>
      ))}
    </ul>
  );
}

function Sections() {
  return useItems('sections').map((section, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a place is all that a section has of its own
    <div key={at} className="apple-list">
      <h3>{textOf(section.title)}</h3>
      <ul>
        {(Array.isArray(section.items) ? section.items : []).filter(isMap).map((item) => (
          <li key={String(item.identifier)}>
            {textOf(item.title)}
            {typeof item.subtitle === 'string' ? (
              <div className="secondary">{item.subtitle}</div>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  ));
}

function Times() {
  const title = useText('title');
  const slots = useItems('timeslots');
  return (
    <div className="apple-list">
      <h3>{title || w.nothingYet}</h3>
      <ul>
        {slots.map(({ identifier, startTime, duration }) => (
          <li key={String(identifier)}>
            {typeof startTime === 'string' ? absolute(startTime) : w.nothingYet}
            {typeof duration === 'number' ? (
              <div className="secondary">{readableDuration(duration)}</div>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function RichLink() {
  const address = pictureAddress(useValue('image'));
  const url = useText('url');
  const title = useText('title');
  return (
    <div className="apple-bubble apple-link">
      {address ? <img src={address} alt="" /> : null}
      <div>
        <strong>{title || w.nothingYet}</strong>
        <div className="secondary">{hostOf(url)}</div>
      </div>
    </div>
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
