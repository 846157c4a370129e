/** What TSX compiles to (`jsxImportSource`). */
import { type Attributes, type Child, viewsOf } from './view.ts';

type Component<Properties> = (properties: Properties) => Child;

export function jsx<Properties extends { children?: Child }>(
  type: string | Component<Properties>,
  properties: Properties,
  key = '',
): Child {
  if (typeof type === 'string') {
    const { children, ...attributes } = properties;
    return { tag: type, key, attributes, children: viewsOf(children) };
  }
  const child = type(properties);
  return key ? viewsOf(child).map((view) => ({ ...view, key })) : child;
}

/** One name for both: what is called alike weighs less. */
export { jsx as jsxs };

export const Fragment = ({ children }: { children?: Child }): Child => children;

type On<E, Of extends Event> = (event: Of & { readonly currentTarget: E }) => void;

interface Known<E> {
  children?: Child;
  key?: string;
  class?: string;
  id?: string;
  role?: string;
  title?: string;
  type?: string;
  value?: string;
  for?: string;
  name?: string;
  noValidate?: boolean;
  maxLength?: number;
  rows?: number;
  placeholder?: string;
  disabled?: boolean;
  tabIndex?: number;
  dateTime?: string;
  href?: string;
  target?: string;
  rel?: string;
  src?: string;
  alt?: string;
  max?: string;
  checked?: boolean;
  selected?: boolean;
  viewBox?: string;
  d?: string;
  [aria: `aria-${string}`]: string | boolean | undefined;
  onClick?: On<E, MouseEvent>;
  onInput?: On<E, Event>;
  onKeyDown?: On<E, KeyboardEvent>;
  onError?: On<E, Event>;
  onScroll?: On<E, Event>;
  onSubmit?: On<E, Event>;
}

export declare namespace JSX {
  type Element = Child;
  interface IntrinsicAttributes {
    key?: string;
  }
  interface ElementChildrenAttribute {
    children: Attributes;
  }
  type IntrinsicElements = {
    [T in keyof HTMLElementTagNameMap]: Known<HTMLElementTagNameMap[T]>;
  } & {
    svg: Known<SVGElement>;
    path: Known<SVGElement>;
  };
}
