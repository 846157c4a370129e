import type { Page } from './read-pages.ts';

/** Throws with every link that leads to no page, or to no heading of it. */
export function checkLinks(pages: readonly Page[]): void {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const dead = pages.flatMap(({ path, links }) =>
    links
      .filter((link) => {
        const [to = '', anchor] = link.split('#');
        const page = byPath.get(to);
        return !page || (anchor !== undefined && !page.anchors.has(anchor));
      })
      .map((link) => `${path} links to ${link}`),
  );
  if (dead.length > 0) throw new Error(`Links that lead nowhere:\n${dead.join('\n')}`);
}
