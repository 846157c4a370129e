/** How files come into the panel: chosen, pasted, or dropped onto it. */
import type { Child } from '../view/view.ts';
import type { AroundStrings } from './around-strings.ts';
import type { Chat } from './chat.ts';
import { type FileLimits, FileSender } from './file-sender.ts';
import { AttachButton, ChosenFiles } from './files.tsx';
import { putFile } from './put-file.ts';

export class FileDesk {
  readonly sender: FileSender;
  readonly #chat: Chat;
  readonly #limits: FileLimits;
  readonly #strings: AroundStrings;
  readonly #language = document.documentElement.lang;
  /** The conversation is shown, not what comes before it. */
  readonly #isChat: () => boolean;
  readonly #input = document.createElement('input');
  #isDragged = false;

  constructor(chat: Chat, limits: FileLimits, strings: AroundStrings, isChat: () => boolean) {
    this.#chat = chat;
    this.#limits = limits;
    this.#strings = strings;
    this.#isChat = isChat;
    const { transport } = chat;
    this.sender = new FileSender({
      line: transport,
      limits,
      put: putFile,
      after: (ms, run) => void setTimeout(run, ms),
      changed: () => chat.onChange(),
    });
    transport.on('other', (frame) => this.sender.heard(frame));
    transport.on('state', ({ kind }) => {
      // Another session would not know the files of this one
      if (kind === 'closed') this.sender.forget();
      this.sender.follow(kind === 'open');
    });
    this.sender.follow(chat.state.kind === 'open');
    this.#listen();
  }

  button(): Child {
    return (
      <AttachButton
        strings={this.#strings}
        limits={this.#limits}
        language={this.#language}
        disabled={!this.#isOpen}
        onClick={() => this.#input.click()}
      />
    );
  }

  chosen(): Child {
    return (
      <>
        <ChosenFiles
          sender={this.sender}
          strings={this.#strings}
          limits={this.#limits}
          language={this.#language}
          onGone={focusField}
        />
        {this.#isDragged && <p class="strip anonymous">{this.#strings.drop}</p>}
      </>
    );
  }

  get #isOpen(): boolean {
    const { screen, state } = this.#chat;
    return screen.kind === 'chat' && state.kind === 'open' && !state.readOnly && this.#isChat();
  }

  #listen(): void {
    Object.assign(this.#input, {
      type: 'file',
      multiple: true,
      accept: this.#limits.fileTypes.join(),
    });
    this.#input.addEventListener('change', () => {
      this.#add(this.#input.files);
      // The same file again is a change too
      this.#input.value = '';
    });
    addEventListener('paste', (event) => {
      const files = event.clipboardData?.files;
      if (files?.length && this.#add(files)) event.preventDefault();
    });
    addEventListener('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Else the browser would open the file in place of the chat
      event.preventDefault();
      this.#drag(this.#isOpen);
    });
    addEventListener('dragleave', ({ relatedTarget }) => relatedTarget ?? this.#drag(false));
    addEventListener('drop', (event) => {
      event.preventDefault();
      this.#drag(false);
      this.#add(event.dataTransfer?.files);
    });
  }

  #add(files: FileList | null | undefined): boolean {
    if (!files || !this.#isOpen) return false;
    this.sender.add(files);
    focusField();
    return true;
  }

  #drag(isDragged: boolean): void {
    if (this.#isDragged === isDragged) return;
    this.#isDragged = isDragged;
    this.#chat.onChange();
  }
}

function focusField(): void {
  document.querySelector('textarea')?.focus();
}
