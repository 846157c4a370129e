/**
 * A look into the bytes of an upload (F01). What a file is, its content says and not its name or what was
 * announced; what cannot be told is text, if it is text. Nothing is unpacked.
 */
import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';

export type Inspection = { mediaType: string } | { refused: string };

/** More pixels than any camera makes are meant to fill somebody's memory. */
const MAX_PIXELS = 100_000_000;
/** The EICAR test file, cut in two so that this source is not taken for one. */
const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!'].join(''),
);

/** Markup that a browser runs when it is shown a page of it. */
const MARKUP = /^\s*(?:\ufeff)?<(?:!doctype|html|svg|script|\?xml|head|body|iframe)/i;

export async function inspectFile(bytes: Buffer): Promise<Inspection> {
  if (bytes.includes(EICAR)) return { refused: 'The file holds a known test virus.' };
  const found = await fileTypeFromBuffer(bytes);
  if (!found) return inspectText(bytes);
  if (!found.mime.startsWith('image/')) return { mediaType: found.mime };
  const pixels = pixelsOf(bytes);
  if (pixels === null) return { refused: 'The picture is damaged.' };
  return pixels > MAX_PIXELS ? { refused: 'The picture is too large.' } : { mediaType: found.mime };
}

function inspectText(bytes: Buffer): Inspection {
  const text = decodeText(bytes);
  if (text === null) return { refused: 'The kind of this file is not known.' };
  return MARKUP.test(text) ? { refused: 'Web pages cannot be sent.' } : { mediaType: 'text/plain' };
}

function decodeText(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

function pixelsOf(bytes: Buffer): number | null {
  try {
    const { width, height } = imageSize(bytes);
    return width * height;
  } catch {
    return null;
  }
}
