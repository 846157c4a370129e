/** Calls a function of the page by its dotted global name, such as `auth.getAuthenticationToken`. */

/** Omnichannel spec §1.5: the site has ten seconds. */
export const ANSWER_MS = 10_000;

type Answer = (token: unknown) => void;

/** Only names that the page itself has put there: nothing is evaluated, prototypes are not walked. */
export function findFunction(name: string, root: object): ((answer: Answer) => void) | null {
  let found: unknown = root;
  for (const part of name.split('.')) {
    if (!found || !Object.hasOwn(Object(found), part)) return null;
    found = (found as Record<string, unknown>)[part];
  }
  return typeof found === 'function' ? (found as (answer: Answer) => void) : null;
}

/** Rejects with `missing`, `threw`, `empty` or `timeout`. */
export function callClientFunction(name: string, root: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = findFunction(name, root);
    if (!call) return reject('missing');
    setTimeout(reject, ANSWER_MS, 'timeout');
    const answer = (token: unknown) =>
      typeof token === 'string' && token ? resolve(token) : reject('empty');
    try {
      call(answer);
    } catch {
      reject('threw');
    }
  });
}
