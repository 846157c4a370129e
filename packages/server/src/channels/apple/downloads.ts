/**
 * What Apple keeps for us a short while: files, and answers that are too long for a message. What is to be
 * fetched is stored before Apple is answered, begun at once, and tried again by the sweep.
 */
import { newId } from '../../platform/index.ts';
import type { Customer } from './customer.ts';
import type { DownloadRecord, DownloadStore } from './download-store.ts';
import { type Fetched, fetchBlob } from './fetch-blob.ts';
import type { Gateway } from './gateway.ts';
import { fileNameOf, keepFile } from './keep-file.ts';
import type { AppleParts } from './parts.ts';
import { interactiveData, mapOf } from './read-message.ts';
import type { DataReference, FileReference } from './read-reference.ts';
import { readReply } from './read-reply.ts';
import type { ReceivedStore } from './received-store.ts';
import { replyKey } from './reply-key.ts';
import { type Facts, type SayParts, say } from './say.ts';
import type { TakeReply } from './take-reply.ts';

/** `file` null: what was said of it does not suffice to fetch it. */
export type Wanted =
  | { type: 'file'; file: FileReference | null; from: Facts }
  | { type: 'reply'; reference: DataReference; from: Facts };

export interface DownloadsParts
  extends SayParts,
    Pick<AppleParts, 'attachments' | 'clock' | 'configuration' | 'outbound' | 'seal'> {
  store: DownloadStore;
  received: ReceivedStore;
  gateway: Gateway;
  takeReply: TakeReply;
}

export interface Downloads {
  /** Resolves once they are stored; they are fetched from then on. */
  begin(customer: Customer, messageId: string, wanted: Wanted[]): Promise<void>;
  sweep(): void;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

const AT_ONCE = 4;
/** Longer than a try can take. */
const LEASE_MS = 120_000;
/** After the first try, the second, …; then it is given up. */
const BACKOFF_MS = [1_000, 5_000, 30_000, 120_000];

export function createDownloads(parts: DownloadsParts): Downloads {
  const { store, clock, configuration, seal, log } = parts;
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;
  return {
    async begin(customer, messageId, wanted) {
      if (wanted.length === 0) return;
      const { account, opaqueId } = customer;
      const rows = wanted.map(async (item, place) => ({
        ...{ id: newId(), accountId: account.id, opaqueId, messageId, place },
        sealed: await seal.seal(JSON.stringify(item)),
      }));
      await store.add(await Promise.all(rows), clock.now());
      start();
    },
    sweep: start,
    async close() {
      closed = true;
      await running;
    },
  };

  function start(): void {
    again = true;
    running ??= run().finally(() => {
      running = null;
      if (again && !closed) start();
    });
  }

  async function run(): Promise<void> {
    try {
      while (again && !closed) {
        again = false;
        while (!closed && (await round()) === AT_ONCE);
      }
    } catch (cause) {
      again = false;
      log.warn({ err: cause }, 'apple: what is to be fetched could not be read or written');
    }
  }

  async function round(): Promise<number> {
    const now = clock.now();
    const due = await store.claim(now, now + LEASE_MS, AT_ONCE);
    await Promise.all(due.map(attempt));
    return due.length;
  }

  async function attempt(record: DownloadRecord): Promise<void> {
    const account = configuration.current().appleAccounts.get(record.accountId);
    if (!account) return store.done(record.id);
    const wanted: Wanted = JSON.parse(await seal.open(record.sealed));
    const customer = { account, opaqueId: record.opaqueId };
    const blob = wanted.type === 'file' ? wanted.file : wanted.reference;
    const fetched: Fetched = blob
      ? await fetchBlob(account, blob, parts)
      : { problem: 'it is not described as it should be', again: false };
    const wait = BACKOFF_MS[record.tries - 1];
    if ('problem' in fetched && fetched.again && wait !== undefined)
      return store.tryAgain(record.id, clock.now() + wait);
    if (wanted.type === 'file') await takeFile(customer, record, wanted, fetched);
    else if (!(await takeLongReply(customer, wanted, fetched)) && wait !== undefined)
      return store.tryAgain(record.id, clock.now() + wait);
    return store.done(record.id);
  }

  async function takeFile(
    customer: Customer,
    { messageId, place }: DownloadRecord,
    { file, from }: Extract<Wanted, { type: 'file' }>,
    fetched: Fetched,
  ): Promise<void> {
    const clientId = `${messageId}/${place}`;
    const content =
      'bytes' in fetched && file
        ? await keepFile(parts, customer, file, fetched.bytes)
        : { problem: 'problem' in fetched ? fetched.problem : '' };
    const item =
      'problem' in content
        ? { contentType: 'Attachment', attachment: failedFile(file, content.problem) }
        : content;
    await say(parts, customer, { content: [item], clientId }, from);
  }

  /** Whether it was understood. */
  async function takeLongReply(
    customer: Customer,
    { reference, from }: Extract<Wanted, { type: 'reply' }>,
    fetched: Fetched,
  ): Promise<boolean> {
    if ('problem' in fetched) {
      log.warn({ problem: fetched.problem }, 'apple: an answer could not be fetched');
      return true;
    }
    const decoded = await parts.gateway.call(customer.account, {
      method: 'POST',
      path: '/decodePayload',
      headers: { bid: reference.bid, accept: '*/*' },
      body: new Uint8Array(fetched.bytes),
      maxBytes: MAX_DECODED_BYTES,
    });
    if (decoded.outcome === 'retry') return false;
    const body = decoded.outcome === 'sent' ? mapOf(decoded.body) : null;
    const data = interactiveData(body?.interactiveData ?? body);
    if (data) await takeOnce(customer, data, from);
    else log.warn({ outcome: decoded.outcome }, 'apple: an answer could not be decoded');
    return true;
  }

  async function takeOnce(
    customer: Customer,
    data: NonNullable<ReturnType<typeof interactiveData>>,
    from: Facts,
  ): Promise<void> {
    const { kind, requestIdentifier } = readReply(data);
    const key = replyKey(customer.opaqueId, requestIdentifier ?? '', kind);
    const isKnown = requestIdentifier !== null;
    if (isKnown && (await parts.received.hasAny(customer.account.id, [key]))) return;
    await parts.takeReply(customer, data, from);
    if (isKnown) await parts.received.add(customer.account.id, [key], clock.now());
  }
}

const MAX_DECODED_BYTES = 8 * 1024 * 1024;

/** What of a file is shown that did not come. */
const failedFile = (file: FileReference | null, problem: string) => ({
  filename: file ? fileNameOf(file) : 'file',
  mediaType: 'File',
  error: problem,
});
