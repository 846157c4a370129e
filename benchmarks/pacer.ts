// Tells when messages are due. A thread of its own sleeps to a tenth of a millisecond; a timer of the
// main thread would be up to a millisecond late, which would count as the server's latency.
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const LONGEST_SLEEP_MS = 1;

interface Load {
  rate: number;
  total: number;
  /** In `performance.timeOrigin + performance.now()`, which threads share. */
  startAt: number;
}

/** Calls `send` for every message as soon as it is due, with when that was (`performance.now()`). */
export async function openLoop(
  rate: number,
  total: number,
  send: (index: number, due: number) => void,
): Promise<void> {
  const start = performance.now() + 50;
  const load: Load = { rate, total, startAt: performance.timeOrigin + start };
  const pacer = new Worker(new URL(import.meta.url), { workerData: load });
  let index = 0;
  pacer.on('message', (until: number) => {
    for (; index < until; index += 1) send(index, start + (index / rate) * 1000);
  });
  await once(pacer, 'exit');
}

if (!isMainThread && parentPort)
  pace(workerData as Load, (until) => parentPort?.postMessage(until));

function pace({ rate, total, startAt }: Load, tell: (until: number) => void): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  let told = 0;
  while (told < total) {
    const elapsed = performance.timeOrigin + performance.now() - startAt;
    const until = Math.min(total, Math.floor((elapsed / 1000) * rate) + 1);
    if (until > told) {
      told = until;
      tell(told);
    }
    const next = (told / rate) * 1000 - elapsed;
    if (next > 0) Atomics.wait(sleeper, 0, 0, Math.min(next, LONGEST_SLEEP_MS));
  }
}
