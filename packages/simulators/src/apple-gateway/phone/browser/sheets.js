import { element } from './element.js';

const sheet = document.getElementById('sheet');

/** A sheet over the phone. Resolves with what was chosen; undefined when it was put away. */
function ask(title, content, buttons) {
  const { promise, resolve } = Promise.withResolvers();
  let answer;
  const form = element(
    'form',
    { method: 'dialog' },
    element('h2', { id: 'sheet-title' }, title),
    ...content,
    element('div', { className: 'actions' }, ...buttons),
  );
  form.addEventListener('submit', (event) => {
    answer = { pressed: event.submitter?.value ?? 'yes', fields: new FormData(form) };
  });
  sheet.replaceChildren(form);
  sheet.addEventListener('close', () => resolve(answer?.pressed === 'later' ? undefined : answer), {
    once: true,
  });
  sheet.showModal();
  return promise;
}

const submit = (label, value) => element('button', { type: 'submit', value }, label);
const later = () =>
  element('button', { type: 'submit', value: 'later', formNoValidate: true }, 'Not now');

export async function chooseFromList({ title, sections }) {
  const content = sections.map((section, index) =>
    element(
      'fieldset',
      {},
      element('legend', {}, section.title || title),
      ...section.items.map((item) =>
        choice(section.isMultiple ? 'checkbox' : 'radio', `section-${index}`, item),
      ),
    ),
  );
  const answer = await ask(title, content, [submit('Send choice', 'yes'), later()]);
  return answer && [...answer.fields.values()].map(String);
}

export async function chooseTime({ title, slots, timezoneOffset }) {
  const coming = slots.filter(({ startTime }) => Date.parse(startTime) > Date.now());
  const items = coming.map(({ identifier, startTime, durationSeconds }) => ({
    identifier,
    title: timeText(startTime, timezoneOffset),
    subtitle: `${Math.round(durationSeconds / 60)} minutes`,
  }));
  const content = [
    element(
      'fieldset',
      {},
      element('legend', {}, 'Times'),
      ...items.map((item) => choice('radio', 'slot', item)),
    ),
  ];
  const answer = await ask(title, content, [submit('Send choice', 'yes'), later()]);
  return answer && [...answer.fields.values()].map(String);
}

/** With an offset (minutes) everybody sees that zone, else the device's own. */
function timeText(startTime, timezoneOffset) {
  const style = { dateStyle: 'full', timeStyle: 'short' };
  const time = Date.parse(startTime);
  if (typeof timezoneOffset !== 'number')
    return new Intl.DateTimeFormat(undefined, style).format(time);
  const zone = { ...style, timeZone: 'UTC' };
  return new Intl.DateTimeFormat(undefined, zone).format(time + timezoneOffset * 60_000);
}

/** The person's part of the provider's page; the simulator goes through the page itself. */
export async function chooseAccount({ host, link }, people) {
  const content = [
    element('p', {}, `${host} asks who you are.`),
    element(
      'fieldset',
      {},
      element('legend', {}, 'Account'),
      ...people.map((person, index) =>
        choice(
          'radio',
          'person',
          {
            identifier: person.id,
            title: `${person.givenName} ${person.familyName}`,
            subtitle: person.email,
          },
          index === 0,
        ),
      ),
    ),
    // What somebody who wants to be taken for another would pass on
    link &&
      element(
        'p',
        { className: 'note' },
        element('a', { href: link, target: '_blank', rel: 'noreferrer' }, 'Link to this sign-in'),
        ', to open in another browser',
      ),
  ].filter(Boolean);
  const cancel = element(
    'button',
    { type: 'submit', value: 'cancel', formNoValidate: true },
    'Cancel at the provider',
  );
  const answer = await ask('Sign in', content, [submit('Continue', 'yes'), cancel, later()]);
  return (
    answer && { person: answer.fields.get('person'), isCancelled: answer.pressed === 'cancel' }
  );
}

function choice(type, name, { identifier, title, subtitle }, checked = false) {
  return element(
    'label',
    { className: 'choice' },
    element('input', { type, name, value: identifier, checked, required: type === 'radio' }),
    element('span', {}, title, subtitle ? element('small', {}, ` ${subtitle}`) : ''),
  );
}
