import type { ObjectFault } from '@countersign/protocol';

/** The path itself, then what it lies in: `a.b[0].c`, `a.b[0]`, `a.b`, `a`. */
export function outward(path: string): string[] {
  const cuts = [...path.matchAll(/[.[]/g)].map(({ index }) => index).reverse();
  return path === '' ? [] : [path, ...cuts.map((cut) => path.slice(0, cut))];
}

/** Of each fault the field that shows it: its own, else the nearest around it; null: none does. */
export function fieldOf(fault: ObjectFault, fields: ReadonlySet<string>): string | null {
  return outward(fault.path).find((path) => fields.has(path)) ?? null;
}

/** What is said at a field: every fault that no nearer field says. */
export function messageAt(
  path: string,
  faults: readonly ObjectFault[],
  fields: ReadonlySet<string>,
): string | null {
  const own = faults.filter((fault) => fieldOf(fault, fields) === path);
  return own.length === 0 ? null : own.map(({ message }) => message).join(' ');
}
