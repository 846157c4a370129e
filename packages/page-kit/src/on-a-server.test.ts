// A framework that renders on a server imports and renders all of it there, without a window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { messenger } from './index.ts';
import { Messenger, useMessenger } from './react.ts';

function ChatLine() {
  const { isOpen, unread, signedInAs } = useMessenger();
  return createElement('p', null, `${isOpen} ${unread} ${signedInAs}`);
}

test('component and hook render where there is no page', () => {
  const props = { nodeUrl: 'https://chat.shop.example', deploymentId: 'd' };
  const page = createElement(
    'main',
    null,
    createElement(Messenger, props),
    createElement(ChatLine),
  );
  assert.equal(renderToString(page), '<main><p>false 0 null</p></main>');
  assert.equal(messenger.state.isReady, false);
});
