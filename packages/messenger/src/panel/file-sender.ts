/**
 * Files that the customer has chosen: uploaded one after another, so that no limit of the node is met, and then
 * named in the next message. What becomes of an upload is told on the socket, so without a line it begins anew.
 */
import {
  type Announced,
  announceFile,
  type Frame,
  fileContent,
  forgetFile,
  inspected,
  type Json,
  type Line,
} from '@countersign/transport';

/** As the messenger configuration says. */
export interface FileLimits {
  fileTypes: readonly string[];
  maxFileSizeKB: number;
}

export type FileFault = 'type' | 'size' | 'empty' | 'name' | 'content' | 'many' | 'lost';

export type ChosenState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'uploading'; readonly percent: number }
  /** The node looks into it. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'ready'; readonly id: string }
  | { readonly kind: 'failed'; readonly fault: FileFault };

export interface Chosen {
  readonly key: string;
  readonly file: File;
  readonly state: ChosenState;
}

type Address = Extract<Announced, { kind: 'address' }>;

export interface FileSenderContext {
  line: Line;
  limits: FileLimits;
  /** Rejects when it did not get through; ends when the signal says so. */
  put(
    file: File,
    address: Address,
    onPercent: (percent: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
  after(ms: number, run: () => void): void;
  changed(): void;
}

/** Of one message (Guest API). */
const MAX_FILES = 10;

/** Codes of the Guest API, section 10, as what the customer can do about them. */
const FAULTS: Partial<Record<number, FileFault>> = {
  4000: 'many',
  4001: 'type',
  4002: 'size',
  4003: 'content',
  4004: 'name',
  4005: 'name',
  4102: 'empty',
};

class Refused extends Error {
  readonly fault: FileFault;

  constructor(fault: FileFault) {
    super(fault);
    this.fault = fault;
  }
}

interface UnderWay {
  readonly key: string;
  readonly abort: AbortController;
  readonly told: PromiseWithResolvers<number | null>;
  id: string | null;
  /** The line is gone: it begins anew when there is one again. */
  isLost: boolean;
}

export class FileSender {
  /** Replaced, never changed in place. */
  chosen: readonly Chosen[] = [];
  #context: FileSenderContext;
  #isOpen = false;
  #underWay: UnderWay | null = null;
  #count = 0;

  constructor(context: FileSenderContext) {
    this.#context = context;
  }

  /** A message now would leave something behind. */
  get isBusy(): boolean {
    return this.chosen.some(({ state }) => !['ready', 'failed'].includes(state.kind));
  }

  get isReady(): boolean {
    return this.chosen.some(({ state }) => state.kind === 'ready');
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const fault = this.#faultOf(file);
      const state: ChosenState = fault ? { kind: 'failed', fault } : { kind: 'waiting' };
      this.#count += 1;
      this.chosen = [...this.chosen, { key: String(this.#count), file, state }];
    }
    this.#goOn();
  }

  /** Takes it back, whatever has become of it. */
  remove(key: string): void {
    const state = this.chosen.find((one) => one.key === key)?.state;
    if (state?.kind === 'ready') void forgetFile(this.#context.line, state.id);
    this.chosen = this.chosen.filter((one) => one.key !== key);
    if (this.#underWay?.key === key) this.#underWay.abort.abort();
    this.#context.changed();
  }

  retry(key: string): void {
    this.#mark(key, { kind: 'waiting' });
    this.#goOn();
  }

  /** What is ready, for a message that is sent now. */
  take(): readonly Json[] {
    const content = this.chosen.flatMap(({ file: { name, type, size }, state }) =>
      state.kind === 'ready' ? [fileContent({ id: state.id, name, type, size })] : [],
    );
    this.chosen = this.chosen.filter(({ state }) => state.kind !== 'ready');
    this.#context.changed();
    return content;
  }

  /** Another person, or another conversation: what is uploaded is no longer theirs to send. */
  forget(): void {
    this.chosen = [];
    this.#underWay?.abort.abort();
  }

  heard(frame: Frame): void {
    const told = inspected(frame);
    if (told && told.id === this.#underWay?.id) this.#underWay.told.resolve(told.code);
  }

  /** Whether there is a line to the node. */
  follow(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (isOpen) return this.#goOn();
    if (!this.#underWay) return;
    this.#underWay.isLost = true;
    this.#underWay.abort.abort();
  }

  #faultOf({ size, type }: File): FileFault | null {
    const { fileTypes, maxFileSizeKB } = this.#context.limits;
    const taken = this.chosen.filter(({ state }) => state.kind !== 'failed');
    if (taken.length >= MAX_FILES) return 'many';
    if (size === 0) return 'empty';
    if (size > maxFileSizeKB * 1024) return 'size';
    return type && !isAccepted(type, fileTypes) ? 'type' : null;
  }

  #goOn(): void {
    this.#context.changed();
    const next = this.chosen.find(({ state }) => state.kind === 'waiting');
    if (next && this.#isOpen && !this.#underWay) void this.#upload(next);
  }

  async #upload({ key, file }: Chosen): Promise<void> {
    const underWay: UnderWay = {
      key,
      abort: new AbortController(),
      told: Promise.withResolvers(),
      id: null,
      isLost: false,
    };
    this.#underWay = underWay;
    const state = await this.#outcome(file, underWay);
    this.#underWay = null;
    // A file that no message can name any more is not left behind
    if (state.kind !== 'ready' && underWay.id) void forgetFile(this.#context.line, underWay.id);
    this.#mark(key, state);
    this.#goOn();
  }

  async #outcome(file: File, underWay: UnderWay): Promise<ChosenState> {
    try {
      return { kind: 'ready', id: await this.#send(file, underWay) };
    } catch (error) {
      if (underWay.isLost) return { kind: 'waiting' };
      return { kind: 'failed', fault: error instanceof Refused ? error.fault : 'lost' };
    }
  }

  /** Answers the id under which a message can name it. */
  async #send(file: File, underWay: UnderWay): Promise<string> {
    const { abort, key, told } = underWay;
    const percentIs = (percent: number) => this.#mark(key, { kind: 'uploading', percent });
    percentIs(0);
    const address = await this.#announce(file, underWay);
    underWay.id = address.id;
    const put = this.#context.put(file, address, percentIs, abort.signal);
    await unlessAborted(abort.signal, put);
    this.#mark(key, { kind: 'checking' });
    const code = await unlessAborted(abort.signal, told.promise);
    if (code !== null) throw new Refused(FAULTS[code] ?? 'lost');
    return address.id;
  }

  async #announce(file: File, underWay: UnderWay): Promise<Address> {
    const { line, after } = this.#context;
    const { signal } = underWay.abort;
    const asked = announceFile(line, file);
    void asked.then((answer) => {
      if (signal.aborted && answer.kind === 'address') void forgetFile(line, answer.id);
    });
    const answer = await unlessAborted(signal, asked);
    if (answer.kind === 'address') return answer;
    if (answer.kind === 'refused') throw new Refused(FAULTS[answer.code] ?? 'lost');
    const later = new Promise<void>((resolve) => after(answer.seconds * 1000, resolve));
    await unlessAborted(signal, later);
    return this.#announce(file, underWay);
  }

  #mark(key: string, state: ChosenState): void {
    this.chosen = this.chosen.map((one) => (one.key === key ? { ...one, state } : one));
    this.#context.changed();
  }
}

/** As the node compares them. */
function isAccepted(type: string, accepted: readonly string[]): boolean {
  const [kind = ''] = type.split('/');
  return ['*/*', `${kind}/*`, type].some((one) => accepted.includes(one));
}

function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
    promise.then(resolve, reject);
  });
}
