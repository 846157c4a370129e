export const MAX_PICTURE_BYTES = 512 * 1024;
export const pictureTypes = ['image/jpeg', 'image/png'] as const;

export interface Picture {
  mediaType: (typeof pictureTypes)[number];
  /** Base64. */
  data: string;
}

/** A picture as it stands in the message itself, or why it cannot. */
export async function readPicture(file: File): Promise<Picture | 'type' | 'size'> {
  const mediaType = pictureTypes.find((known) => known === file.type);
  if (!mediaType) return 'type';
  if (file.size === 0 || file.size > MAX_PICTURE_BYTES) return 'size';
  return { mediaType, data: base64(new Uint8Array(await file.arrayBuffer())) };
}

const CHUNK = 8192;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

/** To show it; null: there is none. */
export function pictureAddress(picture: unknown): string | null {
  if (typeof picture !== 'object' || picture === null) return null;
  const mediaType: unknown = Reflect.get(picture, 'mediaType');
  const data: unknown = Reflect.get(picture, 'data');
  return typeof data === 'string' ? `data:${mediaType};base64,${data}` : null;
}
