import type { IncomingMessage } from 'node:http';

const MAX_BODY_BYTES = 64 * 1024;

/** The body of a form, or of JSON with string members. Throws when it is larger than 64 KiB. */
export async function readFields(request: IncomingMessage): Promise<URLSearchParams> {
  const text = await readText(request);
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return new URLSearchParams(text);
  }
  const value: unknown = JSON.parse(text);
  const fields = new URLSearchParams();
  if (typeof value !== 'object' || value === null) return fields;
  for (const [name, member] of Object.entries(value)) fields.set(name, String(member));
  return fields;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error('request body larger than 64 KiB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function readCookie(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Whether a page of `url`'s own origin sent the request (browsers say so; programs may not). */
export function isFromOwnPage(request: IncomingMessage, url: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  return origin === undefined || origin === new URL(url).origin;
}
