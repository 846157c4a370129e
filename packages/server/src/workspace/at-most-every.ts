/** Work that is asked for often, and done at once when it has rested for `ms`, else when it has. */
export interface Throttled {
  soon(): void;
  stop(): void;
}

/** Never twice at once. What `work` throws is its own to report. */
export function atMostEvery(ms: number, work: () => Promise<void>): Throttled {
  let timer: NodeJS.Timeout | null = null;
  let isAsked = false;
  let stopped = false;

  async function run(): Promise<void> {
    isAsked = false;
    const started = performance.now();
    await work().catch(() => {});
    if (stopped) return;
    const rest = Math.max(0, ms - (performance.now() - started));
    timer = setTimeout(rested, rest).unref();
  }
  function rested(): void {
    timer = null;
    if (isAsked) start();
  }
  let running: Promise<void> | null = null;
  function start(): void {
    running = run().finally(() => {
      running = null;
    });
  }

  return {
    soon() {
      isAsked = true;
      if (!stopped && !running && !timer) start();
    },
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
