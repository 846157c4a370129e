/** Below this width of the window the panel covers the whole page (the loader's style has the same). */
const FULL_SCREEN_PX = 600;

/** Keeps Tab within a panel that covers the page: what is behind it cannot be seen. */
export function keepFocus(event: KeyboardEvent): void {
  if (event.key !== 'Tab' || outerWidth > FULL_SCREEN_PX) return;
  const stops = [...document.querySelectorAll<HTMLElement>('button:enabled,a,textarea,[tabindex]')];
  const [first, last] = [stops[0], stops.at(-1)];
  const { activeElement } = document;
  const [edge, other] = event.shiftKey ? [first, last] : [last, first];
  if (activeElement !== edge && activeElement !== document.body) return;
  event.preventDefault();
  other?.focus();
}
