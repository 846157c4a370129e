import { afterNextRender, Component, inject, signal } from '@angular/core';
import { MessengerService } from './messenger.service';
import * as site from './site';

@Component({
  selector: 'app-root',
  template: `
    <main>
      <h1>A shop</h1>
      <button type="button" (click)="messenger.open()">
        @if (messenger.state().signedInAs; as person) { Chat as {{ person }} } @else { Ask us }
        @if (messenger.state().unread; as count) { ({{ count }} new) }
      </button>
      @if (name()) {
        <button type="button" (click)="leave()">Sign out</button>
      } @else {
        <button type="button" (click)="enter()">Sign in as Ada</button>
      }
    </main>
  `,
})
export class App {
  readonly messenger = inject(MessengerService);
  readonly name = signal<string | null>(null);

  constructor() {
    afterNextRender(() => {
      this.messenger.show({
        nodeUrl: import.meta.env.VITE_CHAT_NODE_URL,
        deploymentId: import.meta.env.VITE_CHAT_DEPLOYMENT_ID,
        getToken: site.fetchToken,
      });
      void site.whoIsThere().then((name) => this.name.set(name));
    });
  }

  async enter(): Promise<void> {
    await site.signIn();
    this.name.set(await site.whoIsThere());
    await this.messenger.signIn();
  }

  /** First out of the chat, on every device and in every tab, then out of the site. */
  async leave(): Promise<void> {
    await this.messenger.signOut().catch(console.error);
    await site.signOut();
    this.name.set(null);
  }
}
