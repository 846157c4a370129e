export { checkPolicy } from './check-policy.ts';
export { Checklist, type Finding } from './checklist.ts';
export { type Fetched, fetchPage, PATIENCE_MS } from './fetch-page.ts';
export { findSnippet, type Snippet } from './find-snippet.ts';
export { loadPage } from './load-page.ts';
export { loadScripts } from './load-scripts.ts';
export type { PageScript } from './page-scripts.ts';
