import { RequestError } from './request.ts';

/** A file that the node has kept and that a message can name. */
export interface SentFile {
  contentType: 'Attachment';
  attachment: { id: string; filename: string; mediaType: string };
}

interface UploadOptions {
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** `fetch` tells nothing of how far it has come. Throws `RequestError`. */
export function uploadFile(
  conversation: string,
  file: File,
  { onProgress, signal }: UploadOptions,
): Promise<SentFile> {
  const { promise, resolve, reject } = Promise.withResolvers<SentFile>();
  const call = new XMLHttpRequest();
  const name = encodeURIComponent(file.name);
  call.open(
    'POST',
    `/api/conversations/${encodeURIComponent(conversation)}/attachments?name=${name}`,
  );
  call.setRequestHeader('content-type', 'application/octet-stream');
  call.responseType = 'json';
  call.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
  call.onload = () => {
    if (call.status === 201) return resolve(call.response);
    const { code = 'unknown', detail = null } = call.response ?? {};
    reject(new RequestError(call.status, code, detail));
  };
  call.onerror = () => reject(new RequestError(0, 'unreachable', null));
  call.onabort = () => reject(new RequestError(0, 'cancelled', null));
  signal.addEventListener('abort', () => call.abort(), { once: true });
  call.send(file);
  return promise;
}
