/**
 * Answers of the survey while no message has carried them: kept with what else the customer is writing, so that
 * a page load loses none, and wiped with it.
 */
export interface Answers {
  readonly answers: Readonly<Record<string, string>>;
  /** All that had to be answered was. */
  readonly isGiven: boolean;
}

export interface AnswerStore {
  kept(key: 'answers'): string;
  keep(key: 'answers', text: string): void;
}

const NONE: Answers = { answers: {}, isGiven: false };

export class KeptAnswers {
  #store: AnswerStore;
  #now: Answers;

  constructor(store: AnswerStore) {
    this.#store = store;
    this.#now = read(store.kept('answers'));
  }

  get answers(): Answers['answers'] {
    return this.#now.answers;
  }

  get isGiven(): boolean {
    return this.#now.isGiven;
  }

  write(answers: Answers['answers'], isGiven: boolean): void {
    this.#now = { answers, isGiven };
    this.#store.keep('answers', JSON.stringify(this.#now));
  }

  /** They are on their way, or their writer has left. Whose store is empty is not written to. */
  forget(): void {
    this.#now = NONE;
    if (this.#store.kept('answers')) this.#store.keep('answers', '');
  }
}

/** Storage is the customer's to change. */
function read(text: string): Answers {
  try {
    const { answers, isGiven } = JSON.parse(text);
    const pairs = Object.entries(answers ?? {}).map(([name, value]) => [name, String(value)]);
    return { answers: Object.fromEntries(pairs), isGiven: isGiven === true };
  } catch {
    return NONE;
  }
}
