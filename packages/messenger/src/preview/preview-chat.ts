/** A chat that is not one: the panel's own view on sample entries. It connects to nothing and keeps nothing. */
import type { ChatMessage, Entry, Standing, State } from '@countersign/transport';
import { AroundChat } from '../panel/around-chat.tsx';
import { Chat } from '../panel/chat.ts';
import { textOn } from '../panel/contrast.ts';
import { en, loadStrings } from '../panel/strings.ts';
import { configOf, type Look } from './look.ts';
import { type Scene, sampleEntries } from './sample-entries.ts';

const CUSTOMER = 'Ada Ng';
const AGENT = 'Maria';

export class PreviewChat extends Chat {
  #scene: Scene = 'guest';
  #entries: Entry[] = [];
  #draft = '';
  #readOnly = false;

  constructor() {
    super('preview');
  }

  override get state(): State {
    return { kind: 'open', readOnly: this.#readOnly };
  }

  override get standing(): Standing {
    return { kind: 'current' };
  }

  override get entries(): readonly Entry[] {
    return this.#entries;
  }

  override get hasOlder(): boolean {
    return false;
  }

  override get personName(): string | null {
    return this.#scene === 'signed-in' && this.config?.authentication ? CUSTOMER : null;
  }

  override get draft(): string {
    return this.#draft;
  }

  override set draft(text: string) {
    this.#draft = text;
    this.onChange();
  }

  override send(text: string): void {
    const message: ChatMessage = {
      ...sampleMessage,
      key: `own-${this.#entries.length}`,
      id: `own-${this.#entries.length}`,
      at: new Date().toISOString(),
      text,
    };
    this.#entries = [...this.#entries, message];
    this.onChange();
  }

  override clear = (): void => this.#become([]);
  override newChat = (): void => this.#become([]);
  override close = (): void => {};
  override loadOlder = (): Promise<void> => Promise.resolve();
  override signOut = (): Promise<void> => Promise.resolve();
  override stepUp = (): Promise<void> => Promise.resolve();
  override jwt = (): Promise<string | null> => Promise.resolve(null);

  /** Draws a messenger configuration in one of its scenes. */
  async wear(look: Look, scene: Scene, language: string): Promise<void> {
    const config = configOf(look);
    this.config = config;
    this.strings = language.startsWith('en') ? en : await loadStrings(language.slice(0, 2));
    const root = document.documentElement;
    root.lang = language;
    root.style.setProperty('--primary', config.color);
    root.style.setProperty('--on-primary', textOn(config.color));
    this.#scene = scene;
    this.#readOnly = scene === 'ended' && look.conversations?.disconnect === 'ReadOnly';
    this.agentName = scene === 'survey' ? '' : AGENT;
    this.screen = { kind: 'chat' };
    this.around = new AroundChat(this);
    // What was tried before is of no interest
    this.around.forget();
    this.#become(sampleEntries(scene, language));
  }

  #become(entries: Entry[]): void {
    this.#entries = entries;
    this.onChange();
  }
}

const sampleMessage = {
  kind: 'message',
  direction: 'inbound',
  content: [],
  bot: false,
  authenticated: false,
  delivery: { kind: 'sent' },
} as const;
