import type { ServerResponse } from 'node:http';
import { html } from '../../site/html.ts';
import type { Business } from '../business.ts';
import type { Device } from '../device/device.ts';
import { deviceProfiles } from '../device/profiles.ts';
import { INLINE_IMAGES } from './phone-view.ts';

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The page; its scripts fill the conversation. */
export function sendPhonePage(response: ServerResponse, businesses: readonly Business[]): void {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulated phone</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/phone/phone.css">
<script type="module" src="/phone/phone.js"></script>
</head>
<body>
<form id="setup" class="setup" aria-label="Setup">
<h1>Simulated phone</h1>
<p>Plays a customer in Messages. Nothing here is Apple’s, and nothing leaves this machine.</p>
<label for="business">Business</label>
<select id="business" name="businessId">${businesses.map(
    ({ businessId, name }) => html`<option value="${businessId}">${name ?? businessId}</option>`,
  )}</select>
<label for="profile-choice">Device</label>
<select id="profile-choice" name="profile">${Object.entries(deviceProfiles).map(
    ([name, { label }]) => html`<option value="${name}">${label}</option>`,
  )}</select>
<button type="submit">New customer</button>
<p id="status" role="status"></p>
</form>
<main class="phone" aria-label="Phone">
<header>
<h2 id="name">Messages</h2>
<p id="profile"></p>
<button type="button" id="close">Delete conversation</button>
</header>
<div class="log" role="log" aria-label="Conversation" tabindex="0"><ol id="lines"></ol></div>
<p id="typing" hidden>The agent is typing…</p>
<form id="composer" class="composer">
<label class="attach"><input type="file" id="file"><span>Attach a file</span></label>
<input id="text" aria-label="Message" placeholder="Message" autocomplete="off" required>
<button type="submit">Send</button>
</form>
</main>
<dialog id="sheet" aria-labelledby="sheet-title"></dialog>
</body>
</html>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(200, headers).end(page.text);
}

/** A file of the conversation, in clear. */
export function sendFile(response: ServerResponse, device: Device, query: URLSearchParams): void {
  const line = device.lines[Number(query.get('line'))];
  const files = line?.direction === 'in' ? filesOf(line.message) : line?.files;
  const file = files?.[Number(query.get('file'))];
  if (!file) return void response.writeHead(404).end();
  const isImage = INLINE_IMAGES.includes(file.mimeType);
  response
    .writeHead(200, {
      'content-type': isImage ? file.mimeType : 'application/octet-stream',
      'content-disposition': `${isImage ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    .end(file.bytes);
}

function filesOf(message: ReturnType<Device['received']>[number]) {
  return message.kind === 'text' ? message.files : [];
}
