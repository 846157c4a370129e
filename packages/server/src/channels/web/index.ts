export { createWebChannel, type WebChannel } from './create-web-channel.ts';
export type { WebParts } from './parts.ts';
export { serveMessenger } from './serve-messenger.ts';
