import type { AttachmentContent } from '@countersign/protocol';
import type { AttachmentRecord } from '../../attachments/index.ts';
import type { WebParts } from './parts.ts';

/** Files as the log keeps them: without an address, which would run out. */
export type StoredAttachment = {
  contentType: 'Attachment';
  attachment: Omit<AttachmentContent['attachment'], 'url'>;
};

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

export const attachmentContent = (record: AttachmentRecord): StoredAttachment => ({
  contentType: 'Attachment',
  attachment: {
    id: record.id,
    filename: record.fileName,
    mediaType: kindOf(record.mediaType),
    mime: record.mediaType,
    fileSize: record.size ?? 0,
    sha256: record.sha256 ?? '',
  },
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

const KINDS = { image: 'Image', video: 'Video', audio: 'Audio' } as const;

function kindOf(mediaType: string): AttachmentContent['attachment']['mediaType'] {
  const [kind] = mediaType.split('/');
  return kind === 'image' || kind === 'video' || kind === 'audio' ? KINDS[kind] : 'File';
}
