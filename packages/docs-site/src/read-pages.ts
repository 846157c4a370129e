/** Reads Markdown into pages. Links to other documents lead to their pages; those that leave docs/ stay text. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import type { Section } from './sections.ts';

export interface Passage {
  title: string;
  heading: string;
  text: string;
  /** Below /docs/. */
  href: string;
}

export interface Page {
  /** Below /docs/: `guides/agents.html`. */
  path: string;
  section: string;
  title: string;
  html: string;
  /** What search finds: one a heading. */
  passages: Passage[];
  anchors: Set<string>;
  /** Targets within /docs/, as `path` or `path#anchor`. */
  links: string[];
}

export function readPages(docs: string, sections: readonly Section[]): Page[] {
  const pages = sections.flatMap(({ title, files }) =>
    files.map((file) => readPage(file, title, readFileSync(posix.join(docs, file), 'utf8'))),
  );
  return [frontPage(pages, sections), ...pages];
}

function frontPage(pages: readonly Page[], sections: readonly Section[]): Page {
  const lists = sections.map(({ title }) => {
    const own = pages.filter((page) => page.section === title);
    const lines = own.map((page) => `- [${page.title}](${page.path.replace(/html$/, 'md')})`);
    return `## ${title}\n\n${lines.join('\n')}`;
  });
  const text = `# Countersign\n\nCustomer messaging in which the company knows who it is talking to. For programs that work for agents: the workspace API's own description is at \`/api/docs\` of this node.\n\n${lists.join('\n\n')}\n`;
  return readPage('index.md', '', text);
}

function readPage(file: string, section: string, text: string): Page {
  const path = pageOf(file);
  const anchors = new Set<string>();
  const links: string[] = [];
  const passages: Passage[] = [];
  const markdown = new MarkdownIt({ html: false });
  const tokens = markdown.parse(text, {});
  let title = '';
  let passage: Passage | null = null;
  let isLeft = false;
  for (const [at, token] of tokens.entries()) {
    // A table's alignment is an inline style, which the policy of the pages refuses
    if (token.attrGet('style')) token.attrs = null;
    if (token.type === 'heading_open') {
      const heading = tokens[at + 1]?.content.replace(/[`*]/g, '') ?? '';
      const anchor = slug(heading);
      anchors.add(anchor);
      token.attrSet('id', anchor);
      if (token.tag === 'h1') title = heading;
      passage = { title: title || heading, heading, text: '', href: `${path}#${anchor}` };
      passages.push(passage);
    }
    if (passage && (token.type === 'inline' || token.type === 'fence'))
      passage.text += `${token.content}\n`;
    for (const child of token.children ?? []) {
      if (child.type === 'link_close' && isLeft) {
        child.type = 'text';
        isLeft = false;
      }
      if (child.type !== 'link_open') continue;
      const href = `${child.attrGet('href') ?? ''}`;
      const target = /^\w+:/.test(href) ? href : targetOf(file, href);
      if (target === null) {
        isLeft = true;
        child.type = 'text';
      } else {
        if (target !== href) links.push(target);
        child.attrSet('href', target === href ? href : `/docs/${target}`);
      }
    }
  }
  const html = markdown.renderer.render(tokens, markdown.options, {});
  return { path, section, title, html, passages, anchors, links };
}

const pageOf = (file: string): string => file.replace(/\.md$/, '.html');

/** Null: outside of docs/, where a node has no page. */
function targetOf(file: string, href: string): string | null {
  const [to = '', anchor] = href.split('#');
  const target = to === '' ? file : posix.join(posix.dirname(file), to);
  if (target.startsWith('..') || !target.endsWith('.md')) return null;
  return pageOf(target) + (anchor === undefined ? '' : `#${anchor}`);
}

/** As GitHub makes them, so that a link works in both places. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
