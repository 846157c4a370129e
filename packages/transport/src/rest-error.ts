/** Why a request, or a proof, came to nothing. */
import { type Json, textAt } from './read.ts';

/** A request that was refused, or (status 0) never answered. */
export class RestError extends Error {
  readonly status: number;
  readonly code: string;
  /** What the customer can give to support; the administrator finds the attempt by it. */
  readonly reference: string | undefined;

  constructor(status: number, body: Json) {
    super(textAt(body, 'message') ?? 'The server could not be reached.');
    this.status = status;
    this.code = textAt(body, 'code') ?? 'unreachable';
    this.reference = textAt(body, 'reference');
  }
}

/** The site gave no proof: `getProof` rejects with it, and with the reference if the node was told. */
export class NoProof extends Error {
  readonly reference: string | undefined;

  constructor(fault: string, reference?: string) {
    super(fault);
    this.reference = reference;
  }
}

/** Nobody said no: it may work later. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof RestError)) return true;
  return error.status === 0 || error.status === 429 || error.status >= 500;
}

export const referenceOf = (error: unknown): string | undefined =>
  error instanceof RestError || error instanceof NoProof ? error.reference : undefined;
