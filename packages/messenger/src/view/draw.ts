/**
 * Makes a part of the document look like a view. What stays is the same node in the same place, so that
 * focus, selection and scrolling stay too.
 */
import { type Attributes, type Child, type View, viewsOf } from './view.ts';

interface Drawn {
  readonly node: Element | Text;
  attributes: Attributes;
  children: Map<string, Drawn>;
}

const SVG = 'http://www.w3.org/2000/svg';
const roots = new WeakMap<Element, Map<string, Drawn>>();

export function draw(parent: Element, child: Child): void {
  roots.set(parent, drawAll(parent, roots.get(parent) ?? new Map(), viewsOf(child)));
}

function drawAll(
  parent: Element,
  before: Map<string, Drawn>,
  views: readonly View[],
): Map<string, Drawn> {
  const wanted = new Map(views.map((view) => [view.tag + view.key, view]));
  for (const [name, { node }] of before) if (!wanted.has(name)) node.remove();
  let next = parent.firstChild;
  const after = new Map<string, Drawn>();
  for (const [name, view] of wanted) {
    const drawn = before.get(name) ?? create(view, parent);
    after.set(name, drawn);
    if (drawn.node === next) next = next.nextSibling;
    else parent.insertBefore(drawn.node, next);
    update(drawn, view);
  }
  return after;
}

function create({ tag }: View, parent: Element): Drawn {
  const space = tag === 'svg' ? SVG : parent.namespaceURI;
  const node = tag ? document.createElementNS(space, tag) : document.createTextNode('');
  return { node, attributes: {}, children: new Map() };
}

function update(drawn: Drawn, { attributes, children }: View): void {
  const { node } = drawn;
  if ('data' in node) {
    if (node.data !== attributes.text) node.data = `${attributes.text}`;
    return;
  }
  for (const name of Object.keys({ ...drawn.attributes, ...attributes })) {
    if (name === 'value') setValue(node, attributes.value);
    else if (drawn.attributes[name] !== attributes[name])
      setAttribute(node, name, attributes[name]);
  }
  drawn.attributes = attributes;
  drawn.children = drawAll(node, drawn.children, children);
}

/** A field has what was typed since. */
function setValue(node: Element, value: unknown): void {
  if ('value' in node && node.value !== value) node.value = value;
}

function setAttribute(node: Element, name: string, value: unknown): void {
  if (name.startsWith('on')) Object.assign(node, { [name.toLowerCase()]: value });
  else if (value === undefined || (value === false && !name.startsWith('aria')))
    node.removeAttribute(name);
  else node.setAttribute(name, `${value}`);
}
