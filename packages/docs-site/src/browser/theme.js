// Before the page is drawn, so that it does not change its colours in front of the reader.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem('countersign-docs-theme');
  } catch {}
  const isDark =
    kept === null ? matchMedia('(prefers-color-scheme: dark)').matches : kept === 'dark';
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
