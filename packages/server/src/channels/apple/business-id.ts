import type { AppleAccount } from '../../configuration/index.ts';

/** Vendors write the same id with a prefix, in capitals or without hyphens (§1). */
export const normalBusinessId = (id: string): string =>
  id
    .trim()
    .toLowerCase()
    .replace(/^urn:biz:/, '')
    .replaceAll('-', '');

export function accountOf(
  accounts: ReadonlyMap<string, AppleAccount>,
  businessId: string,
): AppleAccount | null {
  const wanted = normalBusinessId(businessId);
  const all = [...accounts.values()];
  return all.find((account) => normalBusinessId(account.businessId) === wanted) ?? null;
}
