export interface AttachmentRecord {
  /** Hexadecimal digits and hyphens: a client may have chosen it. */
  id: string;
  /** The session that it belongs to, or the owner of conversations (`ownerKey`). */
  owner: string;
  /** `awaiting` the upload, `ready` to be sent, `refused` after a look into it. */
  state: 'awaiting' | 'ready' | 'refused';
  fileName: string;
  /** As announced; once uploaded, as found in the bytes. */
  mediaType: string;
  /** Bytes; null: not uploaded. */
  size: number | null;
  /** Hexadecimal; null: not uploaded. */
  sha256: string | null;
  /** What the messenger accepted when it was announced. */
  fileTypes: string[];
  maxBytes: number;
}
