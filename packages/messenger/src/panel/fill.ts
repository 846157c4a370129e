/** Puts values in the places of `{0}`, `{1}` … */
export const fill = (text: string, ...values: string[]): string =>
  text.replace(/\{(\d)\}/g, (_, place) => values[Number(place)] ?? '');
