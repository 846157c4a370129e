import type { AdminWords } from '../admin-words.ts';
import type { authenticationSettings as english } from '../en/authentication-settings.ts';

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const authenticationSettings: Pick<AdminWords, keyof typeof english> = {
  settings: {
    type: 'Art',
    types: {
      'openid-connect': 'OpenID Connect',
      'signed-token': 'Signiertes Token',
      'apple-oauth': 'Anmeldung in Apple Messages',
    },
    typeHints: {
      'openid-connect':
        'Ihre Kunden melden sich bei einem Identitätsanbieter an, etwa Keycloak, Entra ID, Auth0 oder Okta.',
      'signed-token':
        'Ihre Website weiß, wer angemeldet ist, und Ihr Server signiert ein Token, das es sagt.',
      'apple-oauth': 'Kunden in Apple Messages for Business melden sich auf ihrem Gerät an.',
    },
    flow: 'Authentifizierungstyp',
    implicitFlow: 'OAuth 2.0, impliziter Ablauf',
    codeFlow: 'OAuth 2.0, Ablauf mit Code',
    fixed: 'Er gehört zur Art und lässt sich nicht ändern.',
    issuerOrUrl: 'Aussteller oder URL',
    owner: 'Verantwortlich',
    health: 'Zustand',
    noHealth: 'Nicht überwacht: zeigt sich, wenn sich jemand anmeldet',
    lastSuccess: 'Zuletzt angenommen',
    lastFailure: 'Zuletzt abgewiesen',
    never: 'nie',
    statusFailed: 'Der Zustand ließ sich nicht lesen. Die Liste selbst ist vollständig.',
    name: 'Name',
    nameHint: 'Für Ihr Team, und was Agenten als „Nachgewiesen durch“ sehen',
    which: 'Name und Art',
    whichLead: 'Wie sie heißt, und wie sich Kunden mit ihr ausweisen.',

    provider: 'Der Anbieter',
    providerLead: 'Wo sich Ihre Kunden anmelden, und wie sich dieser Server dort vorstellt.',
    discoveryUri: 'Discovery-URI',
    discoveryUriHint:
      'Endet auf /.well-known/openid-configuration. Alles Weitere wird dort gelesen.',
    clientId: 'Client-ID',
    clientIdHint: 'Wie beim Anbieter eingetragen',
    clientSecret: 'Client-Geheimnis',
    clientAuthentication: 'Wie sich dieser Server ausweist',
    clientAuthentications: {
      auto: 'Wie es das Discovery-Dokument sagt',
      client_secret_basic: 'Geheimnis in der Kopfzeile (client_secret_basic)',
      client_secret_post: 'Geheimnis im Inhalt (client_secret_post)',
      private_key_jwt: 'Mit privatem Schlüssel signiert (private_key_jwt)',
    },
    privateKey: 'Privater Schlüssel',
    privateKeyHint: 'PKCS #8, als PEM',
    privateKeyId: 'Kennung des privaten Schlüssels',
    privateKeyIdHint: 'Seine kid beim Anbieter',
    providerHosts: 'Weitere Hosts des Anbieters',
    providerHostsHint:
      'Wenn seine Endpunkte auf anderen Hosts liegen als die Discovery-URI. Sonst wird kein Host gefragt.',
    userInfo: 'Den Userinfo-Endpunkt fragen',
    userInfoHint: 'Für Anbieter, die Angaben nicht ins ID-Token schreiben',
    allowImplicit: 'ID-Token von der Seite annehmen',
    allowImplicitHint:
      'Impliziter Ablauf. Lassen Sie ihn möglichst aus: Codes sind in allem sicherer.',

    register: 'Beim Anbieter einzutragen',
    registerLead: 'Kopieren Sie das in den Client, den Sie dort eintragen.',
    redirectUri: 'Redirect-URI Ihrer Website',
    redirectUriHint:
      'Eine eigene Seite; die Anleitung hat sie fertig. Setzen Sie die Adresse Ihrer Website ein.',
    tryRedirectUri: 'Redirect-URI zum Ausprobieren hier',
    backChannel: 'Back-Channel-Abmeldung',
    backChannelHint: 'Eine Abmeldung beim Anbieter beendet dann den Chat auf allen Geräten.',
    frontChannel: 'Front-Channel-Abmeldung',
    frontChannelHint: 'Mit iss und sid, wenn der Anbieter keinen Back-Channel hat',
    appleRedirect: 'Redirect-URI, Geräte ab iOS 16',
    appleOldRedirect: 'Redirect-URI, ältere Geräte',

    site: 'Ihre Website',
    siteLead:
      'Wo Ihre öffentlichen Schlüssel liegen, und welche Funktion Ihrer Seite das Token gibt.',
    publicKeyUrl: 'URL der öffentlichen Schlüssel',
    publicKeyUrlHint:
      'Ein Schlüsselsatz (JWKS) oder PEM. Dieser Server hat nur öffentliche Schlüssel.',
    clientFunction: 'JavaScript-Funktion',
    clientFunctionHint:
      'Eine globale Funktion Ihrer Seite, etwa auth.getAuthenticationToken. Sie bekommt einen Callback und antwortet in zehn Sekunden.',
    ownerHint: 'Wen man dazu fragt',
    token: 'Das Token',
    tokenLead: 'Was darin stehen muss. Was leer bleibt, wird nicht angesehen.',
    issuer: 'Aussteller',
    issuerHint: 'Muss iss gleichen',
    audience: 'Empfänger',
    audienceHint: 'Muss in aud stehen',
    maxLifetime: 'Längste Gültigkeit',
    maxLifetimeHint: 'Ein länger gültiges Token wird abgewiesen.',
    singleUse: 'Jedes Token gilt einmal',
    singleUseHint: 'Es braucht dann eine jti.',
    clockTolerance: 'Spielraum der Uhren',
    clockToleranceHint:
      'Wie weit die andere Uhr abweichen darf. Stellen Sie erst die Uhren per NTP.',

    standing: 'Wie lange eine Anmeldung gilt',
    standingLead:
      'Ist der Nachweis abgelaufen, weisen sich Kunden neu aus. Was sie schrieben, bleibt.',
    reproof: 'Ein Nachweis gilt',
    reproofs: {
      session: 'so lange wie die Sitzung',
      token: 'bis das Token endet',
      seconds: 'eine eigene Zeit lang',
    },
    reproofHints: {
      session: 'Bis sich der Kunde abmeldet oder lange weg ist.',
      token: 'Dann wird er still erneuert oder erfragt.',
      seconds: 'Von der Anmeldung an gezählt.',
    },
    reproofTime: 'Zeit',
    refreshTokenLifetime: 'Eine Anmeldung ist erneuerbar für',
    refreshTokenLifetimeHint: 'Danach meldet sich der Kunde neu an.',
    contextClaims: 'Angaben für die Verteilung',
    contextClaimsHint: 'Sie werden signierte Kontextvariablen des Gesprächs.',

    enforcement: 'Gäste',
    enforcementLead:
      'Was aus denen wird, die nichts nachweisen, wo man sich anmelden muss. Ein Nachweis, der nicht stimmt, wird immer abgewiesen.',
    enforcements: { off: 'Einlassen', observe: 'Einlassen und zählen', enforced: 'Abweisen' },
    enforcementHints: {
      off: 'Als wäre die Anmeldung freiwillig.',
      observe: 'Um vorher zu sehen, was das Abweisen bewirken würde.',
      enforced: 'Nur wer sich ausgewiesen hat, kommt hinein.',
    },
    wouldBeRefused: (day, week) =>
      `In den letzten 24 Stunden wären ${count(day, 'Gast', 'Gäste')} abgewiesen worden, in 7 Tagen ${week}.`,

    appleClient: 'Der Client bei Ihrem Anbieter',
    appleClientLead:
      'Derselbe wie im Apple Business Register. Nehmen Sie einen, der für nichts anderes dient.',
    scopes: 'Scopes',
    accessTokenUrl: 'URL für Zugriffstoken',
    accessTokenUrlHint: 'Wo ein Code eingelöst wird',
    decryptedTokenUrl: 'URL für entschlüsselte Token',
    decryptedTokenUrlHint: 'Sagt, wem das Zugriffstoken gehört, wie ein Userinfo-Endpunkt',
    additionalParameters: 'Weitere Parameter',
    additionalParametersHint: 'An die Anmeldeadresse gehängt, etwa prompt=login',
    accessTokenExpiry: 'Ausgewiesen für',
    accessTokenExpiryHint: 'Danach zeigt das Gespräch: Authentifiziert: Nein.',
    richMessages: 'Nachrichten zur Anmeldung',
    richMessagesHint: 'Damit wird der Kunde um die Anmeldung gebeten',
    more: 'Genauer',
    moreLead: 'Für Anbieter, die es brauchen.',
    secretIn: 'Das Geheimnis steht',
    secretIns: { client_secret_post: 'im Inhalt', client_secret_basic: 'in der Kopfzeile' },
    pkce: 'Code-Challenge (PKCE)',
    pkceHint: 'An, außer der Anbieter nimmt sie nicht',
    idTokenIssuer: 'Aussteller von ID-Token',
    idTokenIssuerHint: 'Mit der Schlüssel-URL: Auch ID-Token werden geprüft.',
    keysUrl: 'Schlüssel-URL von ID-Token',
    subjectClaims: 'Angaben, die die Person nennen',
    subjectClaimsHint: 'Aus dem Profil, der Reihe nach; die erste vorhandene gilt.',

    keys: 'Schlüssel',
    attempts: 'Versuche',
    tryToken: 'Token ausprobieren',
    notWatched: 'Schlüssel dieser Art werden nicht überwacht.',
    test: 'Jetzt prüfen',
    testLead: 'Ruft alles ab, worauf diese Einstellung steht, wie bei einer Anmeldung.',
    testSaved: 'Geprüft wird die gespeicherte Einstellung.',
    testing: 'Wird abgerufen …',
    testGood: 'Alles ist, wie es sein soll.',
    testBad: 'Etwas ist nicht, wie es sein soll.',
    testFailed: 'Es ließ sich nicht prüfen. Versuchen Sie es erneut.',
    checks: { ok: 'gut', warning: 'ansehen', failed: 'fehlgeschlagen', skipped: 'ausgelassen' },
    attemptsAll: 'Alle Versuche, mit Filtern',
  },
};
