import { OBJECT_REPLACEMENT } from '../business.ts';
import { applyAttachmentCipher, newAttachmentKey } from '../crypto/attachment-cipher.ts';
import type { GatewayState } from '../gateway-state.ts';
import type { Json } from '../json.ts';

export interface OutgoingFile {
  name: string;
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** What is wrong with it, for the receiver to notice (§4.2). */
  fault?: 'size-differs' | 'wrong-key-shape' | 'unknown-url';
}

/**
 * A text with files: encrypted, with a place for each in the text (§4.1, §4.2). Spelling varies, as
 * the specification says it may: `size` is a number or a numeric string, hex is of either case.
 */
export async function attachFiles(
  state: GatewayState,
  files: readonly OutgoingFile[],
  text: string,
): Promise<Json> {
  const attachments = await Promise.all(files.map((file) => describe(state, file)));
  return { body: text + OBJECT_REPLACEMENT.repeat(files.length), attachments };
}

async function describe(state: GatewayState, file: OutgoingFile): Promise<Json> {
  const { name, mimeType, fault } = file;
  const key = newAttachmentKey();
  const encrypted = await applyAttachmentCipher(file.bytes, key);
  const { url, owner, signature } = await state.blobs.keep(encrypted);
  const size = encrypted.length + (fault === 'size-differs' ? 1 : 0);
  return {
    name,
    mimeType,
    size: state.random() < 0.5 ? size : String(size),
    signature: state.random() < 0.5 ? signature : signature.toUpperCase(),
    url: fault === 'unknown-url' ? `${url}x` : url,
    owner,
    key: fault === 'wrong-key-shape' ? key.slice(2) : key,
  };
}
