// The time of a transport, moved by the test: timers run in their order, at their moment.
import { type Environment, standardEnvironment } from '../src/index.ts';

export interface MovedClock {
  environment: Environment;
  now(): number;
  /** Runs what is due on the way, and everything that follows from it. */
  advance(ms: number): Promise<void>;
  /** As on a device that slept: the time is later, and no timer ran. */
  sleep(ms: number): void;
  /** Lets everything that is under way settle. */
  settle(): Promise<void>;
}

export function movedClock(startMs = Date.UTC(2026, 2, 2, 9)): MovedClock {
  let now = startMs;
  let timers: { at: number; run: () => void }[] = [];
  const settle = async () => {
    for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    environment: {
      ...standardEnvironment(),
      now: () => now,
      random: () => 1,
      after(ms, run) {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
      lock: (_name, run) => run(),
    },
    now: () => now,
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
    sleep(ms) {
      now += ms;
    },
    settle,
  };
}
