import { writeFileSync } from 'node:fs';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

export interface RunExport {
  /** Of a running node. */
  url: string;
  apiKey: string | undefined;
  secrets: boolean;
  /** Where the file is written, readable by its owner alone; without one it is printed. */
  out: string | undefined;
  print: (text: string) => void;
  /** For what is not the file. */
  tell: (line: string) => void;
}

const TIMEOUT_MS = 60_000;
const Explained = Type.Object({ detail: Type.String() });

/**
 * `countersign export-config`: the configuration of a running node as a file. Answers the exit code: 0
 * written, 1 refused, 2 node out of reach or no key.
 */
export async function runExport({ url, apiKey, secrets, out, print, tell }: RunExport) {
  if (!apiKey) {
    tell('countersign: set COUNTERSIGN_API_KEY to the API key of an administrator');
    return 2;
  }
  const answer = await get(new URL(`/api/configuration.yaml?secrets=${secrets}`, url), apiKey);
  if (!answer) {
    tell(`countersign: no node answers at ${url}`);
    return 2;
  }
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null);
    const detail = Value.Check(Explained, body) ? body.detail : 'no explanation';
    tell(`countersign: the node refused with ${answer.status}: ${detail}`);
    return 1;
  }
  const text = await answer.text();
  if (out === undefined) print(text);
  else {
    writeFileSync(out, text, { mode: 0o600 });
    tell(`wrote ${out}${secrets ? ', which holds secrets' : ''}`);
  }
  return 0;
}

/** Null: out of reach. Redirects are not followed: the key is for the node that was named. */
async function get(url: URL, apiKey: string): Promise<Response | null> {
  try {
    return await fetch(url, {
      headers: { authorization: `Bearer ${apiKey}` },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return null;
  }
}
