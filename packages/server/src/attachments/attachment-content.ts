import type { AttachmentContent } from '@countersign/protocol';
import type { AttachmentRecord } from './records.ts';

/** Files as the log keeps them: without an address, which would run out. */
export type StoredAttachment = {
  contentType: 'Attachment';
  attachment: Omit<AttachmentContent['attachment'], 'url'>;
};

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

const KINDS = { image: 'Image', video: 'Video', audio: 'Audio' } as const;

function kindOf(mediaType: string): AttachmentContent['attachment']['mediaType'] {
  const [kind] = mediaType.split('/');
  return kind === 'image' || kind === 'video' || kind === 'audio' ? KINDS[kind] : 'File';
}
