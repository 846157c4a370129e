import type { FileSenderContext } from './file-sender.ts';

/** Uploads a file. Not by `fetch`, which does not tell how far it has come. */
export const putFile: FileSenderContext['put'] = (file, { url, headers }, onPercent, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    const type = file.type || 'application/octet-stream';
    for (const [name, value] of Object.entries({ ...headers, 'content-type': type }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) =>
      onPercent(Math.floor((loaded * 100) / (total || 1)));
    request.onload = () => (request.status < 300 ? resolve() : reject(Error('refused')));
    request.onerror = () => reject(Error('unreachable'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
