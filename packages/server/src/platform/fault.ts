/**
 * What a caller did wrong or cannot have. `code` is stable and documented (docs/subsystems/faults.md);
 * `message` is for the outside; `detail` and `cause` are for the log.
 */
export class Fault extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string | undefined;

  constructor(
    code: string,
    status: number,
    message: string,
    options: { detail?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.status = status;
    this.detail = options.detail;
  }
}

/** Foreign and unknown objects answer alike (invariant 8). */
export const notFound = (what: string): Fault => new Fault('not_found', 404, `No such ${what}.`);
