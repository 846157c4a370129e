/** The page's side of a sign-in at the provider: a popup, or a redirect where popups are not to be had. */
import { ANSWER_KEY, CHANNEL, type SignInAnswer } from './answer.ts';

interface Begun {
  id: string;
  url: string;
}

export type Proof = Record<string, string>;

export interface ProviderSignIn {
  /** To be called in a click. Rejects with an Error whose message says why; a redirect never answers. */
  run(how: { redirect: boolean; again: boolean }): Promise<Proof>;
  /** What a redirect has brought back; null: there was none. */
  returned(): Proof | Error | null;
}

const POPUP = 'popup,width=520,height=680';

export function providerSignIn(deploymentId: string, tell: (text: string) => void): ProviderSignIn {
  async function begin(how: { redirect: boolean; again: boolean }): Promise<Begun> {
    const response = await fetch(`/try/${deploymentId}/sign-ins`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(how),
    });
    const body: Begun & { detail?: string } = await response.json();
    if (!response.ok) throw new Error(body.detail ?? `HTTP ${response.status}`);
    return body;
  }

  async function byRedirect(again: boolean): Promise<never> {
    const { url } = await begin({ redirect: true, again });
    location.assign(url);
    // The page goes away
    return new Promise(() => {});
  }

  async function byPopup(popup: Window, again: boolean): Promise<Proof> {
    try {
      const { id, url } = await begin({ redirect: false, again });
      const answer = answerTo(id);
      tell(`The provider is asked at ${new URL(url).origin} with PKCE, state and nonce.`);
      popup.location.href = url;
      return proofOf(await answer);
    } catch (error) {
      popup.close();
      throw error;
    }
  }

  return {
    run({ redirect, again }) {
      const popup = redirect ? null : window.open('', 'countersign-try', POPUP);
      if (popup) return byPopup(popup, again);
      if (!redirect) tell('The browser allows no popup: signing in by redirect.');
      return byRedirect(again);
    },
    returned() {
      const kept = sessionStorage.getItem(ANSWER_KEY);
      if (kept === null) return null;
      sessionStorage.removeItem(ANSWER_KEY);
      try {
        return proofOf(JSON.parse(kept));
      } catch (error) {
        return error instanceof Error ? error : new Error('the answer cannot be read');
      }
    },
  };
}

/** Only pages of this origin hear each other here; a popup that lost its opener is heard too. */
function answerTo(id: string): Promise<SignInAnswer> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<SignInAnswer>) => {
      if (data.id !== id) return;
      channel.close();
      resolve(data);
    };
  });
}

function proofOf({ proof, error, description }: SignInAnswer): Proof {
  if (proof) return proof;
  throw new Error(`the provider answered ${error}${description ? `: ${description}` : ''}`);
}
