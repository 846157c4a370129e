// The function that the authentication setting names: called whenever the chat needs to know who is there.
window.auth = {
  getAuthenticationToken(callback) {
    fetch('/chat-token', { method: 'POST' })
      .then((answer) => (answer.ok ? answer.text() : null))
      .then(callback, () => callback(null));
  },
};

// The snippet.
((w, n, u, o) => {
  w._countersign = n;
  w[n] =
    w[n] ||
    function () {
      (w[n].q = w[n].q || []).push(arguments);
    };
  w[n].t = Date.now();
  w[n].c = o;
  var s = document.createElement('script');
  s.async = true;
  s.src = u;
  s.crossOrigin = 'anonymous';
  if (o.integrity) s.integrity = o.integrity;
  document.head.appendChild(s);
})(window, 'Countersign', 'CHAT_NODE_URL/messenger/loader.js', {
  deploymentId: 'CHAT_DEPLOYMENT_ID',
});

// Signing out: first of the chat, on every device and in every tab, then of the site.
document.addEventListener('submit', (event) => {
  if (event.target.id !== 'sign-out') return;
  event.preventDefault();
  const goOn = () => event.target.submit();
  Countersign('command', 'Auth.logout', {}, goOn, goOn);
});
