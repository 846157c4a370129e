/** The round button and the frame beside it, in a shadow root: the site's styles cannot reach them. */

const STYLE = `:host{all:initial}
button{all:unset;box-sizing:border-box;position:fixed;z-index:2147483646;right:max(20px,env(safe-area-inset-right));bottom:max(20px,env(safe-area-inset-bottom));width:58px;height:58px;border-radius:50%;background:var(--c,#17426b);color:var(--o,#fff);cursor:pointer;display:grid;place-items:center;box-shadow:0 4px 16px #0004}
button:focus-visible{outline:3px solid var(--c,#17426b);outline-offset:3px}
svg{width:28px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-4px;right:-4px;min-width:22px;padding:0 5px;box-sizing:border-box;border-radius:11px;background:#a3261b;color:#fff;font:600 13px/22px system-ui;text-align:center}
[hidden]{display:none!important}
iframe{position:fixed;z-index:2147483647;border:0;right:20px;bottom:90px;width:400px;height:min(700px,calc(100dvh - 110px));border-radius:16px;box-shadow:0 8px 40px #0005;color-scheme:normal}
:host(.l) button,:host(.l) iframe{right:auto;left:20px}
@media(max-width:600px){iframe{inset:0;width:100%;height:100%;border-radius:0}}
@media print{button,iframe{display:none}}`;
const BUBBLE = 'M4 5h16v11h-8l-5 4v-4H4z';
const DOWN = 'M6 9l6 6 6-6';

export interface Launcher {
  /** Loads the panel; nothing happens when it is there. */
  load(): void;
  readonly frame: HTMLIFrameElement;
  isOpen(): boolean;
  toggle(open: boolean): void;
  unread(count: number): void;
  look(color: string, on: string): void;
  visible(on: boolean): void;
}

export function createLauncher(src: string, onToggle: (open: boolean) => void): Launcher {
  const host = document.createElement('countersign-messenger');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.type = 'button';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.append(path);
  const badge = document.createElement('b');
  button.append(svg, badge);
  root.append(button);
  const frame = document.createElement('iframe');
  frame.title = 'Chat';
  frame.allow = 'clipboard-write';
  let open = false;
  let count = 0;

  const draw = () => {
    button.ariaExpanded = `${open}`;
    button.ariaLabel = `${open ? 'Close' : 'Open'} chat${count ? `, ${count} unread` : ''}`;
    path.setAttribute('d', open ? DOWN : BUBBLE);
    badge.hidden = !count;
    badge.textContent = count > 99 ? '99+' : `${count}`;
    frame.hidden = !open;
  };
  const toggle = (next: boolean) => {
    if (open === next) return;
    open = next;
    if (open) count = 0;
    if (open && !frame.isConnected) launcher.load();
    draw();
    if (open) frame.focus();
    else button.focus();
    onToggle(open);
  };
  const launcher = {
    frame,
    isOpen: () => open,
    toggle,
    load() {
      if (frame.isConnected) return;
      frame.src = src;
      root.append(frame);
    },
    unread(next: number) {
      count = next;
      draw();
    },
    look(color: string, on: string) {
      host.style.setProperty('--c', color);
      host.style.setProperty('--o', on);
    },
    visible(on: boolean) {
      button.hidden = !on;
    },
  };
  button.onclick = () => toggle(!open);
  draw();
  document.body.append(host);
  return launcher;
}
