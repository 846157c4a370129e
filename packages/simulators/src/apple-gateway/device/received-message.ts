import type { Json } from '../json.ts';

interface Common {
  id: string;
  /** A program wrote it (`auto-reply`). */
  isAutomatic: boolean;
  /** The provider's body, with what the gateway added. */
  raw: Json;
}

/** A bubble: what was sent under `interactiveData`, and what its answer has to repeat. */
interface Bubble extends Common {
  requestIdentifier: string;
  /** `receivedMessage`; a quick reply may have none. */
  title: string;
  subtitle: string;
  /** `replyMessage`: shown once it was answered. */
  replyMessage: Json | undefined;
  interactiveData: Json;
}

/** A file that came along, decrypted by the device (§5.2). */
export interface ReceivedFile {
  name: string;
  mimeType: string;
  /** The clear bytes. */
  bytes: Uint8Array<ArrayBuffer>;
}

export interface ChoiceItem {
  identifier: string;
  title: string;
  subtitle: string;
  raw: Json;
}

/** The request as it reaches the device, with what the Register added (§6, §7.2, §9.2). */
export interface OAuthRequest {
  responseType: string;
  scope: readonly string[];
  state: string | undefined;
  clientSecret: string | undefined;
  responseEncryptionKey: string | undefined;
  redirectURI: string | undefined;
  additionalParameters: string | undefined;
  authorizationUrl: string;
  accessTokenUrl: string | undefined;
  clientIdentifier: string;
}

export type SignInBubble = Bubble & { kind: 'sign-in'; version: 1 | 2; oauth2: OAuthRequest };
export type QuickReply = Bubble & { kind: 'quick-reply'; summary: string; items: ChoiceItem[] };
export type ListPicker = Bubble & {
  kind: 'list-picker';
  sections: { title: string; isMultiple: boolean; items: ChoiceItem[] }[];
};
export type TimePicker = Bubble & {
  kind: 'time-picker';
  event: Json;
  /** `startTime` as sent; `durationSeconds`. */
  slots: { identifier: string; startTime: string; durationSeconds: number; raw: Json }[];
};

/** What a device shows. */
export type ReceivedMessage =
  | (Common & { kind: 'text'; text: string; files: ReceivedFile[] })
  | (Common & { kind: 'rich-link'; url: string; title: string; image: string | undefined })
  | QuickReply
  | ListPicker
  | TimePicker
  | SignInBubble
  | (Bubble & { kind: 'other-bubble' })
  | (Common & { kind: 'typing-start' | 'typing-end' });

export type MessageKind = ReceivedMessage['kind'];
export type MessageOf<Kind extends MessageKind> = Extract<ReceivedMessage, { kind: Kind }>;
