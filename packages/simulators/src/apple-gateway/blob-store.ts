import { type Bytes, base64, concat, hex, randomToken, sha256 } from './crypto/bytes.ts';
import { Refusal } from './refusal.ts';

/** The files of one gateway, all encrypted: it never sees a key of theirs (§4.2, §5.2). */
export interface BlobStore {
  /** A slot for `size` bytes of ciphertext. */
  openSlot(size: number): { 'upload-url': string; 'mmcs-url': string; 'mmcs-owner': string };
  /** Fills the slot of an upload URL. Returns the checksum, Base64. */
  fill(uploadToken: string, bytes: Bytes): Promise<string>;
  /** Keeps a file of the device's or of Apple's own; `isShortLived`: gone after as long as a URL. */
  keep(bytes: Bytes, options?: { isShortLived: boolean }): Promise<StoredBlob>;
  find(url: string | undefined, owner: string | undefined): StoredBlob | undefined;
  /** A download URL of short life (§17.2). */
  downloadUrl(blob: StoredBlob): string;
  download(downloadToken: string): Bytes;
  /** All download URLs and all short-lived files given so far stop working. */
  expireDownloads(): void;
}

export interface StoredBlob {
  url: string;
  owner: string;
  bytes: Bytes;
  /** Base64. */
  checksum: string;
  /** The same, hex. */
  signature: string;
  expiresAt: number;
}

interface Place {
  url: string;
  owner: string;
}

interface Slot extends Place {
  size: number;
}

export interface BlobStoreOptions {
  /** Base URL of the blob host. */
  url: string;
  now(): number;
  /** How long a download URL is good for. */
  downloadLifetimeMs: number;
}

export function createBlobStore(options: BlobStoreOptions): BlobStore {
  const { url: base, now } = options;
  const slots = new Map<string, Slot>();
  const blobs = new Map<string, StoredBlob>();
  const downloads = new Map<string, { bytes: Bytes; expiresAt: number }>();

  const newPlace = () => ({ url: `${base}/mmcs/${randomToken()}`, owner: randomToken() });
  const lifetimeEnd = () => now() + options.downloadLifetimeMs;
  const put = async (place: Place, bytes: Bytes, expiresAt: number): Promise<StoredBlob> => {
    const checksum = concat(Uint8Array.of(0x81), await sha256(bytes));
    const [text, signature] = [base64(checksum), hex(checksum)];
    const { url, owner } = place;
    const blob = { url, owner, bytes, checksum: text, signature, expiresAt };
    blobs.set(url, blob);
    return blob;
  };

  return {
    openSlot(size) {
      const [token, place] = [randomToken(), newPlace()];
      slots.set(token, { size, ...place });
      return {
        'upload-url': `${base}/blob/upload/${token}`,
        'mmcs-url': place.url,
        'mmcs-owner': place.owner,
      };
    },
    async fill(token, bytes) {
      const slot = slots.get(token);
      if (!slot) throw new Refusal('17.1.5', 404, 'upload_slot_unknown', 'no such slot');
      if (slot.size !== bytes.length) {
        const detail = `${bytes.length} bytes into a slot of ${slot.size}`;
        throw new Refusal('17.1.5', 400, 'upload_length_differs', detail);
      }
      slots.delete(token);
      return (await put(slot, bytes, Number.POSITIVE_INFINITY)).checksum;
    },
    keep: (bytes, { isShortLived } = { isShortLived: false }) =>
      put(newPlace(), bytes, isShortLived ? lifetimeEnd() : Number.POSITIVE_INFINITY),
    find(url, owner) {
      const blob = blobs.get(url ?? '');
      return blob && blob.owner === owner && blob.expiresAt > now() ? blob : undefined;
    },
    downloadUrl({ bytes }) {
      const token = randomToken();
      downloads.set(token, { bytes, expiresAt: lifetimeEnd() });
      return `${base}/blob/download/${token}`;
    },
    download(token) {
      const found = downloads.get(token);
      if (!found) throw new Refusal('17.1.5', 404, 'download_unknown', 'no such download');
      if (found.expiresAt <= now())
        throw new Refusal('17.1.5', 403, 'download_expired', 'the download URL has expired');
      return found.bytes;
    },
    expireDownloads() {
      for (const download of downloads.values()) download.expiresAt = 0;
      for (const blob of blobs.values()) {
        if (Number.isFinite(blob.expiresAt)) blob.expiresAt = 0;
      }
    },
  };
}
