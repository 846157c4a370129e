// What is drawn, on a document that is just enough of one; the panel's own tests run in Chromium.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { draw } from './draw.ts';
import { Fragment, jsx } from './jsx-runtime.ts';
import type { Child } from './view.ts';

class FakeNode {
  readonly tag: string;
  readonly namespaceURI: string | null;
  childNodes: FakeNode[] = [];
  parent: FakeNode | null = null;
  attributes = new Map<string, string>();
  moves = 0;

  constructor(tag: string, namespaceURI: string | null = null) {
    this.tag = tag;
    this.namespaceURI = namespaceURI;
  }

  get firstChild(): FakeNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): FakeNode | null {
    const all = this.parent?.childNodes ?? [];
    return all[all.indexOf(this) + 1] ?? null;
  }

  insertBefore(node: FakeNode, next: FakeNode | null): void {
    if (node.parent) node.moves += 1;
    node.remove();
    node.parent = this;
    const at = next ? this.childNodes.indexOf(next) : this.childNodes.length;
    assert.notEqual(at, -1);
    this.childNodes.splice(at, 0, node);
  }

  remove(): void {
    if (this.parent) this.parent.childNodes = this.parent.childNodes.filter((one) => one !== this);
    this.parent = null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  get text(): string {
    return 'data' in this ? `${this.data}` : this.childNodes.map(({ text }) => text).join('');
  }
}

class FakeText extends FakeNode {
  data: string;

  constructor(data: string) {
    super('');
    this.data = data;
  }
}

Object.assign(globalThis, {
  document: {
    createElementNS: (space: string, tag: string) => {
      const node = new FakeNode(tag, space);
      return tag === 'textarea' ? Object.assign(node, { value: '' }) : node;
    },
    createTextNode: (data: string) => new FakeText(data),
  },
});

const place = () => new FakeNode('body', 'http://www.w3.org/1999/xhtml');
const show = (body: FakeNode, child: Child) => draw(body as unknown as Element, child);

test('what comes and goes moves nothing beside it: a field keeps its focus', () => {
  const body = place();
  const view = (strip: boolean, value: string) =>
    jsx('main', { children: [strip && jsx('p', {}), jsx('textarea', { value } as object)] });
  show(body, view(false, ''));
  const field = body.firstChild?.childNodes[0];
  for (const strip of [true, false, true]) {
    show(body, view(strip, 'typed'));
    const now = body.firstChild?.childNodes.at(-1);
    assert.equal(now, field);
    assert.equal(now?.moves, 0);
  }
  assert.equal((field as unknown as { value: string }).value, 'typed');
});

test('texts are texts, numbers too; nothing, false and true show nothing', () => {
  const body = place();
  show(body, jsx('p', { children: ['<b>', 1, null, false, true, undefined, ' of ', [2]] }));
  assert.equal(body.text, '<b>1 of 2');
  assert.equal(
    body.firstChild?.childNodes.every(({ tag }) => tag === ''),
    true,
  );
});

test('an attribute that is false goes, but what aria says is said', () => {
  const body = place();
  const button = (on: boolean) => jsx('button', { disabled: on, 'aria-expanded': on } as object);
  show(body, button(true));
  assert.deepEqual(
    [...(body.firstChild?.attributes ?? [])],
    [
      ['disabled', 'true'],
      ['aria-expanded', 'true'],
    ],
  );
  show(body, button(false));
  assert.deepEqual([...(body.firstChild?.attributes ?? [])], [['aria-expanded', 'false']]);
});

test('whatever lists follow each other: the document says the last one, and what stayed is the same node', () => {
  const item = (key: string) => jsx(Fragment, { children: jsx('li', { children: key }) }, key);
  const list = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 6 }), (lists) => {
      const body = place();
      let nodes = new Map<string, FakeNode>();
      for (const keys of lists) {
        show(body, jsx('ol', { children: [keys.map(item)] }));
        const all = body.firstChild?.childNodes ?? [];
        assert.deepEqual(
          all.map(({ text }) => text),
          keys,
        );
        for (const node of all) {
          const before = nodes.get(node.text);
          if (before) assert.equal(node, before);
        }
        nodes = new Map(all.map((node) => [node.text, node]));
      }
    }),
  );
});
