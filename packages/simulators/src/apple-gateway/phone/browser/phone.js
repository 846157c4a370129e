import { post } from './element.js';
import { makeLine } from './lines.js';
import { chooseAccount, chooseFromList, chooseTime } from './sheets.js';

const at = (id) => document.getElementById(id);
const [setup, composer, list, text, file] = ['setup', 'composer', 'lines', 'text', 'file'].map(at);
const shown = new Map();
let device = new URLSearchParams(location.search).get('device');
let events;
let people = [];
let isTyping = false;

function say(status) {
  at('status').textContent = status;
}

/** Tells the person when something did not work, instead of doing nothing. */
async function attempt(work) {
  try {
    await work();
  } catch (cause) {
    say(`That did not work: ${cause.message}`);
  }
}

async function startDevice() {
  const fields = Object.fromEntries(new FormData(setup));
  const answer = await post('devices', null, fields);
  device = answer.device;
  history.replaceState(null, '', `?device=${device}`);
  say('A new customer has the phone.');
  follow();
}

function follow() {
  events?.close();
  shown.clear();
  list.replaceChildren();
  isTyping = false;
  events = new EventSource(`/phone/events?device=${encodeURIComponent(device)}`);
  events.onmessage = ({ data }) => show(JSON.parse(data));
  events.onerror = () => say('The simulator does not answer.');
  events.onopen = () => say('');
}

function show(view) {
  people = view.people;
  at('name').textContent = view.name;
  at('profile').textContent = view.profile;
  at('typing').hidden = !view.isAgentTyping;
  if (view.isClosed) say('The conversation is deleted. Write again to open it.');
  const keys = new Set(view.lines.map(({ key }) => key));
  for (const [key, { item }] of shown) {
    if (keys.has(key)) continue;
    item.remove();
    shown.delete(key);
  }
  for (const line of view.lines) showLine(line);
}

/** Only what changed is made anew, so that nobody loses their place. */
function showLine(line) {
  const content = JSON.stringify(line);
  const before = shown.get(line.key);
  if (before?.content === content) return;
  const item = makeLine(line, act);
  if (before) before.item.replaceWith(item);
  else list.append(item);
  shown.set(line.key, { item, content });
  item.scrollIntoView({ block: 'nearest' });
}

const act = (kind, line, choices) =>
  attempt(async () => {
    if (kind === 'sign-in') return signIn(line);
    const chosen =
      choices ?? (kind === 'list-picker' ? await chooseFromList(line) : await chooseTime(line));
    if (chosen?.length) await post(kind, device, { message: line.id, choices: chosen });
  });

async function signIn(line) {
  const answer = await chooseAccount(line, people);
  if (!answer) return;
  say('Signing in…');
  const { status, page } = await post('sign-in', device, { message: line.id, ...answer });
  const where = page?.url ?? 'the provider';
  const end =
    page?.status === 0 ? `${where} cannot be reached.` : `The sign-in ended on a page of ${where}.`;
  say(texts[status] ?? end);
}

const texts = {
  authenticated: 'Signed in.',
  success: 'Signed in.',
  cancel: 'The sign-in was cancelled.',
  failed: 'The sign-in failed.',
  failure: 'The sign-in failed.',
  unknown: 'The sign-in failed.',
};

function tellTyping(isNow) {
  if (isNow === isTyping) return;
  isTyping = isNow;
  void attempt(() => post('typing', device, { isTyping }));
}

setup.addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt(startDevice);
});
composer.addEventListener('submit', (event) => {
  event.preventDefault();
  const message = text.value;
  text.value = '';
  isTyping = false;
  say('');
  void attempt(() => post('say', device, { text: message }));
});
text.addEventListener('input', () => tellTyping(text.value !== ''));
text.addEventListener('blur', () => tellTyping(false));
file.addEventListener('change', () => {
  const [chosen] = file.files;
  file.value = '';
  if (!chosen) return;
  const query = { name: chosen.name, type: chosen.type };
  void attempt(() => post('attach', device, chosen, query));
});
at('close').addEventListener('click', () => void attempt(() => post('close', device, {})));

if (device) follow();
else void attempt(startDevice);
