/** One Business ID at the simulated Apple Business Register (§3.1, §6). */
export interface Business {
  /** UUID, without `urn:biz:`. */
  businessId: string;
  /** What the customer sees above the conversation. Default: the Business ID. */
  name?: string;
  /** The platform's, UUID: `iss` of what it sends, `aud` of what it gets (§2.3). */
  mspId: string;
  /** Base64; the key is the decoded bytes. */
  mspSecret: string;
  /** The base URL; the gateway posts to it plus `/message` (§3.1). */
  webhookUrl: string;
  /** *OAuth URL*. Like the next two, it is only in what reaches the device (§6). */
  authorizationUrl?: string;
  /** *Token URL*; version 1 devices redeem their code there. */
  accessTokenUrl?: string;
  clientIdentifier?: string;
}

/** Apple's own bubbles, all of one `bid` (§5). */
export const BUBBLE_ID =
  'com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:com.apple.icloud.apps.messages.business.extension';

/** The only redirect URI of version 1 (§6). */
export const DEVICE_REDIRECT = 'https://auth.businesschat.apple.com';

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Above this many bytes a dictionary travels by reference (§4.4, §5.6). */
export const INLINE_LIMIT = 10 * 1024;

/** Stands in a text once for each attachment (§4.1). */
export const OBJECT_REPLACEMENT = '\uFFFC';
