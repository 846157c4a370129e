import type { ServerResponse } from 'node:http';
import type { Html } from '../site/html.ts';

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...headers,
    })
    .end(JSON.stringify(value));
}

/** An error of RFC 6749 §5.2. */
export class OAuthError extends Error {
  readonly error: string;
  readonly status: number;

  constructor(error: string, description: string, status = 400) {
    super(description);
    this.error = error;
    this.status = status;
  }
}

export function sendError(response: ServerResponse, { error, message, status }: OAuthError): void {
  const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="provider"' } : {};
  sendJson(response, status, { error, error_description: message }, challenge);
}

export function sendPage(
  response: ServerResponse,
  status: number,
  title: string,
  main: Html,
): void {
  const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main>${main.text}</main></body></html>`;
  response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(page);
}

const STYLE = `:root{color-scheme:light dark}
body{margin:0;font:16px/24px system-ui,sans-serif}
main{max-width:960px;margin:0 auto;padding:24px 16px}
table{width:100%;border-collapse:collapse}
th,td{padding:8px;border-bottom:1px solid;text-align:left;vertical-align:top}
code{overflow-wrap:anywhere}`;
