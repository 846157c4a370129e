/** The page on which staff try a deployment's messenger: the part of the site, played by the node. */
import { attemptReader } from './attempts.ts';
import { defineFunction } from './define-function.ts';
import { exchangeLog } from './exchange-log.ts';
import { putMessenger } from './page-api.ts';
import { type Proof, providerSignIn } from './provider-sign-in.ts';

const find = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no ${id}`);
  return element;
};
const on = (id: string, run: () => unknown): void =>
  document.getElementById(id)?.addEventListener('click', () => void run());
const isChecked = (id: string): boolean => {
  const box = document.getElementById(id);
  return box instanceof HTMLInputElement && box.checked;
};
const messageOf = (data: unknown): string => {
  const message = typeof data === 'object' && data !== null ? Reflect.get(data, 'message') : data;
  return `${message ?? 'no reason given'}`;
};

const { deployment = '', setting = '', type, function: functionName = '' } = find('try').dataset;
const log = exchangeLog(find('log'), find('standing'));
const attempts = attemptReader(setting, deployment);
const provider = providerSignIn(deployment, log.add);
/** What the provider gave, until the messenger has asked for it: a code works once. */
let proof: Proof | null = null;

const page = putMessenger(deployment);

async function signIn(): Promise<void> {
  await attempts.mark();
  await page.command('Messenger.open');
  await page.command('Auth.getTokens').catch(noProof);
}

/** What the page did instead of giving a proof; a proof that was refused is told by `Auth.authError`. */
async function noProof(fault: unknown): Promise<void> {
  if (!/^(empty|missing|threw|timeout)$/.test(messageOf(fault))) return;
  log.add(`The messenger got no proof (${messageOf(fault)}).`, 'bad');
  if (await attempts.newest()) await tellAttempt();
}

async function atProvider(): Promise<Proof> {
  const how = { redirect: isChecked('redirect'), again: isChecked('again') };
  const given = await provider.run(how);
  log.add('The provider sent the browser back with an authorization code.');
  return given;
}

function registerAuthProvider(): void {
  page.registerPlugin('AuthProvider', (plugin) => {
    plugin.registerCommand('getAuthCode', ({ resolve, reject }) => {
      const given = proof;
      proof = null;
      log.add(
        given
          ? 'The messenger asked for the authorization code (AuthProvider.getAuthCode) and got it.'
          : 'The messenger asked for an authorization code (AuthProvider.getAuthCode): nobody has signed in here yet.',
      );
      if (given) resolve(given);
      else reject('empty');
    });
    for (const name of ['signIn', 'reAuthenticate']) {
      plugin.registerCommand(name, ({ resolve, reject }) => {
        log.add(`The messenger asked for a sign-in (AuthProvider.${name}).`);
        void attempts.mark();
        atProvider().then(resolve, (error: unknown) => {
          log.add(`The sign-in failed: ${messageOf(error)}.`, 'bad');
          reject(error);
        });
      });
    }
    plugin.ready();
  });
  on('sign-in', async () => {
    try {
      proof = await atProvider();
    } catch (error) {
      log.add(`The sign-in failed: ${messageOf(error)}.`, 'bad');
      return;
    }
    await signIn();
  });
}

function defineClientFunction(): void {
  const token = find('token');
  defineFunction(functionName, (answer) => {
    const given = token instanceof HTMLTextAreaElement ? token.value.trim() : '';
    log.add(
      given === ''
        ? `The messenger called ${functionName}: there is no token, so it got none.`
        : `The messenger called ${functionName} and got the token.`,
    );
    answer(given);
  });
  on('sign-in', signIn);
}

/** What became of the proof that was just handed over. */
async function tellAttempt(reference?: string): Promise<void> {
  const attempt = await attempts.newest(reference);
  if (attempt === null) {
    log.add('The attempt is not in the log of this deployment.', 'bad');
    return;
  }
  const { outcome, reason, hint, subject, issuer } = attempt;
  const link = {
    href: `/attempts?reference=${encodeURIComponent(attempt.reference)}`,
    text: attempt.reference,
  };
  if (outcome === 'refused') {
    log.add(`The proof was refused: ${reason}. ${hint ?? ''} Attempt`, 'bad', link);
    return;
  }
  const who = `${subject}${issuer ? `, by ${issuer}` : ''}`;
  log.add(`The proof was accepted. It is ${who}. Attempt`, 'good', link);
  log.verified(who);
}

const REFERENCE = /Reference ([A-Z0-9]{4}-[A-Z0-9]{4})/;

page.subscribe('Messenger.opened', () => log.add('The chat was opened.'));
page.subscribe('Auth.authenticating', () => log.add('The messenger hands the proof to the node.'));
page.subscribe('Auth.authenticated', () => void tellAttempt());
page.subscribe('Auth.authError', ({ data }) => {
  const reference = REFERENCE.exec(messageOf(data))?.[1];
  if (reference) void tellAttempt(reference);
  else log.add(`The proof could not be handed over: ${messageOf(data)}`, 'bad');
});
page.subscribe('Auth.signInAvailable', () => log.add('The customer is a guest, and may sign in.'));
page.subscribe('Auth.loggedOut', () => {
  log.verified(null);
  log.add('The customer was signed out.');
});
page.subscribe('MessagingService.messagesReceived', () =>
  log.add('A message came to the customer.'),
);

if (type === 'openid-connect') registerAuthProvider();
if (type === 'signed-token') defineClientFunction();
on('open', () => page.command('Messenger.open'));
on('sign-out', () => page.command('Auth.logout'));

const returned = provider.returned();
if (returned instanceof Error) log.add(`The sign-in failed: ${messageOf(returned)}.`, 'bad');
else if (returned) {
  log.add('The provider sent the browser back with an authorization code.');
  proof = returned;
  void signIn();
}
