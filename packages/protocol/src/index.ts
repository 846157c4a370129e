export * from './identity.ts';
export * from './workspace.ts';
