import { draw } from '../view/draw.ts';
import { App } from './app.tsx';
import { Chat } from './chat.ts';
import { stayAtEnd } from './conversation.tsx';
import { keepFocus } from './keep-focus.ts';

const deploymentId = location.pathname.split('/').filter(Boolean).at(-1) ?? '';
const chat = new Chat(deploymentId);
chat.onChange = () => {
  draw(document.body, <App chat={chat} />);
  stayAtEnd();
};
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') chat.close();
  else keepFocus(event);
});
chat.onChange();
void chat.start();
