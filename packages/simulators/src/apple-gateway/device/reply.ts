import { INLINE_LIMIT } from '../business.ts';
import { applyAttachmentCipher, newAttachmentKey } from '../crypto/attachment-cipher.ts';
import { utf8 } from '../crypto/bytes.ts';
import type { GatewayState } from '../gateway-state.ts';
import type { Json } from '../json.ts';
import { textAt } from '../json.ts';
import { encodePayload } from '../webhook/large-payload.ts';
import type { ReceivedMessage } from './received-message.ts';
import type { SendOptions } from './sender.ts';

export interface ReplyOptions extends SendOptions {
  /**
   * How the dictionary travels (§4.4): `auto` by reference above 10 KB, `both` as some replies were
   * seen. Default `auto`.
   */
  as?: 'auto' | 'inline' | 'reference' | 'both';
  /** Another one than that of the message answered. */
  requestIdentifier?: string;
}

type Bubble = Extract<ReceivedMessage, { interactiveData: Json }>;

/** The dictionary of an answer: what is asked under its own key, and the bubble's texts (§4.3). */
export function replyTo(bubble: Bubble, answer: Json, options: ReplyOptions = {}): Json {
  const { interactiveData, replyMessage, requestIdentifier } = bubble;
  return {
    bid: interactiveData.bid,
    sessionIdentifier: textAt(interactiveData, 'sessionIdentifier') ?? crypto.randomUUID(),
    data: {
      version: versionIn(interactiveData),
      requestIdentifier: options.requestIdentifier ?? requestIdentifier,
      ...answer,
      ...(replyMessage && answer.replyMessage === undefined ? { replyMessage } : {}),
    },
  };
}

function versionIn({ data }: Json): unknown {
  const { version, mspVersion }: Json = Object(data);
  return version ?? mspVersion;
}

/** `interactiveData`, `interactiveDataRef`, or both. */
export async function packReply(
  state: GatewayState,
  interactiveData: Json,
  how: ReplyOptions['as'] = 'auto',
): Promise<Json> {
  const isLarge = utf8(JSON.stringify(interactiveData)).length > INLINE_LIMIT;
  if (how === 'inline' || (how === 'auto' && !isLarge)) return { interactiveData };
  const interactiveDataRef = await refer(state, interactiveData);
  return how === 'both' ? { interactiveData, interactiveDataRef } : { interactiveDataRef };
}

async function refer(state: GatewayState, interactiveData: Json): Promise<Json> {
  const key = newAttachmentKey();
  const encrypted = await applyAttachmentCipher(encodePayload(interactiveData), key);
  const blob = await state.blobs.keep(encrypted, { isShortLived: true });
  return {
    bid: interactiveData.bid,
    url: blob.url,
    owner: blob.owner,
    key,
    size: encrypted.length,
    signature: blob.signature,
    'signature-base64': blob.checksum,
    title: '',
  };
}
