import { useCallback, useEffect, useRef, useState } from 'react';
import { RequestError } from '../api/request.ts';
import { type SentFile, uploadFile } from '../api/upload-file.ts';
import { workspaceApi } from '../api/workspace-api.ts';

/** A file beside the text that is being written. */
export type ChosenFile = { key: string; file: File } & (
  | { state: 'uploading'; share: number }
  | { state: 'ready'; sent: SentFile }
  /** `retry`: it did not arrive; else the node refuses it, and says why. */
  | { state: 'refused'; why: string; retry: boolean }
);

export type ChosenFiles = ReturnType<typeof useFiles>;

/** Files are uploaded as soon as they are chosen; taking one back stops its upload or forgets it. */
export function useFiles(conversation: string) {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const uploads = useRef(new Map<string, AbortController>());
  const next = useRef(0);

  const put = useCallback((key: string, changed: ChosenFile) => {
    setFiles((now) => now.map((one) => (one.key === key ? changed : one)));
  }, []);
  const upload = useCallback(
    async (key: string, file: File) => {
      const controller = new AbortController();
      uploads.current.set(key, controller);
      const onProgress = (share: number) => put(key, { key, file, state: 'uploading', share });
      try {
        const sent = await uploadFile(conversation, file, {
          onProgress,
          signal: controller.signal,
        });
        put(key, { key, file, state: 'ready', sent });
      } catch (cause) {
        const { detail, status } = cause instanceof RequestError ? cause : UNKNOWN;
        const retry = status === 0 || status >= 500;
        put(key, { key, file, state: 'refused', why: detail ?? '', retry });
      } finally {
        uploads.current.delete(key);
      }
    },
    [conversation, put],
  );
  useEffect(() => {
    const running = uploads.current;
    return () => {
      for (const controller of running.values()) controller.abort();
    };
  }, []);

  const add = (chosen: readonly File[]) => {
    for (const file of chosen) {
      next.current += 1;
      const key = String(next.current);
      setFiles((now) => [...now, { key, file, state: 'uploading', share: 0 }]);
      void upload(key, file);
    }
  };
  const retry = ({ key, file }: ChosenFile) => {
    put(key, { key, file, state: 'uploading', share: 0 });
    void upload(key, file);
  };
  const remove = (file: ChosenFile) => {
    uploads.current.get(file.key)?.abort();
    setFiles((now) => now.filter(({ key }) => key !== file.key));
    if (file.state !== 'ready') return;
    // What nobody names is forgotten after a day in any case
    workspaceApi.forgetFile(conversation, file.sent.attachment.id).catch(() => {});
  };
  /** Those that go with the message; the others stay. */
  const take = (): SentFile[] => {
    const ready = files.flatMap((file) => (file.state === 'ready' ? [file.sent] : []));
    setFiles((now) => now.filter(({ state }) => state !== 'ready'));
    return ready;
  };
  const isUploading = files.some(({ state }) => state === 'uploading');
  const isReady = files.some(({ state }) => state === 'ready');
  return { files, add, retry, remove, take, isUploading, isReady };
}

const UNKNOWN = { detail: null, status: 0 };
