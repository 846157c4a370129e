import type { KeyObject } from 'node:crypto';

const MIN_BITS = 2048;
const MAX_BITS = 8192;
/** Larger exponents only slow the check down; none is in use. */
const MAX_EXPONENT = 2n ** 64n;

/** RFC 8725 §3.3–3.5, at import: what is wrong with a key, or null. */
export function rsaKeyProblem(key: KeyObject): string | null {
  if (key.type !== 'public') return 'not a public key';
  if (key.asymmetricKeyType !== 'rsa') return `${key.asymmetricKeyType} key, RS256 needs rsa`;
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < MIN_BITS) return `${modulusLength} bits, fewer than ${MIN_BITS}`;
  if (modulusLength > MAX_BITS) return `${modulusLength} bits, more than ${MAX_BITS}`;
  if (publicExponent < 3n) return `exponent ${publicExponent}, less than 3`;
  if (publicExponent % 2n === 0n) return 'even exponent';
  if (publicExponent > MAX_EXPONENT) return 'exponent longer than 64 bits';
  const modulus = modulusOf(key);
  const factor = SMALL_PRIMES.find((prime) => modulus % prime === 0n);
  if (factor !== undefined) return `modulus divisible by ${factor}`;
  if (isRoca(modulus)) return 'made by a weak generator (ROCA, CVE-2017-15361)';
  return null;
}

function modulusOf(key: KeyObject): bigint {
  const { n = '' } = key.export({ format: 'jwk' });
  return BigInt(`0x${Buffer.from(n, 'base64url').toString('hex') || '0'}`);
}

const SMALL_PRIMES: readonly bigint[] = primesUpTo(167);
const ODD_PRIMES = SMALL_PRIMES.slice(1);

/**
 * Nemec et al., "The Return of Coppersmith's Attack" (2017) §3: such a modulus is a power of 65537
 * modulo every small prime; one that is not by accident is one in 2²⁷.
 */
function isRoca(modulus: bigint): boolean {
  return ODD_PRIMES.every((prime) => powersOf65537(prime).has(modulus % prime));
}

function powersOf65537(prime: bigint): Set<bigint> {
  const powers = new Set<bigint>();
  for (let power = 1n; !powers.has(power); power = (power * 65537n) % prime) powers.add(power);
  return powers;
}

function primesUpTo(limit: number): bigint[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate <= limit; candidate++)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return primes.map(BigInt);
}
