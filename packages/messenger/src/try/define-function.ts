/** Puts a function under its dotted global name, as a site does with `auth.getAuthenticationToken`. */
export function defineFunction(name: string, run: (answer: (token: string) => void) => void): void {
  const parts = name.split('.');
  const last = parts.pop() ?? '';
  let owner: object = window;
  for (const part of parts) {
    const found: unknown = Reflect.get(owner, part);
    const next = typeof found === 'object' && found !== null ? found : {};
    if (next !== found) Reflect.set(owner, part, next);
    owner = next;
  }
  Reflect.set(owner, last, run);
}
