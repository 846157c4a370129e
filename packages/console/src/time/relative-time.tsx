import { absolute, relative } from './format-time.ts';

/** `2 min`, with the absolute time on hover. */
export function RelativeTime({ at, now }: { at: string; now: number }) {
  return (
    <time dateTime={at} title={absolute(at)}>
      {relative(at, now)}
    </time>
  );
}
