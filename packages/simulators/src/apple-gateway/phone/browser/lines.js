import { element } from './element.js';

/** One line of the conversation. `act` is called with what the person does in it. */
export function makeLine(line, act) {
  const who = line.side === 'agent' ? 'Agent' : 'You';
  const bubble = element(
    'div',
    { className: 'bubble' },
    ...(contents[line.kind] ?? unknown)(line, act),
  );
  const item = element('li', { className: `line ${line.side}`, attributes: { 'aria-label': who } });
  item.append(bubble);
  if (line.state === 'not-delivered')
    item.append(element('p', { className: 'note failed' }, 'Not delivered'));
  if (line.state === 'sending') item.append(element('p', { className: 'note' }, 'Sending…'));
  return item;
}

const contents = {
  text: ({ text, files }) => [text && element('p', {}, text), ...(files ?? []).map(makeFile)],
  'rich-link': ({ url, title, image }) => [
    image ? element('img', { src: image, alt: '' }) : undefined,
    /^https?:/.test(url)
      ? element('a', { href: url, target: '_blank', rel: 'noreferrer' }, title || url)
      : element('p', {}, title || url),
  ],
  'quick-reply': (line, act) => [
    title(line),
    line.outcome === undefined
      ? element(
          'div',
          {
            className: 'choices',
            attributes: { role: 'group', 'aria-label': line.summary || 'Quick reply' },
          },
          ...line.items.map((item) =>
            button(item.title, () => act('quick-reply', line, [item.identifier])),
          ),
        )
      : element('p', {}, line.summary || line.outcome),
  ],
  'list-picker': (line, act) => picker(line, 'Choose', act),
  'time-picker': (line, act) => picker(line, 'Choose a time', act),
  'sign-in': (line, act) => picker(line, 'Sign in', act),
};

const unknown = () => [
  element('p', { className: 'unsupported' }, 'This message cannot be shown on this device.'),
];

function picker(line, label, act) {
  if (line.outcome !== undefined) return [element('p', {}, line.outcome)];
  return [
    title(line),
    line.subtitle && element('p', { className: 'subtitle' }, line.subtitle),
    button(label, () => act(line.kind, line)),
  ];
}

const title = (line) => line.title && element('p', { className: 'title' }, line.title);

function button(label, onclick) {
  return element('button', { type: 'button', onclick }, label);
}

function makeFile({ name, url, isImage }) {
  return isImage
    ? element('img', { src: url, alt: name })
    : element('a', { href: url, download: name }, name);
}
