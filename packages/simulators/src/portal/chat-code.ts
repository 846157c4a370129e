import { html } from '../site/html.ts';
import { sendHtml, sendJson, type Visit } from './visit.ts';

/**
 * `POST /account/chat-request`: everything the page needs to get a fresh authorization code for the
 * messenger. Made here since `crypto.subtle` is missing on origins without TLS.
 */
export async function prepareChatCode(visit: Visit): Promise<void> {
  const { shop, request } = visit;
  if (!shop.sessions.find(request)?.account) {
    return sendJson(visit, 401, { error: 'login_required' });
  }
  sendJson(visit, 200, await shop.relyingParty.chatRequest(shop.clientId));
}

/** `GET /account/chat-callback`: in a hidden frame; hands the provider's answer to the page around it. */
export function showChatCallback(visit: Visit): void {
  sendHtml(visit, {
    policy: "default-src 'none'; script-src 'self'; frame-ancestors 'self'; base-uri 'none'",
    body: html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Signing in to the chat</title>
<script src="/assets/chat-callback.js"></script></head><body></body></html>`,
  });
}
