import {
  type HostileIssuer,
  type HostileProvider,
  type Portal,
  startPortal,
} from '@countersign/simulators';

/** A browser at the sample shop, whose identity provider is a module of the hostile one. */
export interface ShopBrowser {
  signIn(): Promise<void>;
  isSignedIn(): Promise<boolean>;
  /** At the shop, then at the provider, with its frames; resolves with where the shop leads in the end. */
  signOut(): Promise<string>;
  /** At the provider; resolves with its page. */
  signOutAtProvider(): Promise<string>;
  /** Loads what a page of the provider has in frames. */
  openFrames(page: string): Promise<void>;
  /** A link of the provider's; resolves with where the sign-in leads. */
  followLoginLink(target: string): Promise<string>;
}

export interface ShopAtIssuer extends ShopBrowser {
  anotherBrowser(): Promise<ShopBrowser>;
  close(): Promise<void>;
}

export async function shopAtIssuer(
  provider: HostileProvider,
  issuer: HostileIssuer,
): Promise<ShopAtIssuer> {
  const portal = await startPortal({
    nodeUrl: 'http://127.0.0.1:65000',
    provider: issuer,
    clientId: 'countersign',
    deployments: { openIdConnect: 'd-oidc', signedToken: 'd-token', guest: 'd-guest' },
  });
  for (const client of portal.clients) provider.registerClient(client);
  return {
    ...openBrowser(portal, issuer),
    anotherBrowser: async () => openBrowser(portal, issuer),
    close: portal.close,
  };
}

function openBrowser(portal: Portal, issuer: HostileIssuer): ShopBrowser {
  const cookies = new Map<string, string>();
  let session = '';
  const send = async (address: string, method = 'GET') => {
    const url = new URL(address, portal.url);
    const isShop = url.origin === portal.url;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = isShop && cookie ? { cookie } : {};
    const answer = await fetch(url, { method, redirect: 'manual', headers });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    return { location, text: await answer.text() };
  };
  const openFrames = async (page: string) => {
    for (const [, address = ''] of page.matchAll(/<iframe[^>]* src="([^"]+)"/g))
      await fetch(address.replaceAll('&amp;', '&'));
  };
  /** From the shop to the provider and back to the shop's callback; where that leads. */
  const throughProvider = async (address: string) => {
    const toProvider = await send(address);
    const back = await send(toProvider.location ?? '');
    return (await send(back.location ?? '')).location ?? '';
  };
  return {
    async signIn() {
      await throughProvider('/account/sign-in');
      session = issuer.lastSession() ?? '';
    },
    isSignedIn: async () => (await send('/account')).text.includes('Good to see you'),
    async signOut() {
      const toProvider = await send('/account/sign-out', 'POST');
      const { location, text } = await send(toProvider.location ?? '');
      await openFrames(text);
      const link = /<a id="back" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
      return (await send(location ?? link ?? '')).location ?? '';
    },
    signOutAtProvider: async () => (await send(issuer.signOutUrl(session))).text,
    openFrames,
    followLoginLink: (target) =>
      throughProvider(
        issuer.loginLink(`${portal.url}/account/initiate`, {
          target_link_uri: portal.url + target,
        }),
      ),
  };
}
