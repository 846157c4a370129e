import type { ContextVariable } from '@countersign/protocol';

export interface VisitedPage {
  kind: 'page' | 'search' | 'article' | 'custom';
  title: string;
  /** ISO 8601; null when the page said none. */
  at: string | null;
}

/** `msdyn_type`, as Omnichannel numbers it. */
const kinds: Record<number, VisitedPage['kind']> = {
  192350000: 'page',
  192350001: 'search',
  192350002: 'article',
  192350003: 'custom',
};

export const SELF_SERVICE = 'SelfService';

/** What the page says the customer did before, newest first. It is not proven, and may be anything. */
export function visitedPages(context: readonly ContextVariable[]): VisitedPage[] {
  const said = context.find(({ name }) => name === SELF_SERVICE)?.value;
  const pages = listIn(said).flatMap((item) => pageOf(item) ?? []);
  return pages.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
}

function listIn(text: unknown): unknown[] {
  try {
    const value: unknown = JSON.parse(String(text ?? '[]'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function pageOf(item: unknown): VisitedPage | null {
  if (typeof item !== 'object' || item === null) return null;
  const title: unknown = Reflect.get(item, 'msdyn_displaytitle');
  if (typeof title !== 'string' || title === '') return null;
  const kind = kinds[Number(Reflect.get(item, 'msdyn_type'))] ?? 'custom';
  const at = Date.parse(String(Reflect.get(item, 'msdyn_starttime')));
  return { kind, title, at: Number.isNaN(at) ? null : new Date(at).toISOString() };
}
