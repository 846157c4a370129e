/**
 * What the panel shows, and what the customer and the page can do: the view model between transport
 * and view. A proof that is refused ends in an error, never in a guest chat.
 */
import {
  type ClosedReason,
  type Entry,
  type Json,
  NoProof,
  type Standing,
  type State,
  Transport,
} from '@countersign/transport';
import type { AroundChat } from './around-chat.tsx';
import { browserStore, watchOtherTabs } from './browser-store.ts';
import { type Config, readConfig } from './config.ts';
import { textOn } from './contrast.ts';
import { CLOSED, NO_PROOF } from './endings.ts';
import { fill } from './fill.ts';
import { linkToPage, type PageLink } from './page-link.ts';
import { readProof } from './read-proof.ts';
import { SignIn, type SignInFailure } from './sign-in.ts';
import { en, loadStrings, pickLanguage, type Strings } from './strings.ts';

/** What is shown instead of the conversation. */
export type Screen =
  | { kind: 'loading' }
  | { kind: 'chat' }
  | {
      kind: 'problem';
      text: string;
      reference?: string;
      action?: { label: string; run(): void };
      /** Nothing went wrong. */
      isCalm?: boolean;
    };

/** Where the build has put the part that stands around the conversation. */
declare const AROUND: string;
type Part = typeof import('./around-chat.tsx');

const TYPING_MS = 5000;

export class Chat {
  readonly deploymentId: string;
  readonly base = location.origin;
  readonly transport: Transport;
  config: Config | null = null;
  strings: Strings = en;
  screen: Screen = { kind: 'loading' };
  menu: 'closed' | 'open' | 'asking' = 'closed';
  agentTyping = false;
  agentName = '';
  /** An agent asks the customer to sign in. */
  isAsked = false;
  /** Rides on the next message. */
  attributes: Record<string, string> | undefined;
  /** What is new, for those who do not see it. */
  announcement = '';
  /** What stands around the conversation; null: nothing, or not yet loaded. */
  around: AroundChat | null = null;
  onChange: () => void = () => {};
  #signIn: SignIn;
  readonly #introduced = Promise.withResolvers<void>();
  #surrounded: Promise<void> | null = null;
  #page: PageLink | null = null;
  #shown = true;
  #unread = 0;
  /** Whom the page was last told of. */
  #named: string | null = null;
  #isOffered = false;
  #typingTimer = 0;

  constructor(deploymentId: string) {
    this.deploymentId = deploymentId;
    const transport = new Transport({
      url: this.base,
      deploymentId,
      store: browserStore(deploymentId),
      application: 'Countersign-Messenger',
      capabilities: ['authenticate'],
      getProof: () => this.#signIn.silently(),
    });
    this.transport = transport;
    this.#signIn = new SignIn({
      transport,
      tabs: watchOtherTabs(deploymentId, {
        changed: () => transport.tokensChanged(),
        signedOut: () => transport.forget('signed-out'),
      }),
      page: () => this.#page,
      authentication: () => this.config?.authentication,
      changed: () => this.#changed(),
    });
    transport.on('change', () => this.#changed());
    transport.on('state', (state) => this.#follow(state));
    transport.on('entries', (entries) => this.#heard(entries));
    transport.on('typing', () => this.#typing());
    transport.on('authentication-requested', () => this.#asked());
    transport.on('wiped', () => this.#wiped());
    addEventListener('offline', () => transport.hangUp());
    for (const event of ['online', 'focus', 'visibilitychange']) {
      addEventListener(event, () => transport.wake(), true);
    }
    // Brought back by the browser's Back button: who is here now may be somebody else
    addEventListener('pagehide', () => this.#set({ kind: 'loading' }));
    addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  }

  get state(): State {
    return this.transport.state;
  }

  get standing(): Standing {
    return this.transport.standing;
  }

  get failure(): SignInFailure | null {
    return this.#signIn.failure;
  }

  get entries(): readonly Entry[] {
    return this.transport.entries;
  }

  get hasOlder(): boolean {
    return this.transport.hasOlder;
  }

  get personName(): string | null {
    return this.transport.person?.name ?? null;
  }

  get draft(): string {
    return this.transport.draft;
  }

  set draft(text: string) {
    this.transport.draft = text;
    this.#changed();
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
    if (!config?.active) {
      this.#introduced.resolve();
      return this.#problem('unavailable');
    }
    await this.#dress(config);
    if (config.around || config.files) await this.#surround();
    this.#page = await linked;
    this.#introduced.resolve();
    const on = textOn(config.color);
    this.#page.send({ t: 'look', color: config.color, on });
    if (!this.#signIn.signOuts) await this.enter();
  }

  /** Signs in as the deployment asks for it, continues what was, or begins as a guest. */
  async enter(): Promise<void> {
    this.#set({ kind: 'loading' });
    const authentication = this.config?.authentication;
    if (!authentication) return this.transport.connect();
    const kept = this.transport.person !== null;
    // The site knows who is in front of the screen now: its token is asked for every time
    if (kept && authentication.type === 'openid-connect') return this.transport.connect();
    const before = this.#signIn.signOuts;
    await this.#signIn.run('getAuthCode').catch((error: unknown) => {
      if (before === this.#signIn.signOuts && error instanceof NoProof) this.#noProof(error);
    });
  }

  send(text: string, files?: readonly Json[]): void {
    this.transport.send(text, this.attributes, files);
    this.attributes = undefined;
  }

  jwt = (): Promise<string | null> => this.transport.jwt();

  retry = (key: string): void => this.transport.retry(key);
  discard = (key: string): void => this.transport.discard(key);
  clear = (): void => this.transport.clear();
  loadOlder = (): Promise<void> => this.transport.loadOlder();
  typing(): void {
    if (this.config?.typing) this.transport.typing();
  }

  show(menu: Chat['menu']): void {
    this.menu = menu;
    this.#changed();
  }

  close = (): void => this.#page?.send({ t: 'close' });

  newChat = (): void => {
    this.around?.forget();
    this.#set({ kind: 'loading' });
    void this.transport.newChat();
  };

  signOut = (everywhere: boolean): Promise<void> => this.#signIn.signOut(everywhere);
  stepUp = (): Promise<void> => this.#signIn.stepUp();

  /** The customer asks for it, after the proof has ended. */
  signInAgain = (): Promise<void> => this.#signIn.run('reAuthenticate').catch(() => undefined);

  /** Without a proof there is a guest chat only where the deployment allows one to be stepped up. */
  #noProof({ message, reference }: NoProof): void {
    const { stepUp, type, guests } = this.config?.authentication ?? {};
    if (stepUp && type === 'openid-connect') return this.transport.connect();
    const { person } = this.transport;
    if (guests && (person === null || message === 'empty')) {
      // Whoever was signed in here before is not the guest
      if (person !== null) this.transport.forget('signed-out');
      return this.transport.connect();
    }
    // The site has answered that nobody is signed in
    if (message === 'empty') this.transport.forget('sign-in-required');
    this.#refusal(message, reference);
  }

  #refusal(reason: string, reference: string | undefined): void {
    this.#set({
      kind: 'problem',
      text: this.strings[NO_PROOF[reason] ?? 'refused'],
      ...(reference && { reference }),
      action: { label: this.strings.retry, run: () => void this.enter() },
    });
  }

  #follow(state: State): void {
    if (state.kind === 'open' || state.kind === 'reconnecting') this.#set({ kind: 'chat' });
    else if (state.kind === 'refused') this.#refused(state);
    else if (state.kind === 'closed') this.#closed(state.reason);
    if (state.kind !== 'open') return;
    if (this.canSignIn && !this.#isOffered) {
      this.#isOffered = true;
      this.#page?.event('Auth', 'signInAvailable');
    } else if (this.personName !== null && this.standing.kind === 'current') {
      this.isAsked = false;
      this.#signIn.failure = null;
    }
  }

  /** In the middle of a chat its strip says so, and everything stays where it is. */
  #refused({ message, reference }: Extract<State, { kind: 'refused' }>): void {
    if (this.standing.kind === 'lapsed' && this.entries.length > 0) return;
    this.#refusal(message, reference);
  }

  #closed(reason: ClosedReason): void {
    const shown = CLOSED[reason];
    if (!shown) return;
    this.announcement = this.strings[shown[0]];
    const action = { label: this.strings[shown[1]], run: () => void this.enter() };
    this.#set({ kind: 'problem', text: this.announcement, action, isCalm: true });
  }

  #wiped(): void {
    this.#signIn.failure = null;
    this.isAsked = false;
    this.agentName = '';
    this.around?.forget();
    this.announcement = '';
    this.attributes = undefined;
  }

  #asked(): void {
    this.isAsked = true;
    this.#notify();
    this.#changed();
  }

  /** The site has signed the customer in by itself (Guest API spec §14.4). */
  #siteSignedIn(data: unknown): void {
    const proof = readProof(data);
    // Where the page was loaded anew, a proof of the same sign-in was asked for already
    if (proof && this.canSignIn) void this.#signIn.accept(proof).catch(() => undefined);
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
      const name = this.agentName || this.strings.agent;
      this.announcement = entry.bot
        ? `${this.strings.bot}: ${entry.text}`
        : fill(this.strings.newMessage, name, entry.text);
      this.#notify();
    }
    const messages = entries.filter((entry) => entry.kind === 'message');
    if (messages.length > 0)
      this.#page?.event('MessagingService', 'messagesReceived', { messages });
  }

  #notify(): void {
    if (this.#shown) return;
    const count = ++this.#unread;
    this.#page?.send({ t: 'unread', count });
    this.#page?.event('Messenger', 'unread', { count });
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

  #show(open: boolean): void {
    this.#shown = open;
    if (open) this.#unread = 0;
  }

  async #call(name: string, data: unknown): Promise<unknown> {
    // A page may call as soon as it likes; only a sign-out waits for nothing
    if (name !== 'Auth.logout') await this.#introduced.promise;
    switch (name) {
      case 'Auth.getTokens':
        await this.#signIn.run('getAuthCode');
        return { authenticated: true };
      case 'Auth.refreshToken':
        await this.#signIn.refresh();
        return { authenticated: true };
      case 'Auth.reAuthenticate':
        await this.#signIn.run('reAuthenticate');
        return { authenticated: true };
      case 'AuthProvider.signedIn':
        return this.#siteSignedIn(data);
      case 'AuthProvider.signInFailed':
        return this.#signIn.siteFailed(data);
      case 'Auth.logout':
        return this.signOut(true);
      case 'MessagingService.sendMessage':
        return this.send(`${(data as { message?: unknown })?.message ?? ''}`);
      case 'MessagingService.clearConversation':
        return this.clear();
      case 'MessagingService.resetConversation':
        return this.newChat();
      case 'Database.set':
        return this.#setAttributes(data);
      default:
        // Nor on the page: it has asked there first
        throw name.startsWith('AuthProvider.') ? 'missing' : Error(`There is no command ${name}.`);
    }
  }

  /** `messaging.customAttributes` ride on the next message (Guest API spec §14.6). */
  #setAttributes(data: unknown): void {
    const messaging = (data as { messaging?: { customAttributes?: object } })?.messaging;
    const pairs = Object.entries(messaging?.customAttributes ?? {});
    const set = Object.fromEntries(pairs.map(([key, value]) => [key, `${value}`]));
    this.attributes = { ...this.attributes, ...set };
  }

  async #dress(config: Config): Promise<void> {
    const language = pickLanguage(navigator.languages, config.languages);
    this.strings = await loadStrings(language);
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
    // Who waits is told for how long, and files in what was said are shown
    if (this.#page && this.entries.length > 0) void this.#surround();
    const name = this.personName;
    if (this.#page && name !== this.#named) {
      this.#named = name;
      this.#page.event('Auth', 'person', { name });
    }
    this.onChange();
  }

  /** Once; a chat without what stands around it is better than none. */
  #surround(): Promise<void> {
    this.#surrounded ??= import(/* @vite-ignore */ this.base + AROUND)
      .then(({ AroundChat }: Part) => {
        this.around = new AroundChat(this);
        this.onChange();
      })
      .catch(() => {});
    return this.#surrounded;
  }
}
