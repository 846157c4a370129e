/**
 * All keys of a site and their hand-over. Each of them is published before it signs, one signs at any time,
 * and none is taken away while a token that it signed still lives: what would break one of these is refused
 * when the site starts, not on rotation day.
 */
import { type KeyOptions, readKey, type SigningKey } from './signing-key.ts';
import { SiteKitError } from './site-kit-error.ts';

export interface KeyRing {
  /** The one that signs at `nowMs`: of those that may, the one whose turn came last. */
  signing(nowMs: number): SigningKey;
  /** All that are to be published at `nowMs`, in the order of their turns. */
  published(nowMs: number): SigningKey[];
}

export function createKeyRing(options: readonly KeyOptions[], lifetimeMs: number): KeyRing {
  if (!Array.isArray(options) || options.length === 0)
    throw new SiteKitError(
      'invalid_option',
      '`keys` is empty; make a key with `npx @countersign/site-kit new-key` and give it as { id, privateKey }.',
    );
  const keys = options.map(readKey).sort((a, b) => order(a.signFrom, b.signFrom));
  for (const [at, key] of keys.entries()) checkTurn(key, keys[at + 1], lifetimeMs);
  const twice = keys.find((key, at) => keys.some((other, i) => i < at && other.id === key.id));
  if (twice)
    throw fault(`Two keys have the id ${twice.id}; a node then takes neither. Give each its own.`);
  const published = (nowMs: number) => keys.filter(({ retireAt }) => retireAt > nowMs);
  return {
    published,
    signing(nowMs) {
      const key = published(nowMs).findLast(({ signFrom }) => signFrom <= nowMs);
      if (key) return key;
      throw new SiteKitError(
        'no_signing_key',
        'No key signs now: each has ended (`retireAt`) or not begun (`signFrom`). Add a new one without `signFrom`.',
      );
    },
  };
}

/** `next` takes over from `key`. */
function checkTurn(key: SigningKey, next: SigningKey | undefined, lifetimeMs: number): void {
  if (key.retireAt <= key.signFrom)
    throw fault(
      `The key ${key.id} ends before it begins: \`retireAt\` has to be after \`signFrom\`.`,
    );
  if (next === undefined) return;
  if (key.signFrom === next.signFrom)
    throw fault(
      `The keys ${key.id} and ${next.id} begin to sign at the same time; give the newer one a \`signFrom\`, ten minutes after it is published.`,
    );
  const least = next.signFrom + lifetimeMs;
  if (key.retireAt < least)
    throw fault(
      `The key ${key.id} ends while tokens that it signed still live: \`retireAt\` has to be ${new Date(least).toISOString()} or later.`,
    );
}

const order = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

const fault = (message: string): SiteKitError => new SiteKitError('invalid_rotation', message);
