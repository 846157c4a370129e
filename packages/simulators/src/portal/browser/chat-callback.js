// In the hidden frame: hands the authorization response to the page around it, and to no other origin.
const query = new URLSearchParams(location.search);
const response = Object.fromEntries(
  ['code', 'iss', 'state', 'error'].map((name) => [name, query.get(name)]),
);
history.replaceState(null, '', location.pathname);
parent.postMessage(response, location.origin);
