/** Codes of error frames, SPEC.md "Errors". */
export const GuestErrorCode = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  readOnly: 409,
  tooManyRequests: 429,
  internal: 500,
  featureUnavailable: 4000,
  sessionExpired: 4006,
  sessionNotFound: 4007,
  attachmentNotFound: 4009,
  attachmentNotUploaded: 4010,
  messageTooLong: 4011,
  customDataTooLarge: 4013,
  cannotDowngrade: 4017,
  rateTooHigh: 4029,
} as const;
export type GuestErrorCode = (typeof GuestErrorCode)[keyof typeof GuestErrorCode];

/** Texts that clients look at, not only people. */
export const GuestErrorText = {
  typingOff: 'Turn on the Feature Toggle or fix the configuration.',
  clearOff: 'Conversation Clear is turned off for this messenger.',
  readOnly: 'Session is read-only, no new messages allowed',
  authenticationFailed: 'Session authentication failed: sign-in is not enabled for this messenger.',
} as const;

/** Codes of the REST error object of the Guest API's HTTP half. */
export const guestRestCodes = [
  'bad.request',
  'authentication.failed',
  'authentication.required',
  'invalid.refresh.token',
  'deployment.not.found',
  'origin.not.allowed',
  'provider.unavailable',
  'too.many.requests',
  'internal.error',
] as const;
export type GuestRestCode = (typeof guestRestCodes)[number];
