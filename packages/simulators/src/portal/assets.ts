import { baseStyle, readBeside } from '../site/assets.ts';
import { fernMark } from '../site/fern-mark.ts';
import type { Visit } from './visit.ts';

interface Asset {
  type: string;
  body: string;
}

const script = (name: string): Asset => ({
  type: 'text/javascript; charset=utf-8',
  body: readBeside(import.meta.url, `./browser/${name}`),
});

/** In the order in which they override each other. */
const styles = ['layout', 'hero', 'products', 'pages', 'portal', 'narrow-screens'].map((name) =>
  readBeside(import.meta.url, `./styles/${name}.css`),
);

const favicon = fernMark.text.replace(
  '<svg ',
  '<svg xmlns="http://www.w3.org/2000/svg" color="#5d8a70" ',
);

const assets: Readonly<Record<string, Asset>> = {
  'shop.css': {
    type: 'text/css; charset=utf-8',
    body: baseStyle + styles.join(''),
  },
  'fern.svg': { type: 'image/svg+xml', body: favicon },
  'shop.js': script('shop.js'),
  'account.js': script('account.js'),
  'portal.js': script('portal.js'),
  'chat-callback.js': script('chat-callback.js'),
};

/** `GET /assets/…`. Returns false when there is no such asset. */
export function sendAsset({ url, response }: Visit): boolean {
  const name = url.pathname.slice('/assets/'.length);
  const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (!asset) return false;
  const headers = {
    'content-type': asset.type,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  };
  response.writeHead(200, headers).end(asset.body);
  return true;
}
