/**
 * Gets tokens and keeps them where the tabs of a browser find them. What a sign-out overtook is revoked,
 * not kept; and another person than before starts afresh, before anything of theirs is kept.
 */
import type { Environment } from './environment.ts';
import type { Proof, Rest, Tokens } from './rest.ts';
import { isPassing, RestError } from './rest-error.ts';
import type { SessionHandle } from './session-handle.ts';
import { type Person, readPerson, readTimes } from './session-jwt.ts';
import type { TokenStore } from './store.ts';

/** A clock that is off by less is taken for right. */
const CLOCK_TOLERANCE_MS = 2000;

export interface ProofKeeperContext {
  readonly rest: Rest;
  readonly store: TokenStore;
  readonly handle: SessionHandle;
  readonly environment: Environment;
  readonly getProof: (() => Promise<Proof>) | undefined;
  /** Somebody else than before: what was the first one's has to go. */
  anotherPerson(): void;
}

export class ProofKeeper {
  #context: ProofKeeperContext;
  /** Counts what was forgotten: a sign-in from before it is none any more. */
  #forgotten = 0;

  constructor(context: ProofKeeperContext) {
    this.#context = context;
  }

  get jwt(): string | null {
    return this.#context.store.get('jwt');
  }

  /** The JWT that is kept, perhaps by another tab, and when its proof ends by this device's clock. */
  kept(): { jwt: string; untilMs: number | null } | null {
    const { jwt } = this;
    if (jwt === null) return null;
    const { untilMs } = readTimes(jwt);
    return { jwt, untilMs: untilMs === null ? null : untilMs + this.#context.handle.aheadMs };
  }

  exchange(proof: Proof): Promise<Person> {
    return this.#keep(() => this.#context.rest.exchange(proof));
  }

  /** By the refresh token; where that ends, or proves nothing new, by a proof of the site. */
  async obtain(): Promise<void> {
    const { rest, getProof } = this.#context;
    if (await this.#refresh()) return;
    if (!getProof) throw new RestError(401, { message: 'A new sign-in is needed.' });
    await this.#keep(async () => rest.exchange(await getProof()));
  }

  /** Revokes what was kept; where the JWT has run out meanwhile, by a fresh one. */
  async revoke({ jwt, refreshToken }: Tokens, everywhere: boolean): Promise<void> {
    const { rest } = this.#context;
    try {
      await rest.revoke(jwt, everywhere);
    } catch (error) {
      const hasRunOut = error instanceof RestError && error.status === 401;
      if (!hasRunOut || refreshToken === undefined) throw error;
      await rest.revoke((await rest.refresh(refreshToken)).jwt, everywhere);
    }
  }

  /** Gives back what was kept. */
  forget(): Tokens | null {
    const { store } = this.#context;
    const [jwt, refreshToken] = [store.get('jwt'), store.get('refresh')];
    this.overtake();
    store.remove('refresh');
    store.remove('jwt');
    return jwt === null ? null : { jwt, ...(refreshToken !== null && { refreshToken }) };
  }

  /** What is under way is for nobody any more. */
  overtake(): void {
    this.#forgotten += 1;
  }

  /** False: the refresh token is no help. Rejects when it may be, later. */
  async #refresh(): Promise<boolean> {
    const { rest, store } = this.#context;
    const refreshToken = store.get('refresh');
    if (refreshToken === null) return false;
    const before = this.kept()?.untilMs ?? 0;
    try {
      await this.#keep(() => rest.refresh(refreshToken));
    } catch (error) {
      if (isPassing(error)) throw error;
      if (store.get('refresh') === refreshToken) store.remove('refresh');
      return false;
    }
    return (this.kept()?.untilMs ?? Number.POSITIVE_INFINITY) > before;
  }

  async #keep(grant: () => Promise<Tokens>): Promise<Person> {
    const { environment, handle, rest, store } = this.#context;
    const before = this.#forgotten;
    const { jwt, refreshToken } = await grant();
    if (before !== this.#forgotten) {
      await rest.revoke(jwt, false).catch(() => undefined);
      throw new RestError(0, { message: 'Signed out.' });
    }
    const person = readPerson(jwt);
    if (handle.identity && handle.identity !== person.identity) {
      handle.forget();
      store.remove('refresh');
      this.#context.anotherPerson();
    }
    const now = environment.now();
    const aheadMs = now - (readTimes(jwt).issuedMs ?? now);
    handle.bind(person.identity, Math.abs(aheadMs) < CLOCK_TOLERANCE_MS ? 0 : aheadMs);
    if (refreshToken !== undefined) store.set('refresh', refreshToken);
    // Last: it is what other tabs look at
    store.set('jwt', jwt);
    return person;
  }
}
