import { Injectable, signal } from '@angular/core';
import { type MessengerOptions, messenger } from '@countersign/page-kit';

/** How the messenger stands, and what it can be told, in any component. */
@Injectable({ providedIn: 'root' })
export class MessengerService {
  readonly #state = signal(messenger.state);
  readonly state = this.#state.asReadonly();

  constructor() {
    messenger.subscribe(() => this.#state.set(messenger.state));
  }

  /** Only in a browser: with server rendering, in `afterNextRender`. */
  show(options: MessengerOptions): void {
    messenger.start(options);
  }

  open = () => messenger.open();
  signIn = () => messenger.signIn();
  signOut = () => messenger.signOut();
}
