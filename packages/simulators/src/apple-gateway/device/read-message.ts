import { versionOf } from '../api/check-authentication.ts';
import { OBJECT_REPLACEMENT } from '../business.ts';
import { applyAttachmentCipher } from '../crypto/attachment-cipher.ts';
import type { DeliveredMessage } from '../gateway-state.ts';
import { type Json, objectAt, objectsAt, textAt } from '../json.ts';
import type {
  ChoiceItem,
  OAuthRequest,
  ReceivedFile,
  ReceivedMessage,
} from './received-message.ts';

/** Turns what the gateway delivered into what a person sees; decrypts the files. */
export async function readMessage(message: DeliveredMessage): Promise<ReceivedMessage> {
  const { id, body, isAutomatic } = message;
  const common = { id, isAutomatic, raw: body };
  switch (body.type) {
    case 'typing_start':
      return { ...common, kind: 'typing-start' };
    case 'typing_end':
      return { ...common, kind: 'typing-end' };
    case 'richLink':
      return { ...common, kind: 'rich-link', ...readLink(objectAt(body, 'richLinkData')) };
    case 'interactive':
      return readBubble(common, objectAt(body, 'interactiveData') ?? {});
    default: {
      const files = await Promise.all(message.files.map(readFile));
      const text = (textAt(body, 'body') ?? '').replaceAll(OBJECT_REPLACEMENT, '').trim();
      return { ...common, kind: 'text', text, files };
    }
  }
}

async function readFile({
  attachment,
  encrypted,
}: DeliveredMessage['files'][number]): Promise<ReceivedFile> {
  const key = textAt(attachment, 'key') ?? '';
  return {
    name: textAt(attachment, 'name') ?? '',
    mimeType: textAt(attachment, 'mimeType') ?? '',
    bytes: await applyAttachmentCipher(encrypted, key),
  };
}

function readLink(link: Json | undefined) {
  const image = objectAt(objectAt(link, 'assets'), 'image');
  const [data, mimeType] = [textAt(image, 'data'), textAt(image, 'mimeType')];
  return {
    url: textAt(link, 'url') ?? '',
    title: textAt(link, 'title') ?? '',
    image: data && mimeType ? `data:${mimeType};base64,${data}` : undefined,
  };
}

type Common = Pick<ReceivedMessage, 'id' | 'isAutomatic' | 'raw'>;

function readBubble(common: Common, interactiveData: Json): ReceivedMessage {
  const data = objectAt(interactiveData, 'data') ?? {};
  const received = objectAt(interactiveData, 'receivedMessage');
  const bubble = {
    ...common,
    requestIdentifier: textAt(data, 'requestIdentifier') ?? '',
    title: textAt(received, 'title') ?? '',
    subtitle: textAt(received, 'subtitle') ?? '',
    replyMessage: objectAt(interactiveData, 'replyMessage'),
    interactiveData,
  };
  const [quick, list, event] = ['quick-reply', 'listPicker', 'event'].map((it) =>
    objectAt(data, it),
  );
  const oauth2 = objectAt(objectAt(data, 'authenticate'), 'oauth2');
  if (quick) {
    const items = objectsAt(quick, 'items').map(readItem);
    return { ...bubble, kind: 'quick-reply', summary: textAt(quick, 'summaryText') ?? '', items };
  }
  if (list) return { ...bubble, kind: 'list-picker', sections: readSections(list) };
  if (event) return { ...bubble, kind: 'time-picker', event, slots: readSlots(event) };
  if (oauth2)
    return { ...bubble, kind: 'sign-in', version: versionOf(data), oauth2: readRequest(oauth2) };
  return { ...bubble, kind: 'other-bubble' };
}

function readItem(raw: Json): ChoiceItem {
  return {
    identifier: textAt(raw, 'identifier') ?? '',
    title: textAt(raw, 'title') ?? '',
    subtitle: textAt(raw, 'subtitle') ?? '',
    raw,
  };
}

function readSections(picker: Json) {
  return objectsAt(picker, 'sections').map((section) => ({
    title: textAt(section, 'title') ?? '',
    isMultiple: section.multipleSelection === true,
    items: objectsAt(section, 'items').map(readItem),
  }));
}

function readSlots(event: Json) {
  return objectsAt(event, 'timeslots').map((raw) => ({
    identifier: textAt(raw, 'identifier') ?? '',
    startTime: textAt(raw, 'startTime') ?? '',
    durationSeconds: Number(raw.duration),
    raw,
  }));
}

function readRequest(oauth2: Json): OAuthRequest {
  const scope = Array.isArray(oauth2.scope) ? oauth2.scope.map(String) : [];
  return {
    responseType: textAt(oauth2, 'responseType') ?? '',
    scope: scope.filter((one) => one !== ''),
    state: textAt(oauth2, 'state'),
    clientSecret: textAt(oauth2, 'clientSecret'),
    responseEncryptionKey: textAt(oauth2, 'responseEncryptionKey'),
    redirectURI: textAt(oauth2, 'redirectURI'),
    additionalParameters: textAt(oauth2, 'additionalParameters'),
    authorizationUrl: textAt(oauth2, 'authorizationUrl') ?? '',
    accessTokenUrl: textAt(oauth2, 'accessTokenUrl'),
    clientIdentifier: textAt(oauth2, 'clientIdentifier') ?? '',
  };
}
