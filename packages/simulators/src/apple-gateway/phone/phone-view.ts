import type { Device } from '../device/device.ts';
import type { TranscriptLine } from '../device/inbox.ts';
import { deviceProfiles } from '../device/profiles.ts';
import type { ReceivedMessage } from '../device/received-message.ts';
import { authorizationUrl } from '../device/sign-in-version-2.ts';
import { Notice } from '../notice.ts';

/** What became of the bubbles that a person answered on the page. */
export class Outcomes {
  readonly notice = new Notice();
  readonly #texts = new Map<string, string>();
  readonly #closed = new WeakMap<Device, number>();

  set(messageId: string, text: string | undefined): void {
    if (text !== undefined) this.#texts.set(messageId, text);
    this.notice.give();
  }

  get(messageId: string): string | undefined {
    return this.#texts.get(messageId);
  }

  /** The person deleted the conversation: what was above is gone from the screen. */
  close(device: Device): void {
    this.#closed.set(device, device.lines.length);
    this.notice.give();
  }

  firstLineOf(device: Device): number {
    return this.#closed.get(device) ?? 0;
  }
}

/** The screen as JSON for the page. */
export function viewOf(device: Device, outcomes: Outcomes): object {
  const { label, capabilities } = deviceProfiles[device.profile];
  const firstLine = outcomes.firstLineOf(device);
  return {
    profile: label,
    isAgentTyping: device.isAgentTyping,
    isClosed: firstLine > 0 && firstLine === device.lines.length,
    lines: device.lines
      .map((line, index) => viewLine(device, line, index, capabilities ?? [], outcomes))
      .slice(firstLine),
  };
}

function viewLine(
  device: Device,
  line: TranscriptLine,
  index: number,
  capabilities: readonly string[],
  outcomes: Outcomes,
): object {
  const files = (of: readonly { name: string; mimeType: string }[]) =>
    of.map(({ name, mimeType }, file) => ({
      name,
      isImage: INLINE_IMAGES.includes(mimeType),
      url: `/phone/file?device=${device.id}&line=${index}&file=${file}`,
    }));
  if (line.direction === 'out') {
    const { id, text, state } = line;
    return {
      key: `out-${id}`,
      side: 'customer',
      kind: 'text',
      text,
      state,
      files: files(line.files),
    };
  }
  const { message } = line;
  const common = { key: `in-${message.id}`, side: 'agent', id: message.id };
  if (message.kind === 'text')
    return { ...common, kind: 'text', text: message.text, files: files(message.files) };
  const needed = neededFor(message);
  if (needed !== undefined && !capabilities.includes(needed))
    return { ...common, kind: 'unsupported' };
  return { ...common, ...viewBubble(message), outcome: outcomes.get(message.id) };
}

/** Shown in the page; any other file is offered for download. */
export const INLINE_IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

function neededFor(message: ReceivedMessage): string | undefined {
  switch (message.kind) {
    case 'quick-reply':
      return 'QUICK';
    case 'list-picker':
      return 'LIST';
    case 'time-picker':
      return 'TIME';
    case 'sign-in':
      return message.version === 2 ? 'AUTH2' : 'AUTH';
    default:
      return undefined;
  }
}

function viewBubble(message: ReceivedMessage): object {
  switch (message.kind) {
    case 'rich-link': {
      const { kind, url, title, image } = message;
      return { kind, url, title, image };
    }
    case 'quick-reply': {
      const { kind, title, summary, items } = message;
      return { kind, title, summary, items: items.map(withoutRaw) };
    }
    case 'list-picker': {
      const { kind, title, subtitle } = message;
      const sections = message.sections.map((section) => ({
        ...section,
        items: section.items.map(withoutRaw),
      }));
      return { kind, title, subtitle, sections };
    }
    case 'time-picker': {
      const { kind, title, subtitle, slots, event } = message;
      const { timezoneOffset } = event;
      return { kind, title, subtitle, timezoneOffset, slots: slots.map(withoutRaw) };
    }
    case 'sign-in': {
      const { kind, title, subtitle, oauth2, version } = message;
      const { host } = new URL(oauth2.authorizationUrl);
      const link = version === 2 ? { link: authorizationUrl(oauth2) } : {};
      return { kind, title, subtitle, host, ...link };
    }
    default:
      return { kind: 'unsupported' };
  }
}

function withoutRaw<T extends { raw: unknown }>({ raw: _raw, ...rest }: T): Omit<T, 'raw'> {
  return rest;
}
