import { randomUUIDv7 } from 'node:crypto';

/** A new UUID, version 7 (RFC 9562 §5.7): ids sort by the time they were made. */
export const newId = (): string => randomUUIDv7();
