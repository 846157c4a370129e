import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type Bytes, concat } from '../crypto/bytes.ts';
import type { GatewayPath } from '../journal.ts';
import { Refusal } from '../refusal.ts';

/** One call of the provider's, before anything of it is believed. */
export interface Call {
  path: GatewayPath;
  method: string;
  headers: IncomingHttpHeaders;
  bytes: Bytes;
}

/** The largest file is 100 MB (§14); no message comes near. */
const MAX_BODY_BYTES = 100 * 1024 * 1024;

export async function readCall(path: GatewayPath, request: IncomingMessage): Promise<Call> {
  const bytes = await readBytes(request);
  const { method = 'GET', headers } = request;
  return { path, method, headers, bytes };
}

/** The whole body. Throws a `Refusal` when it is larger than the largest file. */
export async function readBytes(request: IncomingMessage): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Uint8Array.from(Buffer.from(chunk));
    size += bytes.length;
    if (size > MAX_BODY_BYTES)
      throw new Refusal('17.1.2', 413, 'body_too_large', `over ${MAX_BODY_BYTES} bytes`);
    chunks.push(bytes);
  }
  return concat(...chunks);
}

export function headerOf(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A value that goes by two header names; both are taken, and have to agree (§4.2, §5.2). */
export function eitherHeader(call: Call, ...names: readonly [string, string]): string | undefined {
  const [first, second] = names.map((name) => headerOf(call, name));
  if (first !== undefined && second !== undefined && first !== second) {
    const detail = `${names.join(' and ')} differ`;
    throw new Refusal('17.1.2', 400, 'header_differs_from_body', detail);
  }
  return first ?? second;
}
