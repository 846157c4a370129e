export { createWebhooks, type Webhooks, type WebhooksParts } from './create-webhooks.ts';
export { webhookMigrations } from './migrations.ts';
export { createWebhookOutbox, type WebhookOutbox } from './outbox.ts';
