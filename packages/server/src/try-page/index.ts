export { createTryPage, type TryPageParts } from './create-try-page.ts';
export { tryPageMigrations } from './migrations.ts';
