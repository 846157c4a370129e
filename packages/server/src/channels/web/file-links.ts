import type { AttachmentContent } from '@countersign/protocol';
import type { StoredAttachment } from '../../attachments/index.ts';
import type { WebParts } from './parts.ts';

export interface FileLinks {
  /** Good for ten minutes. */
  download(id: string): string;
}

export const fileLinks = ({
  attachments,
  publicUrl,
}: Pick<WebParts, 'attachments' | 'publicUrl'>): FileLinks => ({
  download: (id) =>
    `${publicUrl}/api/v2/downloads/${id}?ticket=${attachments.ticket('download', id)}`,
});

export const withUrl = ({ attachment }: StoredAttachment, links: FileLinks): AttachmentContent => ({
  contentType: 'Attachment',
  attachment: { ...attachment, url: links.download(attachment.id) },
});

export const isAttachment = (item: unknown): item is StoredAttachment =>
  typeof item === 'object' &&
  item !== null &&
  'contentType' in item &&
  item.contentType === 'Attachment';
