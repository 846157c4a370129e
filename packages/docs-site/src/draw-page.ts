import type { Page } from './read-pages.ts';

/** A whole document. Its scripts and styles are files: the pages' policy allows nothing inline. */
export function drawPage(page: Page, pages: readonly Page[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(page.title)}${page.section ? ' · Countersign' : ''}</title>
<link rel="icon" href="/docs/assets/mark.svg">
<link rel="stylesheet" href="/docs/assets/docs.css">
<script src="/docs/assets/theme.js"></script>
<script type="module" src="/docs/assets/docs.js"></script>
</head>
<body>
<a class="skip" href="#content">To the text</a>
<header>
<a class="home" href="/docs/"><img src="/docs/assets/mark.svg" alt="" width="22" height="22"> Countersign</a>
<div role="search"><label class="unseen" for="search">Search the documentation</label>
<input id="search" type="search" placeholder="Search" autocomplete="off">
<ul id="found" class="found" aria-label="Found" hidden></ul><p id="count" class="unseen" role="status"></p></div>
<button type="button" id="theme">Dark</button>
</header>
<div class="columns">
<nav aria-label="Documentation"><details open><summary>All pages</summary>${menu(page, pages)}</details></nav>
<main id="content" tabindex="-1">
${page.html}</main>
</div>
</body>
</html>
`;
}

function menu(current: Page, pages: readonly Page[]): string {
  const titles = [...new Set(pages.map(({ section }) => section))].filter(Boolean);
  return titles
    .map((title) => {
      const items = pages
        .filter(({ section }) => section === title)
        .map((page) => {
          const here = page === current ? ' aria-current="page"' : '';
          return `<li><a href="/docs/${page.path}"${here}>${escaped(page.title)}</a></li>`;
        });
      return `<h2>${title}</h2><ul>${items.join('')}</ul>`;
    })
    .join('');
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
