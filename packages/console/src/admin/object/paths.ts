// Paths within an object, written as the node writes them in faults: `routeToQueue[0].queue`.

export type Step = string | number;

/** The steps of a path; a step in brackets is a place in a list. */
export const stepsOf = (path: string): Step[] =>
  [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, place]) =>
    place === undefined ? step : Number(place),
  );

export const joined = (path: string, step: Step): string => {
  if (typeof step === 'number') return `${path}[${step}]`;
  return path === '' ? step : `${path}.${step}`;
};

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const stepInto = (value: unknown, step: Step): unknown => {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
  return isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined;
};

/** What stands there; undefined: nothing. */
export const valueAt = (object: unknown, path: string): unknown =>
  stepsOf(path).reduce(stepInto, object);

/** The object with this value there. Undefined takes the key away, or the item out of its list. */
export const withValue = (object: unknown, path: string, value: unknown): unknown =>
  replaced(object, stepsOf(path), value);

function replaced(object: unknown, steps: readonly Step[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const inner = replaced(stepInto(object, step), rest, value);
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(object) ? object : [];
    if (inner === undefined) return list.filter((_, at) => at !== step);
    return list.toSpliced(step, 1, inner);
  }
  const map = isMap(object) ? object : {};
  if (inner !== undefined) return { ...map, [step]: inner };
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== step));
}

/** Same content, whatever the order of keys; a key without a value counts as not there. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(a[key], b[key]));
}
