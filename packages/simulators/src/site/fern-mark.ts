import { trusted } from './html.ts';

/** The shop's mark: a fern before a mountain. Decorative; the name stands beside it. */
export const fernMark = trusted(
  `<svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
    <path d="M2 27 12 9l5 8 3-4 10 14"/><path d="M16 29V17"/><path d="M16 21c-3 0-4-2-4-3 2 0 4 1 4 3Zm0 5c-3 0-5-2-5-3 3 0 5 1 5 3Zm0-5c3 0 4-2 4-3-2 0-4 1-4 3Zm0 5c3 0 5-2 5-3-3 0-5 1-5 3Z" stroke-width="1.5"/>
  </svg>`,
);
