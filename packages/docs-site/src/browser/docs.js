// Search, and the choice of light or dark.
import MiniSearch from './minisearch.js';

const MOST = 12;
const root = document.documentElement;
const theme = document.getElementById('theme');
const field = document.getElementById('search');
const found = document.getElementById('found');
const count = document.getElementById('count');

const nameOther = () => {
  theme.textContent = root.dataset.theme === 'dark' ? 'Light' : 'Dark';
};
nameOther();
theme.addEventListener('click', () => {
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  nameOther();
  try {
    localStorage.setItem('countersign-docs-theme', root.dataset.theme);
  } catch {}
});

// On a narrow screen the text comes first
if (matchMedia('(max-width: 800px)').matches) document.querySelector('nav details').open = false;

let index = null;
/** Loaded when somebody looks for something. */
const load = () => {
  index ??= fetch('/docs/search.json')
    .then((answer) => answer.text())
    .then((text) =>
      MiniSearch.loadJSON(text, {
        fields: ['title', 'heading', 'text'],
        storeFields: ['title', 'heading', 'href'],
      }),
    );
  return index;
};
field.addEventListener('focus', load);
field.addEventListener('input', async () => {
  const search = await load();
  const words = field.value.trim();
  const options = {
    prefix: true,
    fuzzy: 0.15,
    boost: { title: 4, heading: 3 },
    combineWith: 'AND',
  };
  const results = words === '' ? [] : search.search(words, options);
  found.replaceChildren(...results.slice(0, MOST).map(itemOf));
  found.hidden = results.length === 0;
  count.textContent = words === '' ? '' : `${results.length} found`;
});
field.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') found.querySelector('a')?.focus();
  else if (event.key === 'Enter') found.querySelector('a')?.click();
  else if (event.key === 'Escape') found.hidden = true;
  else return;
  event.preventDefault();
});

function itemOf({ title, heading, href }) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = `/docs/${href}`;
  link.textContent = heading === title ? title : `${title}: ${heading}`;
  item.append(link);
  return item;
}
