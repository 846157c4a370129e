const plurals = new Intl.PluralRules('ro');

/** `few` is also none; past it a noun is joined with `de`. */
export function count(n: number, one: string, few: string): string {
  const form = plurals.select(n);
  if (form === 'one') return `${n} ${one}`;
  return form === 'few' ? `${n} ${few}` : `${n} de ${few}`;
}
