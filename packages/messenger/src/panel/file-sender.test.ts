// What becomes of chosen files, with a line to the node that the test cuts and uploads that it lets through.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame } from '@countersign/transport';
import { FileSender } from './file-sender.ts';

type Answer = (request: Record<string, unknown>) => Frame;

const other = (name: string, body: Record<string, unknown>): Frame => ({
  kind: 'other',
  name,
  body,
  tracingId: '',
});
const address =
  (id: string): Answer =>
  () =>
    other('PresignedUrlResponse', {
      attachmentId: id,
      url: `https://node/${id}`,
      headers: { h: id },
    });
const refusal =
  (errorCode: number): Answer =>
  () =>
    other('GenerateUrlError', { errorCode });

class Upload {
  readonly #outcome = Promise.withResolvers<void>();
  readonly url: string;
  readonly onPercent: (percent: number) => void;
  readonly signal: AbortSignal;

  constructor(url: string, onPercent: (percent: number) => void, signal: AbortSignal) {
    this.url = url;
    this.onPercent = onPercent;
    this.signal = signal;
  }

  get outcome(): Promise<void> {
    return this.#outcome.promise;
  }

  through = () => this.#outcome.resolve();
  fail = () => this.#outcome.reject(new Error('unreachable'));
}

/** A sender whose node answers announcements in this order. */
function world(...answers: Answer[]) {
  const asked: Record<string, unknown>[] = [];
  const uploads: Upload[] = [];
  const waits: { ms: number; run: () => void }[] = [];
  let hear = () => {};
  const sender = new FileSender({
    line: {
      async ask(request) {
        const asks = request as Record<string, unknown>;
        asked.push(asks);
        const answer = asks.action === 'onAttachment' ? answers.shift() : undefined;
        return answer?.(asks) ?? other('AttachmentDeletedResponse', {});
      },
    },
    limits: { fileTypes: ['image/*', 'text/plain'], maxFileSizeKB: 1 },
    put: (_file, { url }, onPercent, signal) => {
      const upload = new Upload(url, onPercent, signal);
      uploads.push(upload);
      return upload.outcome;
    },
    after: (ms, run) => void waits.push({ ms, run }),
    changed: () => hear(),
  });
  sender.follow(true);
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      hear = () => holds() && resolve();
      hear();
    });
  return {
    sender,
    asked,
    uploads,
    waits,
    until,
    /** Once the one file is so far. */
    is: (kind: string) => until(() => sender.chosen.at(-1)?.state.kind === kind),
    told: (attachmentId: string, errorCode?: number) =>
      sender.heard(
        errorCode === undefined
          ? other('UploadSuccessEvent', { attachmentId })
          : other('UploadFailureEvent', { attachmentId, errorCode }),
      ),
    removed: () =>
      asked.filter(({ action }) => action === 'deleteAttachment').map((one) => one.attachmentId),
  };
}

const file = (name = 'a.png', type = 'image/png', size = 3) =>
  new File(['x'.repeat(size)], name, { type });
const uploading = async ({ uploads }: ReturnType<typeof world>, count = 1) => {
  while (uploads.length < count) await Promise.resolve();
};
const stateOf = (sender: FileSender) => sender.chosen.at(-1)?.state;

test('announced, uploaded, looked into, ready: then it rides on a message, once', async () => {
  const node = world(address('1'));
  const { sender, uploads } = node;
  sender.add([file()]);
  await node.is('uploading');
  assert.deepEqual([sender.isBusy, sender.isReady], [true, false]);
  await uploading(node);
  uploads[0]?.onPercent(40);
  assert.deepEqual(stateOf(sender), { kind: 'uploading', percent: 40 });
  uploads[0]?.through();
  await node.is('checking');
  node.told('of another tab');
  assert.equal(stateOf(sender)?.kind, 'checking');
  node.told('1');
  await node.is('ready');
  assert.deepEqual([sender.isBusy, sender.isReady], [false, true]);
  const attachment = { id: '1', filename: 'a.png', mime: 'image/png', fileSize: 3 };
  assert.deepEqual(sender.take(), [{ contentType: 'Attachment', attachment }]);
  assert.deepEqual(sender.take(), []);
  assert.deepEqual(node.removed(), [], 'what was sent is not taken back');
});

test('the node may tell of a file before the upload is answered', async () => {
  const node = world(address('1'));
  node.sender.add([file()]);
  await uploading(node);
  node.told('1');
  node.uploads[0]?.through();
  await node.is('ready');
});

for (const [what, chosen, fault] of [
  ['a kind that is not accepted', file('a.zip', 'application/zip'), 'type'],
  ['too large', file('a.png', 'image/png', 1025), 'size'],
  ['empty', file('a.png', 'image/png', 0), 'empty'],
] as const) {
  test(`F01 ${what}: said at once, and the node is not asked`, () => {
    const { sender, asked } = world();
    sender.add([chosen]);
    assert.deepEqual(stateOf(sender), { kind: 'failed', fault });
    assert.deepEqual(asked, []);
    assert.deepEqual([sender.isBusy, sender.isReady, sender.take()], [false, false, []]);
    assert.equal(sender.chosen.length, 1, 'what failed stays to be read');
  });
}

test('a kind that the browser does not know is the node’s to judge', async () => {
  const node = world(refusal(4001));
  node.sender.add([file('notes.zzz', '')]);
  await node.is('failed');
  assert.equal('fileType' in (node.asked[0] ?? {}), false);
  assert.deepEqual(stateOf(node.sender), { kind: 'failed', fault: 'type' });
});

for (const [code, fault] of [
  [4000, 'many'],
  [4002, 'size'],
  [4004, 'name'],
  [4005, 'name'],
  [4102, 'empty'],
  [9999, 'lost'],
] as const) {
  test(`F01 refused with ${code} when it is announced: ${fault}`, async () => {
    const node = world(refusal(code));
    node.sender.add([file()]);
    await node.is('failed');
    assert.deepEqual(stateOf(node.sender), { kind: 'failed', fault });
    assert.equal(node.uploads.length, 0);
  });
}

test('F01 refused for what is in it', async () => {
  const node = world(address('1'));
  node.sender.add([file()]);
  await uploading(node);
  node.uploads[0]?.through();
  node.told('1', 4003);
  await node.is('failed');
  assert.deepEqual(stateOf(node.sender), { kind: 'failed', fault: 'content' });
});

test('one after another; the eleventh is one too many', async () => {
  const node = world(address('1'), address('2'));
  const { sender, uploads } = node;
  sender.add(Array.from({ length: 11 }, () => file()));
  assert.deepEqual(stateOf(sender), { kind: 'failed', fault: 'many' });
  await uploading(node);
  assert.equal(uploads.length, 1);
  uploads[0]?.through();
  node.told('1');
  await uploading(node, 2);
  assert.equal(sender.chosen[0]?.state.kind, 'ready');
});

test('too fast for the node: again when it says', async () => {
  const tooFast: Answer = () => ({ kind: 'throttled', retryAfter: 3, tracingId: '' });
  const node = world(tooFast, address('1'));
  node.sender.add([file()]);
  await node.is('uploading');
  while (node.waits.length === 0) await Promise.resolve();
  assert.equal(node.waits[0]?.ms, 3000);
  assert.equal(node.uploads.length, 0);
  node.waits[0]?.run();
  await uploading(node);
});

test('cancelled while it is uploaded: stopped, taken back, and the next one goes', async () => {
  const node = world(address('1'), address('2'));
  const { sender, uploads } = node;
  sender.add([file(), file('b.png')]);
  await uploading(node);
  sender.remove(sender.chosen[0]?.key ?? '');
  assert.equal(uploads[0]?.signal.aborted, true);
  await uploading(node, 2);
  assert.deepEqual(node.removed(), ['1']);
  assert.deepEqual(
    sender.chosen.map((one) => one.file.name),
    ['b.png'],
  );
});

test('cancelled before the node has answered: what it opened is taken back', async () => {
  const node = world(address('1'));
  node.sender.add([file()]);
  node.sender.remove(node.sender.chosen[0]?.key ?? '');
  while (node.removed().length === 0) await Promise.resolve();
  assert.deepEqual(node.removed(), ['1']);
  assert.deepEqual([node.uploads.length, node.sender.isBusy], [0, false]);
});

test('removed when it is ready: taken back', async () => {
  const node = world(address('1'));
  node.sender.add([file()]);
  await uploading(node);
  node.uploads[0]?.through();
  node.told('1');
  await node.is('ready');
  node.sender.remove(node.sender.chosen[0]?.key ?? '');
  assert.deepEqual([node.removed(), node.sender.isReady], [['1'], false]);
});

test('an upload that fails can be tried again, under a new address', async () => {
  const node = world(address('1'), address('2'));
  const { sender, uploads } = node;
  sender.add([file()]);
  await uploading(node);
  uploads[0]?.fail();
  await node.is('failed');
  assert.deepEqual(stateOf(sender), { kind: 'failed', fault: 'lost' });
  assert.deepEqual(node.removed(), ['1']);
  sender.retry(sender.chosen[0]?.key ?? '');
  await uploading(node, 2);
  assert.equal(uploads[1]?.url, 'https://node/2');
});

test('the line is cut under way: it waits, and begins anew by itself', async () => {
  const node = world(address('1'), address('2'));
  const { sender, uploads } = node;
  sender.add([file()]);
  await uploading(node);
  uploads[0]?.through();
  await node.is('checking');
  sender.follow(false);
  await node.is('waiting');
  assert.equal(sender.isBusy, true);
  sender.follow(true);
  await uploading(node, 2);
  node.told('1');
  assert.notEqual(stateOf(sender)?.kind, 'ready', 'of the first one, which is given up');
  uploads[1]?.through();
  node.told('2');
  await node.is('ready');
});

test('forgotten: nothing is left to send, and what is under way stops', async () => {
  const node = world(address('1'), address('2'));
  const { sender, uploads } = node;
  sender.add([file(), file()]);
  await uploading(node);
  sender.forget();
  assert.deepEqual([sender.chosen, uploads[0]?.signal.aborted], [[], true]);
  assert.deepEqual(sender.take(), []);
});
