// The site's side of the site-signed token: the client function that the messenger calls by its name.

window.auth = {
  /** Calls back with a token about the signed-in customer, or with null. */
  getAuthenticationToken(callback) {
    token().then(callback, () => callback(null));
  },
};

async function token() {
  const answer = await fetch('/_services/auth/token', { method: 'POST' });
  return answer.ok ? answer.text() : null;
}
