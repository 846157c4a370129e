import { render } from 'preact';
import { App } from './app.tsx';
import { Chat } from './chat.ts';

const deploymentId = location.pathname.split('/').filter(Boolean).at(-1) ?? '';
const chat = new Chat(deploymentId);
render(<App chat={chat} />, document.body);
void chat.start();
