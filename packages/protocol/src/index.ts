export * from './attempts.ts';
export * from './authentication-settings.ts';
export * from './configuration-file.ts';
export * from './configuration-objects.ts';
export * from './guest-api.ts';
export * from './identity.ts';
export * from './identity-trail.ts';
export * from './workspace.ts';
