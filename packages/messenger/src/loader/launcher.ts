/** The round button and the frame beside it, in a shadow root: the site's styles cannot reach them. */

/** Drawn with CSS alone: a strict policy of the site needs to allow neither images nor inline styles. */
const STYLE = `button,iframe{position:fixed;z-index:9999999;right:20px;bottom:90px;width:400px;height:min(700px,100dvh - 110px);border:0;border-radius:16px;box-shadow:0 4px 16px #0004}\
button{bottom:calc(20px + env(safe-area-inset-bottom));width:58px;height:58px;border-radius:50%;background:var(--c,#17426b)}\
button:before{content:"";position:absolute;inset:15px;background:var(--o,#fff);clip-path:path("M2 3h24v16H13l-6 6v-6H2z")}\
[aria-expanded=true]:before{clip-path:path("M4 9h20L14 20z")}\
[data-unread]:after{content:attr(data-unread);position:absolute;right:0;top:0;padding:0 8px;border-radius:16px;background:#a3261b;color:#fff}\
@media(width<601px){iframe{inset:0;width:100%;height:100%;border-radius:0}}\
@media print{:host{display:none}}`;

export interface Launcher {
  readonly frame: HTMLIFrameElement;
  /** Loads the panel; nothing happens when it is there. */
  load(): void;
  toggle(open: boolean): void;
  unread(count: number): void;
  look(color: string, on: string): void;
}

export function createLauncher(src: string, onToggle: (open: boolean) => void): Launcher {
  const host = document.createElement('countersign-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  const frame = document.createElement('iframe');
  frame.title = 'Chat';
  root.append(button);
  let open = false;

  const unread = (count: number) => {
    button.ariaExpanded = `${open}`;
    button.ariaLabel = `${open ? 'Close' : 'Open'} chat${count ? `, ${count} unread` : ''}`;
    if (count) button.dataset.unread = `${count > 99 ? '99+' : count}`;
    else delete button.dataset.unread;
    frame.hidden = !open;
  };
  const load = () => {
    if (frame.src) return;
    frame.src = src;
    root.append(frame);
  };
  const toggle = (next: boolean) => {
    if (open === next) return;
    open = next;
    if (open) load();
    unread(0);
    (open ? frame : button).focus();
    onToggle(open);
  };
  button.onclick = () => toggle(!open);
  unread(0);
  // Not in the body: a script further up may hold the parser before there is one
  document.documentElement.append(host);
  return {
    frame,
    load,
    toggle,
    unread,
    look(color, on) {
      host.style.cssText = `--c:${color};--o:${on}`;
    },
  };
}
