/** Bubbles as the gateway takes them (§5.3 to §5.5). */
import type { RichMessage } from '../../configuration/index.ts';
import type { Option } from './request-store.ts';

/** Of all of Apple's own bubbles. */
export const BUBBLE_ID =
  'com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:com.apple.icloud.apps.messages.business.extension';

/** What agents can send; asking for a sign-in goes another way. */
export type SendableMessage = Exclude<RichMessage, { type: 'authentication' }>;
type Asking = Exclude<SendableMessage, { type: 'rich-link' }>;

/** What the device must list (§3.4); null: every device shows it. */
export const CAPABILITIES: Record<SendableMessage['type'], string | null> = {
  'quick-reply': 'QUICK',
  'list-picker': 'LIST',
  'time-picker': 'TIME',
  'rich-link': null,
};

export function richBody(message: SendableMessage, requestIdentifier: string): object {
  if (message.type === 'rich-link') return richLink(message);
  return {
    type: 'interactive',
    interactiveData: {
      bid: BUBBLE_ID,
      data: { version: '1.0', requestIdentifier, ...dataOf(message) },
      ...(message.type !== 'quick-reply' && {
        receivedMessage: { title: message.receivedMessage },
        replyMessage: { title: message.replyMessage },
      }),
    },
  };
}

function dataOf(message: Asking): object {
  if (message.type === 'quick-reply') {
    const { summaryText, items } = message;
    return { 'quick-reply': { summaryText, items } };
  }
  // `mspVersion`: the name in older texts of Apple (§5.4)
  if (message.type === 'list-picker')
    return { mspVersion: '1.0', listPicker: { sections: message.sections.map(section) } };
  const { title, timezoneOffset, timeslots } = message;
  return {
    mspVersion: '1.0',
    event: {
      identifier: '1',
      title,
      ...(timezoneOffset !== null && { timezoneOffset }),
      timeslots: timeslots.map((slot) => ({ ...slot, startTime: utcMinute(slot.startTime) })),
    },
  };
}

function section(
  { title, multipleSelection, items }: Extract<Asking, { type: 'list-picker' }>['sections'][number],
  order: number,
): object {
  return {
    ...{ title, order, multipleSelection },
    items: items.map(({ identifier, title, subtitle }, order) => ({
      ...{ identifier, title, order, style: 'default' },
      ...(subtitle !== null && { subtitle }),
    })),
  };
}

/** `2026-03-02T17:00+0000`: the one spelling that devices take. */
const utcMinute = (time: string): string => time.replace(/^(.{16})(?::00)?Z$/, '$1+0000');

function richLink({ url, title, image }: Extract<SendableMessage, { type: 'rich-link' }>): object {
  const assets = image && { image: { data: image.data, mimeType: image.mediaType } };
  return {
    type: 'richLink',
    body: url,
    richLinkData: { url, title, assets: assets ?? {} },
  };
}

/** What can be answered; null: it asks nothing. */
export function optionsOf(message: SendableMessage): Option[] | null {
  switch (message.type) {
    case 'quick-reply':
      return message.items;
    case 'list-picker':
      return message.sections.flatMap(({ items }) =>
        items.map(({ identifier, title }) => ({ identifier, title })),
      );
    case 'time-picker':
      return message.timeslots.map(({ identifier, startTime }) => ({
        identifier,
        title: startTime,
      }));
    default:
      return null;
  }
}
