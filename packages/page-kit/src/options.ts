export interface MessengerOptions {
  /** Your node's address, such as `https://chat.shop.example`. */
  nodeUrl: string;
  deploymentId: string;
  /** Of the loader, from the node's `manifest.json`: a browser then runs that one and no other. */
  integrity?: string | undefined;
  /** Of the page's Content Security Policy, where it has no other way to allow the loader. */
  nonce?: string | undefined;
  /**
   * Signed tokens: fetches one from your server. Null: nobody is signed in. Asked again whenever the messenger
   * needs a new one; there are ten seconds for an answer.
   */
  getToken?: (() => Promise<string | null>) | undefined;
  /** The name that the authentication setting gives the function. Default `auth.getAuthenticationToken`. */
  clientFunction?: string | undefined;
  /** OpenID Connect: your side of it. */
  authProvider?: AuthProvider | undefined;
}

/** Answers of the site's own sign-in (Guest API spec §14.4). */
export interface AuthProvider {
  /** A fresh code without a word to the customer; rejects when nobody is signed in. */
  getAuthCode(): Promise<CodeProof>;
  /** The customer has asked for it: may lead to another page and answer nothing. Default: as `getAuthCode`. */
  reAuthenticate?(): Promise<CodeProof | undefined>;
  /** A guest wants to sign in. Default: as `reAuthenticate`. */
  signIn?(): Promise<CodeProof | undefined>;
}

export interface CodeProof {
  authCode?: string;
  idToken?: string;
  redirectUri: string;
  codeVerifier?: string;
  nonce?: string;
  /** Seconds. */
  maxAge?: number;
  iss?: string;
}
