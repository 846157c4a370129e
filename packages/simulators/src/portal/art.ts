import { type Html, html, trusted } from '../site/html.ts';
import type { Kind, Product } from './products.ts';

/** Drawings take their colours from classes in `shop.css`, so that they follow light and dark. */

export const landscape = trusted(
  `<svg class="landscape" viewBox="0 0 1440 520" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
    <defs>
      <linearGradient id="sky" x1="0" y1="0" x2="1" y2="1"><stop class="sky-a" offset="0"/><stop class="sky-b" offset=".55"/><stop class="sky-c" offset="1"/></linearGradient>
      <linearGradient id="mist" x1="0" y1="0" x2="0" y2="1"><stop class="mist" offset="0" stop-opacity="0"/><stop class="mist" offset="1" stop-opacity=".5"/></linearGradient>
    </defs>
    <rect width="1440" height="520" fill="url(#sky)"/>
    <circle class="sun" cx="1085" cy="150" r="58"/>
    <path class="ridge-far" d="M0 330 120 268l92 44 150-128 96 76 70-46 148 118 130-92 104 70 150-160 118 104 92-58 170 130v194H0Z"/>
    <path class="snow" d="m362 184 34 27-16 10-20-12-18 16-20-6Zm698-34 34 30-18 8-16-10-22 14-16-8Z"/>
    <path class="ridge-mid" d="M0 400 150 330l130 58 170-104 160 110 130-62 190 96 160-120 150 88 200-62v186H0Z"/>
    <rect y="300" width="1440" height="220" fill="url(#mist)"/>
    <path class="ridge-near" d="M0 452c140-52 250-50 390-8s270 44 420-4 330-62 630-6v86H0Z"/>
    <g class="camp"><path class="tent" d="m1010 452 44-62 46 62Z"/><path class="door" d="m1042 452 12-36 13 36Z"/></g>
    <g class="trees"><path d="m96 466 16-64 16 64Zm44 6 12-50 12 50Zm-82 2 10-42 10 42Zm1230-16 17-70 17 70Zm48 8 12-52 12 52Zm-96 2 11-46 11 46Z"/></g>
    <path class="fern" d="M1440 520c-40-64-92-98-160-112m26 8c-4-26 6-44 22-56 8 24 4 46-10 62m34 16c0-28 14-46 34-54 2 26-6 48-24 66m-48-18c-26 0-44 10-54 28 26 6 50 2 68-14m24 34c-26 2-42 14-50 34 26 2 48-6 62-22"/>
  </svg>`,
);

const DRAWINGS: Record<Kind, string> = {
  tents: `<path class="ground" d="M14 124h212"/>
    <path class="body" d="M40 124 112 38q8-8 16 0l72 86Z"/>
    <path class="side" d="M120 34q4 0 8 4l72 86h-44Z"/>
    <path class="opening" d="m92 124 26-58 22 58Z"/>
    <path class="line" d="m116 34-6-14m18 18 10-13M40 124 22 118m178 6 18-6M118 66v58"/>`,
  boots: `<path class="ground" d="M14 130h212"/>
    <path class="body" d="M78 26h52q4 0 4 4l2 40q1 8 9 11l34 13q17 7 17 22H70q-4-50 4-86 1-4 4-4Z"/>
    <path class="side" d="M70 100h122q4 8 4 16H70Z"/>
    <path class="opening" d="M66 116h134v6q0 8-8 8h-28l-6-4h-28l-6 4H74q-8 0-8-8Z"/>
    <path class="line" d="m134 44-22 4m23 10-22 5m26 9-22 7m34 2-20 12M76 38h56"/>`,
  packs: `<path class="ground" d="M14 132h212"/>
    <path class="side" d="M74 70q-16 4-16 20v24q0 10 10 10h104q10 0 10-10V90q0-16-16-20Z"/>
    <path class="body" d="M84 130q-10 0-10-10V58q0-36 46-36t46 36v62q0 10-10 10Z"/>
    <path class="opening" d="M88 88h64v26q0 8-8 8H96q-8 0-8-8Z"/>
    <path class="line" d="M108 22v-6q0-6 6-6h12q6 0 6 6v6M78 54q42 18 84 0M120 60v18m-7-9h14M88 98h64"/>`,
};

/** A product as a drawing; decorative, its name stands beside it. */
export function productArt({ kind, tone }: Product): Html {
  return html`<svg class="art ${tone}" viewBox="0 0 240 150" aria-hidden="true">${trusted(DRAWINGS[kind])}</svg>`;
}

export const cartIcon = icon('M4 5h2l2.4 11h9.2L20 8H7M9.5 20h.01M16.5 20h.01');
export const personIcon = icon(
  'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8c.6-3.4 3.4-5 7-5s6.400 1.600 7 5',
);
export const closeIcon = icon('m6 6 12 12M18 6 6 18');

function icon(path: string): Html {
  return trusted(
    `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`,
  );
}
