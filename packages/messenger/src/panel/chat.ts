/**
 * What the panel shows, and what the customer and the page can do: the view model between transport
 * and view. A proof that is refused ends in an error, never in a guest chat.
 */
import {
  type ClosedReason,
  type Entry,
  type Proof,
  RestError,
  readPerson,
  type State,
  Transport,
} from '@countersign/transport';
import type { ProofFault } from '../messages.ts';
import { browserStore, storageKey } from './browser-store.ts';
import { type Config, readConfig } from './config.ts';
import { textOn } from './contrast.ts';
import { CLOSED, NO_PROOF } from './endings.ts';
import { linkToPage, type PageLink } from './page-link.ts';
import { readProof } from './read-proof.ts';
import { pickLanguage, type Strings, stringsOf } from './strings.ts';

/** What is shown instead of the conversation. */
export type Screen =
  | { kind: 'loading' }
  | { kind: 'chat' }
  | { kind: 'problem'; text: string; reference?: string; action?: { label: string; run(): void } };

const TYPING_MS = 5000;

export class Chat {
  readonly deploymentId: string;
  readonly base = location.origin;
  config: Config | null = null;
  strings: Strings = stringsOf('en');
  screen: Screen = { kind: 'loading' };
  agentTyping = false;
  agentName = '';
  /** The latest message of an agent, to be announced. */
  announcement = '';
  onChange: () => void = () => {};
  #transport: Transport;
  #page: PageLink | null = null;
  #shown = true;
  #unread = 0;
  /** Counts sign-outs: what began before one must not sign in after it. */
  #signOuts = 0;
  #attributes: Record<string, string> | undefined;
  #typingTimer = 0;

  constructor(deploymentId: string) {
    this.deploymentId = deploymentId;
    this.#transport = new Transport({
      url: this.base,
      deploymentId,
      store: browserStore(deploymentId),
      application: 'Countersign-Messenger',
      getProof: () => this.#proof(),
    });
    this.#transport.on('change', () => this.#changed());
    this.#transport.on('state', (state) => this.#follow(state));
    this.#transport.on('entries', (entries) => this.#heard(entries));
    this.#transport.on('typing', () => this.#typing());
    addEventListener('offline', () => this.#transport.hangUp());
    addEventListener('online', () => this.#transport.reconnectNow());
    addEventListener('storage', (event) => this.#otherTab(event));
    // Brought back by the browser's Back button: who is here now may be somebody else
    addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  }

  get state(): State {
    return this.#transport.state;
  }

  get entries(): readonly Entry[] {
    return this.#transport.entries;
  }

  get hasOlder(): boolean {
    return this.#transport.hasOlder;
  }

  get personName(): string | null {
    return this.#transport.person?.name ?? null;
  }

  /** A guest where guests may sign in during the chat. */
  get canSignIn(): boolean {
    return this.config?.authentication?.stepUp === true && this.personName === null;
  }

  /** The page introduces itself once: a second try goes on with the same line to it. */
  async start(
    linked = linkToPage({
      shown: (open) => this.#show(open),
      call: (name, data) => this.#call(name, data),
    }),
  ): Promise<void> {
    const config = await readConfig(this.base, this.deploymentId).catch(() => undefined);
    if (config === undefined)
      return this.#problem('unreachable', 'retry', () => this.start(linked));
    this.config = config;
    if (!config?.active) return this.#problem('unavailable');
    this.#dress(config);
    this.#page = await linked;
    const on = textOn(config.color);
    this.#page.send({ t: 'look', color: config.color, on });
    if (!this.#signOuts) await this.enter();
  }

  /** Signs in as the deployment asks for it, continues what was, or begins as a guest. */
  async enter(): Promise<void> {
    this.#set({ kind: 'loading' });
    const authentication = this.config?.authentication;
    if (!authentication) return this.#transport.connect();
    const kept = this.#transport.person !== null;
    // The site knows who is in front of the screen now: its token is asked for every time
    if (kept && authentication.type === 'openid-connect') return this.#transport.connect();
    const before = this.#signOuts;
    const proof = await this.#proof().catch((fault: unknown) => this.#noProof(fault));
    if (proof && before === this.#signOuts) await this.#signIn(proof);
  }

  send(text: string): void {
    this.#transport.send(text, this.#attributes);
    this.#attributes = undefined;
  }

  retry = (key: string): void => this.#transport.retry(key);
  discard = (key: string): void => this.#transport.discard(key);
  clear = (): void => this.#transport.clear();
  loadOlder = (): Promise<void> => this.#transport.loadOlder();
  typing(): void {
    if (this.config?.typing) this.#transport.typing();
  }

  close = (): void => this.#page?.send({ t: 'close' });

  newChat = (): void => {
    this.#set({ kind: 'loading' });
    void this.#transport.newChat();
  };

  async signOut(): Promise<void> {
    this.#signOuts += 1;
    await this.#transport.signOut();
    this.#page?.event('Auth', 'loggedOut', { status: 200 });
  }

  /** The guest asks to sign in: the site's own sign-in, then step-up on the same session. */
  stepUp = async (): Promise<void> => {
    const answer = await this.#page?.ask('AuthProvider.signIn').catch(() => undefined);
    const proof = readProof(answer);
    if (proof) await this.#signIn(proof);
  };

  async #signIn(proof: Proof): Promise<void> {
    this.#page?.event('Auth', 'authenticating');
    try {
      await this.#transport.signIn(proof);
      this.#page?.event('Auth', 'authenticated', {});
    } catch (error) {
      const status = error instanceof RestError ? error.status : 0;
      const message = error instanceof Error ? error.message : '';
      this.#page?.event('Auth', 'authError', { status, message });
    }
  }

  async #proof(): Promise<Proof> {
    const authentication = this.config?.authentication;
    const page = this.#page;
    if (!authentication || !page) throw 'missing';
    if (authentication.type === 'signed-token') {
      const token = await page.ask('function', authentication.clientFunction ?? '');
      return { kind: 'signed-token', token: `${token}` };
    }
    const proof = readProof(await page.ask('AuthProvider.getAuthCode', { forceUpdate: false }));
    if (!proof) throw 'empty';
    return proof;
  }

  /** Without a proof there is a guest chat only where the deployment allows one to be stepped up. */
  #noProof(fault: unknown): null {
    const authentication = this.config?.authentication;
    if (authentication?.stepUp && authentication.type === 'openid-connect') {
      this.#transport.connect();
      return null;
    }
    this.#transport.forget('sign-in-required');
    this.#problem(NO_PROOF[fault as ProofFault] ?? 'refused', 'retry', () => this.enter());
    return null;
  }

  #follow(state: State): void {
    if (state.kind === 'open' || state.kind === 'reconnecting') this.#set({ kind: 'chat' });
    else if (state.kind === 'refused') this.#refused(state);
    else if (state.kind === 'closed') this.#closed(state.reason);
  }

  #refused({ reference }: Extract<State, { kind: 'refused' }>): void {
    const again = { label: this.strings.retry, run: () => void this.enter() };
    const text = this.strings[this.entries.length > 0 ? 'lapsed' : 'refused'];
    this.#set({ kind: 'problem', text, ...(reference && { reference }), action: again });
  }

  #closed(reason: ClosedReason): void {
    const shown = CLOSED[reason];
    if (shown) this.#problem(...shown, () => this.enter());
  }

  #problem(text: keyof Strings, label?: keyof Strings, run?: () => unknown): void {
    const action = label && run ? { label: this.strings[label], run: () => void run() } : undefined;
    this.#set({ kind: 'problem', text: this.strings[text], ...(action && { action }) });
  }

  #heard(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.direction !== 'outbound') continue;
      this.agentName = entry.from ?? this.agentName;
      if (entry.kind !== 'message') continue;
      this.agentTyping = false;
      // History is not announced: it is read when the customer goes there
      if (Date.now() - Date.parse(entry.at) > 30_000) continue;
      this.announcement = entry.text;
      if (!this.#shown) this.#page?.send({ t: 'unread', count: ++this.#unread });
    }
    const messages = entries.filter((entry) => entry.kind === 'message');
    if (messages.length > 0)
      this.#page?.event('MessagingService', 'messagesReceived', { messages });
  }

  #typing(): void {
    this.agentTyping = true;
    clearTimeout(this.#typingTimer);
    this.#typingTimer = window.setTimeout(() => {
      this.agentTyping = false;
      this.#changed();
    }, TYPING_MS);
    this.#changed();
  }

  /** Signed out in another tab, or somebody else signed in there: nothing of the first stays in this one. */
  #otherTab({ key, oldValue, newValue }: StorageEvent): void {
    if (key !== storageKey(this.deploymentId, 'jwt')) return;
    const identityOf = (jwt: string | null) => jwt && readPerson(jwt).identity;
    if (newValue === null) this.#transport.forget('signed-out');
    else if (identityOf(oldValue) !== identityOf(newValue)) location.reload();
  }

  #show(open: boolean): void {
    this.#shown = open;
    if (open) this.#unread = 0;
  }

  async #call(name: string, data: unknown): Promise<unknown> {
    switch (name) {
      case 'Auth.getTokens':
      case 'Auth.refreshToken':
      case 'Auth.reAuthenticate': {
        const again =
          name === 'Auth.reAuthenticate' && (await this.#page?.ask('AuthProvider.reAuthenticate'));
        await this.#signIn(readProof(again) ?? (await this.#proof()));
        return { authenticated: this.personName !== null };
      }
      case 'Auth.logout':
        return this.signOut();
      case 'MessagingService.sendMessage':
        return this.send(`${(data as { message?: unknown })?.message ?? ''}`);
      case 'MessagingService.clearConversation':
        return this.clear();
      case 'MessagingService.resetConversation':
        return this.newChat();
      case 'Database.set':
        return this.#setAttributes(data);
      default:
        throw Error(`There is no command ${name}.`);
    }
  }

  /** `messaging.customAttributes` ride on the next message (Guest API spec §14.6). */
  #setAttributes(data: unknown): void {
    const messaging = (data as { messaging?: { customAttributes?: object } })?.messaging;
    const pairs = Object.entries(messaging?.customAttributes ?? {});
    this.#attributes = Object.fromEntries(pairs.map(([key, value]) => [key, `${value}`]));
  }

  #dress(config: Config): void {
    const language = pickLanguage(navigator.languages, config.languages);
    this.strings = stringsOf(language);
    const root = document.documentElement;
    root.lang = language;
    root.style.setProperty('--primary', config.color);
    root.style.setProperty('--on-primary', textOn(config.color));
  }

  #set(screen: Screen): void {
    this.screen = screen;
    this.#changed();
  }

  #changed(): void {
    this.onChange();
  }
}
