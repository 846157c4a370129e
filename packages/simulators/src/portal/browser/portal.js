// The site's side of the site-signed token: the client function that the messenger calls by its name.

/** For testing: a site that takes its time. */
const TOKEN_DELAY_MS = Number(document.body.dataset.tokenDelayMs ?? 0);

window.auth = {
  /** Calls back with a token about the signed-in customer, or with null. */
  getAuthenticationToken(callback) {
    const answer = (value) => setTimeout(callback, TOKEN_DELAY_MS, value);
    token().then(answer, () => answer(null));
  },
};

async function token() {
  const answer = await fetch('/_services/auth/token', { method: 'POST' });
  return answer.ok ? answer.text() : null;
}
