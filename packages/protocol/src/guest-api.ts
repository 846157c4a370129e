/** The Guest API (`channels/web`): requests, frames, REST bodies, error codes and limits. See SPEC.md. */
export * from './guest-errors.ts';
export * from './guest-frames.ts';
export * from './guest-limits.ts';
export * from './guest-message.ts';
export * from './guest-requests.ts';
export * from './guest-rest.ts';
