/**
 * Signs the customer in and out: asks the site for proofs, has them exchanged, tells the page what became
 * of it. One sign-in at a time, however often it is asked for; a sign-out ends what is under way.
 */
import { NoProof, type Proof, RestError, type Transport } from '@countersign/transport';
import type { ProofFault } from '../messages.ts';
import type { OtherTabs } from './browser-store.ts';
import type { Config } from './config.ts';
import { NO_PROOF } from './endings.ts';
import type { PageLink } from './page-link.ts';
import { readProof } from './read-proof.ts';
import type { Strings } from './strings.ts';

/** The commands of a site's AuthProvider (Guest API spec §14.4). */
export type AuthCommand = 'getAuthCode' | 'reAuthenticate' | 'signIn';

/** What the customer is told of a sign-in that failed. */
export interface SignInFailure {
  text: keyof Strings;
  reference?: string | undefined;
}

export interface SignInContext {
  transport: Transport;
  tabs: OtherTabs;
  /** Null until the page has introduced itself. */
  page(): PageLink | null;
  authentication(): Config['authentication'] | undefined;
  changed(): void;
}

export class SignIn {
  failure: SignInFailure | null = null;
  #context: SignInContext;
  #underWay: Promise<void> | null = null;
  /** Counts sign-outs: what began before one must not sign in after it. */
  #signOuts = 0;
  #reported: { fault: string; reference: string | undefined } | null = null;

  constructor(context: SignInContext) {
    this.#context = context;
  }

  /** How often somebody signed out here. */
  get signOuts(): number {
    return this.#signOuts;
  }

  /** Asks the site and signs in. Rejects with `NoProof` or `RestError`. */
  run(command: AuthCommand): Promise<void> {
    return this.#once(async () => this.#exchange(await this.#proof(command)));
  }

  /** With a proof that the site gives unasked. */
  accept(proof: Proof): Promise<void> {
    return this.#once(() => this.#exchange(proof));
  }

  /** The guest asks to sign in: the site's own sign-in, then step-up on the same session. */
  async stepUp(): Promise<void> {
    this.#tell('signingIn');
    try {
      await this.run('signIn');
      this.#tell('signedIn', {});
    } catch (error) {
      this.#tell('signInFailed', told(error));
    }
  }

  /** The site says that its own sign-in failed. */
  siteFailed(data: unknown): void {
    this.#fail({ text: 'notConfirmed' });
    this.#tell('signInFailed', data);
  }

  /** Of what the transport asks for by itself: nobody is in front of it, so a fault is told once. */
  async silently(): Promise<Proof> {
    return this.#proof('getAuthCode');
  }

  async signOut(everywhere: boolean): Promise<void> {
    const { transport, tabs } = this.#context;
    this.#signOuts += 1;
    this.#underWay = null;
    const revoked = transport.signOut({ everywhere });
    tabs.tellSignedOut();
    try {
      await revoked;
      this.#tell('loggedOut', { status: 200, statusText: 'OK' });
    } catch (error) {
      this.#tell('logoutError', told(error));
      this.#tell('loggedOut', told(error));
    }
  }

  /** New tokens without a word to the customer, then by the site (`Auth.refreshToken`). */
  async refresh(): Promise<void> {
    const renewed = await this.#context.transport.renew();
    if (renewed.kind === 'renewed') return this.#tell('authenticated', {});
    this.#tell('tokenError', { message: renewed.kind, ...renewed });
    if (renewed.kind !== 'unavailable') await this.run('reAuthenticate');
    else throw new NoProof(renewed.kind);
  }

  #once(run: () => Promise<void>): Promise<void> {
    if (this.#underWay) return this.#underWay;
    const underWay = run().finally(() => {
      if (this.#underWay === underWay) this.#underWay = null;
    });
    this.#underWay = underWay;
    return underWay;
  }

  async #exchange(proof: Proof): Promise<void> {
    const { authCode, redirectUri } = proof.kind === 'code' ? proof : {};
    this.#tell('authenticating', { authCode, redirectUri });
    try {
      await this.#context.transport.signIn(proof);
    } catch (error) {
      this.#tell('authError', told(error));
      const reference = error instanceof RestError ? error.reference : undefined;
      this.#fail({ text: 'notConfirmed', reference });
      throw error;
    }
    this.#fail(null);
    this.#reported = null;
    this.#tell('authenticated', {});
  }

  async #proof(command: AuthCommand): Promise<Proof> {
    const before = this.#signOuts;
    try {
      const proof = await this.#ask(command);
      if (before === this.#signOuts) return proof;
    } catch (reason) {
      if (before === this.#signOuts) throw await this.#noProof(reason, command);
    }
    throw new NoProof('signed out');
  }

  async #ask(command: AuthCommand): Promise<Proof> {
    const authentication = this.#context.authentication();
    const page = this.#context.page();
    if (!authentication || !page) throw 'missing';
    if (authentication.type === 'signed-token') {
      const token = await page.ask('function', authentication.clientFunction ?? '');
      return { kind: 'signed-token', token: `${token}` };
    }
    const asked = page.ask(`AuthProvider.${command}`, { forceUpdate: command !== 'getAuthCode' });
    if (command === 'getAuthCode') return proofIn(await asked);
    // A site may have no other command, or sign in by a redirect and answer nothing
    const answer = await asked.catch((reason: unknown) => {
      if (reason !== 'missing') throw reason;
    });
    return readProof(answer) ?? proofIn(await page.ask('AuthProvider.getAuthCode'));
  }

  /** What a site that is asked on behalf of a guest does not give is no fault of it. */
  async #noProof(reason: unknown, command: AuthCommand): Promise<NoProof> {
    const { transport, authentication } = this.#context;
    const fault = `${reason}`;
    if (authentication()?.type === 'openid-connect') this.#tell('authProviderError', told(reason));
    const isGuest =
      transport.person === null && authentication()?.stepUp && command === 'getAuthCode';
    const kinds: readonly ProofFault[] = ['missing', 'threw', 'empty', 'timeout'];
    const known = kinds.find((kind) => kind === fault);
    if (known && !isGuest && this.#reported?.fault !== fault) {
      this.#reported = { fault, reference: await transport.reportSiteFault(known) };
    }
    const reference = known && this.#reported?.reference;
    if (command !== 'getAuthCode')
      this.#fail({ text: NO_PROOF[fault] ?? 'notConfirmed', reference });
    return new NoProof(fault, reference);
  }

  #fail(failure: SignInFailure | null): void {
    this.failure = failure;
    this.#context.changed();
  }

  #tell(event: string, data?: unknown): void {
    this.#context.page()?.event('Auth', event, data);
  }
}

function proofIn(answer: unknown): Proof {
  const proof = readProof(answer);
  if (!proof) throw 'empty';
  return proof;
}

/** As the page is told of it. */
function told(error: unknown): { status: number; message: string } {
  const status = error instanceof RestError ? error.status : 0;
  return { status, message: error instanceof Error ? error.message : `${error}` };
}
