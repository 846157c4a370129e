// The site's side of OpenID Connect: gives the messenger a fresh authorization code whenever it asks.

const FRAME_MS = 8000;
/** Remembers, over the redirect, that the chat asked for the sign-in. */
const ASKED_KEY = 'fjell:chat-sign-in';
const isSignedIn = document.body.dataset.signedIn === 'yes';

window.Countersign('registerPlugin', 'AuthProvider', (plugin) => {
  plugin.registerCommand('getAuthCode', ({ resolve, reject }) => {
    freshCode().then(resolve, reject);
  });

  // Without a word to the customer if the provider still knows them; else by its sign-in page
  plugin.registerCommand('reAuthenticate', ({ data, resolve }) => {
    const code = data?.forceUpdate ? Promise.reject(new Error('forced')) : freshCode();
    code.then(resolve, () => signIn('/account/sign-in?again=yes'));
  });

  plugin.registerCommand('signIn', ({ resolve }) => {
    freshCode().then(resolve, () => signIn('/account/sign-in'));
  });

  plugin.ready();
  tellOutcome(plugin);
});

function signIn(path) {
  sessionStorage.setItem(ASKED_KEY, 'yes');
  location.assign(path);
}

/** After the redirect of a sign-in that the chat had asked for (Guest API §14.4). */
function tellOutcome(plugin) {
  if (sessionStorage.getItem(ASKED_KEY) === null) return;
  sessionStorage.removeItem(ASKED_KEY);
  freshCode().then(
    (code) => plugin.publish('signedIn', code),
    (error) => plugin.publish('signInFailed', { message: error.message }),
  );
}

/** What `getAuthCode` resolves with. Each code is of a request of its own: codes work once. */
async function freshCode() {
  if (!isSignedIn) throw new Error('sign in first');
  const answer = await fetch('/account/chat-request', { method: 'POST' });
  if (!answer.ok) throw new Error('sign in first');
  const { url, state, nonce, codeVerifier, redirectUri } = await answer.json();
  const response = await authorize(url, state);
  if (!response.code) throw new Error('sign in first');
  return { authCode: response.code, iss: response.iss, redirectUri, nonce, codeVerifier };
}

/** Lets the provider answer into a hidden frame; its answer carries the `state` of this request. */
function authorize(url, state) {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'Signing in to the chat';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(reject, new Error('no answer from the sign-in')), FRAME_MS);
    const receive = (event) => {
      const isOurs = event.source === frame.contentWindow && event.origin === location.origin;
      if (isOurs && event.data?.state === state) end(resolve, event.data);
    };
    const end = (settle, value) => {
      clearTimeout(timer);
      removeEventListener('message', receive);
      frame.remove();
      settle(value);
    };
    addEventListener('message', receive);
    frame.src = url;
    document.body.append(frame);
  });
}
