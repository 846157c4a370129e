// A minute as the file has it, `2027-03-02T17:00Z`, and as a field of the browser has it, by the own clock.

const two = (n: number): string => String(n).padStart(2, '0');

/** `2027-03-02T18:00`; empty when it is no time. */
export function localMinute(utc: string): string {
  const time = new Date(utc);
  if (Number.isNaN(time.getTime())) return '';
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Undefined when it is no time. */
export function utcMinute(local: string): string | undefined {
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? undefined : `${time.toISOString().slice(0, 16)}Z`;
}
