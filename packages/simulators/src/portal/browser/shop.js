// What every page of the shop does: the note, the cart, and leaving the chat with the shop.

const YEAR_SECONDS = 365 * 24 * 60 * 60;
/** How long the chat may take to sign out before the shop goes on without it. */
const SIGN_OUT_MS = 2000;

for (const button of document.querySelectorAll('[data-dismiss]')) {
  button.addEventListener('click', () => {
    const [, kept = ''] = /(?:^|; )fjell_notes=([\w.]*)/.exec(document.cookie) ?? [];
    const names = [...new Set([...kept.split('.'), button.dataset.dismiss])].filter(Boolean);
    // biome-ignore lint/suspicious/noDocumentCookie: the server leaves dismissed notes out, so it has to see them
    document.cookie = `fjell_notes=${names.join('.')}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
    button.closest('.note').remove();
  });
}

for (const form of document.querySelectorAll('form.buy')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = new URLSearchParams({ add: event.submitter.value });
    const answer = await fetch('/cart', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body,
    });
    if (!answer.ok) return form.submit();
    const { label } = await answer.json();
    document.getElementById('cart-value').textContent = label;
    say(`${form.closest('.product').querySelector('h3').textContent} is in your cart.`);
  });
}

let hiding;
function say(text) {
  const toast = document.getElementById('toast');
  toast.textContent = text;
  toast.classList.add('shown');
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove('shown'), 3000);
}

// Forms after which the chat has to be told anew who is there: its sign-in ends first
for (const form of document.querySelectorAll('form[data-leaves-chat]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    event.submitter?.setAttribute('aria-busy', 'true');
    await signOutOfChat();
    form.submit();
  });
}

/** Ends the chat's sign-in, if the messenger is there and answers in time. */
function signOutOfChat() {
  return new Promise((resolve) => {
    setTimeout(resolve, SIGN_OUT_MS);
    window.Countersign?.('command', 'Auth.logout', {}, resolve, resolve);
  });
}
