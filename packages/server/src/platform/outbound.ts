export interface OutboundAnswer {
  status: number;
  headers: Headers;
  body: string;
}

/**
 * Requests to addresses that an administrator or a discovery document named. Private, loopback and
 * link-local addresses are refused unless `host:port` is allowed (checked on the address actually
 * connected to, so that DNS cannot rebind); redirects are not followed; size and time are capped.
 * Refusals are `Fault`s: `outbound_address`, `outbound_redirect`, `outbound_too_large`,
 * `outbound_timeout`, `outbound_failed`, `outbound_insecure` (http to a host that is not allowed).
 */
export interface Outbound {
  get(
    url: string,
    options?: { maxBytes?: number; timeoutMs?: number; accept?: string },
  ): Promise<OutboundAnswer>;
  /** `fetch` with the same guard, for libraries (openid-client). */
  fetch: typeof fetch;
}
