/**
 * What is to be seen, as plain values: a component is a function from its properties to a view, and keeps
 * nothing itself. Each view has a key among its siblings: its own, or its place.
 */
export type Attributes = Readonly<Record<string, unknown>>;

export interface View {
  /** `''` for a text, which is then the attribute `text`. */
  readonly tag: string;
  readonly key: string;
  readonly attributes: Attributes;
  readonly children: readonly View[];
}

export type Child = View | string | number | boolean | null | undefined | readonly Child[];

/** Places count what is not shown too, so that what comes and goes moves nothing beside it. */
export function viewsOf(child: Child, place = ''): View[] {
  if (child === null || child === undefined || typeof child === 'boolean') return [];
  if (isList(child)) return child.flatMap((one, index) => viewsOf(one, `${place}.${index}`));
  if (typeof child === 'object') return [{ ...child, key: child.key || place }];
  return [{ tag: '', key: place, attributes: { text: `${child}` }, children: [] }];
}

const isList = (child: Child): child is readonly Child[] => Array.isArray(child);
