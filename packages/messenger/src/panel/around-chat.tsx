/**
 * What stands around the conversation: the survey before it, the hours while nobody is there, the place in the
 * queue, files, the rating after it. Loaded where a deployment asks for it, else with the first message.
 */

import type { ChatMessage } from '@countersign/transport';
import { filesOf } from '@countersign/transport';
import type { Child } from '../view/view.ts';
import css from './around-chat.css?inline';
import { type AroundStrings, aroundStrings } from './around-strings.ts';
import type { Chat } from './chat.ts';
import type { Around } from './config.ts';
import { FileAddresses } from './file-addresses.ts';
import { FileDesk } from './file-desk.tsx';
import type { FileSender } from './file-sender.ts';
import { SentFiles } from './files.tsx';
import { fill } from './fill.ts';
import { KeptAnswers } from './kept-answers.ts';
import { Rating, type RatingState } from './rating.tsx';
import { answersOf, Survey, trimmed } from './survey.tsx';
import { isUnanswered, WaitReader } from './wait.ts';

/** Of all answers with their names, in UTF-8 (Guest API, error 4013). */
const MAX_ANSWER_BYTES = 2000;

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

export class AroundChat {
  readonly strings: AroundStrings;
  readonly #language = document.documentElement.lang;
  readonly #chat: Chat;
  readonly #around: Around;
  readonly #desk: FileDesk | null;
  readonly #addresses: FileAddresses;
  readonly #answers: KeptAnswers;
  #faults = new Map<string, string>();
  #rating: RatingState = { kind: 'asked', score: 0 };
  readonly #wait: WaitReader;

  constructor(chat: Chat) {
    const { config, transport } = chat;
    const changed = () => chat.onChange();
    this.#chat = chat;
    this.#around = config?.around ?? {};
    this.strings = aroundStrings(this.#language);
    this.#answers = new KeptAnswers(transport);
    if (this.#answers.isGiven) chat.attributes = this.#answers.answers;
    this.#wait = new WaitReader(chat.jwt, changed);
    this.#addresses = new FileAddresses(transport, Date.now, changed);
    this.#desk = config?.files
      ? new FileDesk(chat, config.files, this.strings, () => this.before() === null)
      : null;
    document.adoptedStyleSheets = [sheet];
  }

  /** Undefined where customers send no files. */
  get files(): FileSender | undefined {
    return this.#desk?.sender;
  }

  /** In place of the conversation, until it has begun. */
  before(): Child {
    const { survey } = this.#around;
    const { entries, hasOlder, state } = this.#chat;
    // They ride on what was said
    if (entries.length > 0) this.#answers.forget();
    const begun = entries.length > 0 || hasOlder || state.kind !== 'open';
    if (!survey || begun || this.#answers.isGiven) return null;
    return (
      <Survey
        questions={survey}
        strings={this.strings}
        faults={this.#faults}
        answers={this.#answers.answers}
        onInput={(form) => this.#answers.write(answersOf(form), false)}
        onSubmit={(form) => this.#submit(form)}
      />
    );
  }

  /** Below the conversation: how long to wait, once it has ended how it was, and the files to send. */
  after(): Child {
    const { rating } = this.#around;
    const { entries, state } = this.#chat;
    const last = entries.at(-1);
    const ended = last?.kind === 'notice' && last.presence === 'Disconnect';
    this.#wait.follow(state.kind === 'open' && isUnanswered(entries));
    return (
      <>
        {this.#place()}
        {rating && ended && (
          <Rating
            text={rating.text ?? this.strings.rate}
            strings={this.strings}
            state={this.#rating}
            onChange={(state) => this.#rate(state)}
            onSend={(score, comment) => void this.#send(score, comment)}
          />
        )}
        {this.#desk?.chosen()}
      </>
    );
  }

  /** Beside the field in which the customer writes. */
  attach(): Child {
    return this.#desk?.button();
  }

  /** The files of a message. */
  sent(message: ChatMessage): Child {
    return (
      <SentFiles
        files={filesOf(message)}
        addresses={this.#addresses}
        strings={this.strings}
        language={this.#language}
      />
    );
  }

  /** There from the beginning, so that what comes into it is announced. */
  #place(): Child {
    const { wait } = this.#wait;
    const minutes = wait?.estimatedSeconds && String(Math.ceil(wait.estimatedSeconds / 60));
    return (
      <div role="status">
        {wait && (
          <p class="strip">
            {fill(this.strings.place, String(wait.position))}{' '}
            {minutes && fill(this.strings.minutes, minutes)}
          </p>
        )}
      </div>
    );
  }

  /** In place of the greeting while nobody is there. */
  hello(): string | null {
    const { closed } = this.#around;
    if (!closed) return null;
    if (!closed.opensAt) return this.strings.closed;
    const options = {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
    } as const;
    const when = new Date(closed.opensAt).toLocaleString(this.#language, options);
    return fill(this.strings.opens, when);
  }

  /** Another person, or a new conversation. */
  forget(): void {
    this.#wait.stop();
    this.files?.forget();
    this.#answers.forget();
    this.#faults.clear();
    this.#rating = { kind: 'asked', score: 0 };
  }

  #submit(form: HTMLFormElement): void {
    const { survey = [] } = this.#around;
    const answers = trimmed(answersOf(form));
    this.#faults.clear();
    for (const { name, required, type } of survey) {
      if (required && !answers[name])
        this.#faults.set(name, this.strings[type === 'consent' ? 'consent' : 'missing']);
    }
    const [first] = survey;
    if (first && new TextEncoder().encode(JSON.stringify(answers)).length > MAX_ANSWER_BYTES)
      this.#faults.set(first.name, this.strings.long);
    const [faulty] = this.#faults.keys();
    if (faulty === undefined) {
      this.#answers.write(answers, true);
      this.#chat.attributes = { ...this.#chat.attributes, ...answers };
      this.#chat.onChange();
      document.querySelector('textarea')?.focus();
    } else {
      this.#chat.onChange();
      const field = form.elements.namedItem(faulty);
      if (field instanceof HTMLElement) field.focus();
    }
  }

  #rate(state: RatingState): void {
    this.#rating = state;
    this.#chat.onChange();
  }

  async #send(score: number, comment: string): Promise<void> {
    this.#rate({ kind: 'sending', score });
    const response = await fetch('/api/v2/webmessaging/rating', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `bearer ${await this.#chat.jwt()}`,
      },
      body: JSON.stringify({ score, comment }),
    }).catch(() => null);
    // 409: it has been rated, here or in another tab
    const sent = response !== null && (response.ok || response.status === 409);
    this.#rate(sent ? { kind: 'sent' } : { kind: 'failed', score });
  }
}
