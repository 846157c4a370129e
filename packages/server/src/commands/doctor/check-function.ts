import type { Checklist, PageScript } from '../../site-checks/index.ts';
import type { SignIn } from './check-node.ts';

/** Whether the page's own scripts hold what the messenger will call. By text: nothing is run. */
export function checkFunction(
  signIn: SignIn,
  scripts: readonly PageScript[],
  list: Checklist,
): void {
  const wanted = signIn.type === 'signed-token' ? (signIn.clientFunction ?? '') : 'AuthProvider';
  const name = signIn.type === 'signed-token' ? 'client function' : 'AuthProvider';
  const parts = wanted.split('.');
  const text = scripts.map((script) => script.text).join('\n');
  const missing = parts.filter((part) => !hasWord(text, part));
  if (missing.length === 0) list.ok(name, `${wanted} is in the page's scripts`);
  else
    list.warn(
      name,
      `${missing.join(' and ')} not found in the page's own scripts`,
      signIn.type === 'signed-token'
        ? `Define ${wanted} on every page with the messenger; if it is added later at run time, ignore this.`
        : 'Register the plugin AuthProvider with getAuthCode; if it is added later at run time, ignore this.',
    );
}

function hasWord(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`).test(text);
}
