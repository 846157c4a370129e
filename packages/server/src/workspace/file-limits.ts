import type { AttachmentLimits } from '../attachments/index.ts';
import type { Configuration } from '../configuration/index.ts';
import type { ConversationRecord } from '../conversations/index.ts';

/** What Apple carries, of every kind (spec/apple-messages-for-business.md §14). */
const APPLE: AttachmentLimits = { fileTypes: ['*/*'], maxBytes: 100 * 1024 * 1024 };
const NONE: AttachmentLimits = { fileTypes: [], maxBytes: 0 };

/** Which files agents can send in a conversation: those that its customer may send. */
export function fileLimits(
  { channel, deploymentId }: Pick<ConversationRecord, 'channel' | 'deploymentId'>,
  configuration: Pick<Configuration, 'current'>,
): AttachmentLimits {
  if (channel === 'apple') return APPLE;
  const { attachments } =
    configuration.current().deployments.get(deploymentId)?.configuration ?? {};
  if (!attachments?.enabled) return NONE;
  return { fileTypes: attachments.fileTypes, maxBytes: attachments.maxFileSizeKB * 1024 };
}
