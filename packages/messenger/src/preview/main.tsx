/**
 * The panel as an administrator sees it beside the form of a messenger: drawn from what the console sends,
 * which is on this very origin; nobody else is heard.
 */
import { App } from '../panel/app.tsx';
import { stayAtEnd } from '../panel/conversation.tsx';
import { draw } from '../view/draw.ts';
import type { Look } from './look.ts';
import { PreviewChat } from './preview-chat.ts';
import { scenes } from './sample-entries.ts';

interface Sent {
  object: Look;
  scene: string;
  language: string;
}

const chat = new PreviewChat();
chat.onChange = () => {
  draw(document.body, <App chat={chat} />);
  stayAtEnd();
};

addEventListener('message', ({ origin, source, data }: MessageEvent<Sent>) => {
  if (origin !== location.origin || source !== parent) return;
  const scene = scenes.find((known) => known === data.scene) ?? 'guest';
  void chat.wear(data.object, scene, data.language);
});
chat.onChange();
parent.postMessage('ready', location.origin);
