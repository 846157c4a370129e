export type SiteKitErrorCode =
  /** The options of `createSiteKit` cannot work. */
  | 'invalid_option'
  /** A key cannot be read, is not of the right kind, or is too short. */
  | 'invalid_key'
  /** Two keys share an id, or leave a time in which no key signs or tokens outlive their key. */
  | 'invalid_rotation'
  /** No key signs at this time. */
  | 'no_signing_key'
  /** What is said of a customer cannot be put into a token that a node takes. */
  | 'invalid_customer'
  /** The token would be longer than a node takes. */
  | 'token_too_long';

/** What is wrong, and what to do; never with a key or a token in it. */
export class SiteKitError extends Error {
  readonly code: SiteKitErrorCode;

  constructor(code: SiteKitErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SiteKitError';
    this.code = code;
  }
}
