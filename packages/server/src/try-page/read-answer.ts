/** What a provider sends a browser back with (RFC 6749 §4.1.2, RFC 9207 §2). */
export type ProviderAnswer = { state: string } & (
  | { code: string; iss: string | null }
  | { error: string; description: string | null }
);

const LONGEST = 4096;

/** Null: nothing that a provider would send. */
export function readAnswer(query: URLSearchParams): ProviderAnswer | null {
  const state = only(query, 'state');
  if (state === null) return null;
  const error = only(query, 'error');
  if (error !== null) return { state, error, description: only(query, 'error_description') };
  const code = only(query, 'code');
  return code === null ? null : { state, code, iss: only(query, 'iss') };
}

/** The value of a parameter that is there exactly once and can be meant. */
function only(query: URLSearchParams, name: string): string | null {
  const [value, ...more] = query.getAll(name);
  const isUsable = value !== undefined && value !== '' && value.length <= LONGEST;
  return isUsable && more.length === 0 ? value : null;
}
