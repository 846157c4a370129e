import type { LiveFrame, LiveRequest } from '@countersign/protocol';

export interface FeedStatus {
  state: 'connecting' | 'live' | 'offline';
  /** Tries since the connection was lost. */
  tries: number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;
/** The node sends cursor frames every few seconds; such a silence means that nobody is there. */
const SILENCE_MS = 45_000;
/** The node takes it that nobody looks any more after 30 s. */
const SAY_VIEWING_MS = 20_000;

/** The conversation on screen, and whether this person writes in it. */
export interface Viewing {
  conversation: string;
  typing: boolean;
}

const frameTypes = new Set([
  'ready',
  'cursor',
  'conversation',
  'conversation-gone',
  'entry',
  'offer',
  'offer-gone',
  'typing',
  'presence',
  'queue',
  'attempt',
  'attempts-skipped',
  'counts',
  'viewers',
  'mention',
]);

/** How long to wait before try `tries` (from 1): doubled each time, half of it left to chance. */
export function retryDelayMs(tries: number, random: () => number): number {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1));
  return Math.round(longest / 2 + (longest / 2) * random());
}

/** A frame of the feed, or null for what a newer node may send. */
export function readFrame(text: string): LiveFrame | null {
  const value: unknown = JSON.parse(text);
  return isLiveFrame(value) ? value : null;
}

function isLiveFrame(value: unknown): value is LiveFrame {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    frameTypes.has(`${value.type}`)
  );
}

export interface LiveFeedOptions {
  url: string;
  onFrame: (frame: LiveFrame) => void;
  onStatus: (status: FeedStatus) => void;
  open?: (url: string) => WebSocket;
  random?: () => number;
}

/**
 * The live feed: one socket, opened again whenever it is lost, and resumed from the last cursor so
 * that nothing is missed.
 */
export class LiveFeed {
  readonly #options: LiveFeedOptions;
  #socket: WebSocket | null = null;
  #cursor: string | null = null;
  #tries = 0;
  #stopped = true;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;
  #viewingTimer: ReturnType<typeof setInterval> | undefined;
  /** By conversation: the highest `seq` held when it was first followed. */
  readonly #followed = new Map<string, number>();
  #followsAttempts = false;
  #viewing: Viewing | null = null;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    clearInterval(this.#viewingTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Tries at once: the person asked for it, or the browser came back online. */
  retryNow(): void {
    if (this.#stopped || this.#socket) return;
    clearTimeout(this.#retryTimer);
    this.#connect();
  }

  /** Asks for the entries of a conversation from the one after `after` on. */
  follow(conversation: string, after: number): void {
    if (this.#followed.has(conversation)) return;
    this.#followed.set(conversation, after);
    this.#send({ type: 'follow', conversation, after });
  }

  unfollow(conversation: string): void {
    if (this.#followed.delete(conversation)) this.#send({ type: 'unfollow', conversation });
  }

  /** Stops asking, and leaves the entries coming: the node sends those of the own conversations. */
  keep(conversation: string): void {
    this.#followed.delete(conversation);
  }

  /** Asks for new sign-in attempts, also after each reconnect. */
  followAttempts(wanted: boolean): void {
    if (this.#followsAttempts === wanted) return;
    this.#followsAttempts = wanted;
    this.#send({ type: wanted ? 'follow-attempts' : 'unfollow-attempts' });
  }

  /** Says what is on screen, again and again: the node forgets what is not repeated. */
  view(viewing: Viewing | null): void {
    clearInterval(this.#viewingTimer);
    if (viewing) this.#viewingTimer = setInterval(() => this.#sayViewing(), SAY_VIEWING_MS);
    const isNews = viewing !== null || this.#viewing !== null;
    this.#viewing = viewing;
    if (isNews) this.#sayViewing();
  }

  #sayViewing(): void {
    const { conversation = null, typing = false } = this.#viewing ?? {};
    this.#send({ type: 'viewing', conversation, typing });
  }

  #connect(): void {
    this.#options.onStatus({ state: 'connecting', tries: this.#tries });
    const socket = (this.#options.open ?? ((url) => new WebSocket(url)))(this.#options.url);
    this.#socket = socket;
    this.#listenForSilence();
    socket.onopen = () => {
      const since = this.#cursor;
      this.#send(since === null ? { type: 'start' } : { type: 'resume', since });
    };
    socket.onmessage = (event) => {
      if (this.#socket === socket) this.#receive(String(event.data));
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#lost();
    };
  }

  #receive(text: string): void {
    this.#listenForSilence();
    const frame = readFrame(text);
    if (!frame) return;
    if (frame.type === 'ready' || frame.type === 'cursor') this.#cursor = frame.cursor;
    if (frame.type === 'ready') {
      this.#tries = 0;
      for (const [conversation, after] of this.#followed) {
        this.#send({ type: 'follow', conversation, after });
      }
      if (this.#followsAttempts) this.#send({ type: 'follow-attempts' });
      if (this.#viewing) this.#sayViewing();
      this.#options.onStatus({ state: 'live', tries: 0 });
    }
    if (frame.type === 'entry') this.#held(frame.conversation, frame.entry.seq);
    this.#options.onFrame(frame);
  }

  #held(conversation: string, seq: number): void {
    const before = this.#followed.get(conversation);
    if (before !== undefined && seq > before) this.#followed.set(conversation, seq);
  }

  #lost(): void {
    this.#socket = null;
    clearTimeout(this.#silenceTimer);
    if (this.#stopped) return;
    this.#tries += 1;
    this.#options.onStatus({ state: 'offline', tries: this.#tries });
    const delay = retryDelayMs(this.#tries, this.#options.random ?? Math.random);
    this.#retryTimer = setTimeout(() => this.#connect(), delay);
  }

  #listenForSilence(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => {
      const socket = this.#socket;
      this.#lost();
      socket?.close();
    }, SILENCE_MS);
  }

  #send(frame: LiveRequest): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}
