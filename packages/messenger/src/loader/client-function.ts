/** Calls a function of the page by its dotted global name, such as `auth.getAuthenticationToken`. */

/** Omnichannel spec §1.5: the site has ten seconds. */
export const ANSWER_MS = 10_000;

type Members = Record<string, unknown> | undefined;

/**
 * The name comes from the administrator, and is looked up, never evaluated. Rejects with `missing`,
 * `threw`, `empty` or `timeout`.
 */
export function callClientFunction(name: string, root: object = window): Promise<string> {
  return new Promise((resolve, reject) => {
    let owner: unknown;
    let found: unknown = root;
    for (const part of name.split('.')) {
      owner = found;
      found = (found as Members)?.[part];
    }
    if (typeof found !== 'function') reject('missing');
    else {
      setTimeout(reject, ANSWER_MS, 'timeout');
      try {
        found.call(owner, (token: unknown) =>
          token && typeof token === 'string' ? resolve(token) : reject('empty'),
        );
      } catch {
        reject('threw');
      }
    }
  });
}
