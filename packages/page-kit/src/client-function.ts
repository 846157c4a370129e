/** Puts a function under a dotted global name, such as `auth.getAuthenticationToken`. What is there beside it stays. */
export function provideFunction(name: string, run: (callback: TokenCallback) => void): void {
  const path = name.split('.');
  const last = path.pop() ?? name;
  let owner: object = window;
  for (const part of path) {
    const there: unknown = Reflect.get(owner, part);
    const inside = isOwner(there) ? there : {};
    if (inside !== there) Reflect.set(owner, part, inside);
    owner = inside;
  }
  Reflect.set(owner, last, run);
}

/** Null: nobody is signed in. */
export type TokenCallback = (token: string | null) => void;

const isOwner = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';
