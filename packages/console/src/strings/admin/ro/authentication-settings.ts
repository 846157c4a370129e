import type { AdminWords } from '../admin-words.ts';
import type { authenticationSettings as english } from '../en/authentication-settings.ts';

const plurals = new Intl.PluralRules('ro');
const count = (n: number, one: string, few: string): string => {
  const form = plurals.select(n);
  if (form === 'one') return `${n} ${one}`;
  return form === 'few' ? `${n} ${few}` : `${n} de ${few}`;
};

export const authenticationSettings: Pick<AdminWords, keyof typeof english> = {
  settings: {
    type: 'Tip',
    types: {
      'openid-connect': 'OpenID Connect',
      'signed-token': 'Token semnat',
      'apple-oauth': 'Autentificare în Apple Messages',
    },
    typeHints: {
      'openid-connect':
        'Clienții se autentifică la un furnizor de identitate, precum Keycloak, Entra ID, Auth0 sau Okta.',
      'signed-token':
        'Site-ul știe cine este autentificat, iar serverul său semnează un token care o spune.',
      'apple-oauth': 'Clienții din Apple Messages for Business se autentifică pe dispozitivul lor.',
    },
    flow: 'Tipul autentificării',
    implicitFlow: 'OAuth 2.0, flux implicit',
    codeFlow: 'OAuth 2.0, flux cu cod',
    fixed: 'Ține de tip și nu poate fi schimbat.',
    issuerOrUrl: 'Emitent sau URL',
    owner: 'Responsabil',
    health: 'Sănătate',
    noHealth: 'Nesupravegheată: se vede când se autentifică un client',
    lastSuccess: 'Ultima acceptată',
    lastFailure: 'Ultima refuzată',
    never: 'niciodată',
    statusFailed: 'Sănătatea nu a putut fi citită. Lista în sine este completă.',
    name: 'Nume',
    nameHint: 'Pentru echipă și ce văd agenții la „dovedit prin”',
    which: 'Numele și tipul',
    whichLead: 'Cum se numește și cum se dovedesc clienții cu ea.',

    provider: 'Furnizorul',
    providerLead: 'Unde se autentifică clienții și cum se prezintă acolo acest server.',
    discoveryUri: 'Adresa de descoperire',
    discoveryUriHint:
      'Se termină cu /.well-known/openid-configuration. Restul se citește de acolo.',
    clientId: 'Identificatorul clientului',
    clientIdHint: 'Cum este înregistrat la furnizor',
    clientSecret: 'Secretul clientului',
    clientAuthentication: 'Cum se autentifică acest server',
    clientAuthentications: {
      auto: 'Cum spune documentul de descoperire',
      client_secret_basic: 'Secret în antet (client_secret_basic)',
      client_secret_post: 'Secret în corp (client_secret_post)',
      private_key_jwt: 'Semnat cu o cheie privată (private_key_jwt)',
    },
    privateKey: 'Cheie privată',
    privateKeyHint: 'PKCS #8, ca PEM',
    privateKeyId: 'Identificatorul cheii private',
    privateKeyIdHint: 'Valoarea kid la furnizor',
    providerHosts: 'Alte gazde ale furnizorului',
    providerHostsHint:
      'Dacă punctele sale de acces sunt pe alte gazde decât adresa de descoperire. Alte gazde nu sunt întrebate.',
    userInfo: 'Întreabă punctul userinfo',
    userInfoHint: 'Pentru furnizori care nu pun datele în tokenul ID',
    allowImplicit: 'Acceptă un token ID de la pagină',
    allowImplicitHint:
      'Flux implicit. Lăsați-l oprit dacă puteți: codurile sunt mai sigure în toate.',

    register: 'De înregistrat la furnizor',
    registerLead: 'Copiați acestea în clientul pe care îl înregistrați acolo.',
    redirectUri: 'Adresa de redirecționare a site-ului',
    redirectUriHint: 'O pagină proprie; ghidul o are gata. Puneți adresa site-ului.',
    tryRedirectUri: 'Adresa de redirecționare pentru probe aici',
    backChannel: 'Deconectare back-channel',
    backChannelHint: 'Deconectarea la furnizor încheie atunci chatul pe toate dispozitivele.',
    frontChannel: 'Deconectare front-channel',
    frontChannelHint: 'Cu iss și sid, dacă furnizorul nu are back-channel',
    appleRedirect: 'Adresa de redirecționare, de la iOS 16',
    appleOldRedirect: 'Adresa de redirecționare, dispozitive vechi',

    site: 'Site-ul',
    siteLead: 'Unde sunt cheile publice și ce funcție a paginii dă tokenul.',
    publicKeyUrl: 'Adresa cheilor publice',
    publicKeyUrlHint: 'Un set de chei (JWKS) sau PEM. Acest server are doar chei publice.',
    clientFunction: 'Funcția JavaScript',
    clientFunctionHint:
      'O funcție globală a paginii, precum auth.getAuthenticationToken. Primește un callback și răspunde în zece secunde.',
    ownerHint: 'Pe cine să întrebați',
    token: 'Tokenul',
    tokenLead: 'Ce trebuie să conțină. Ce lăsați gol nu este verificat.',
    issuer: 'Emitent',
    issuerHint: 'Trebuie să fie egal cu iss',
    audience: 'Destinatar',
    audienceHint: 'Trebuie să fie în aud',
    maxLifetime: 'Cea mai lungă durată',
    maxLifetimeHint: 'Un token valabil mai mult este refuzat.',
    singleUse: 'Fiecare token contează o dată',
    singleUseHint: 'Are atunci nevoie de jti.',
    clockTolerance: 'Toleranța ceasurilor',
    clockToleranceHint: 'Cât poate diferi celălalt ceas. Potriviți întâi ceasurile prin NTP.',

    standing: 'Cât ține o autentificare',
    standingLead: 'Când dovada a expirat, clienții se dovedesc din nou. Ce au scris rămâne.',
    reproof: 'O dovadă ține',
    reproofs: {
      session: 'cât sesiunea',
      token: 'până se termină tokenul',
      seconds: 'un timp ales',
    },
    reproofHints: {
      session: 'Până se deconectează clientul sau lipsește mult.',
      token: 'Apoi se reînnoiește fără un cuvânt sau se cere.',
      seconds: 'Socotit de la autentificare.',
    },
    reproofTime: 'Timp',
    refreshTokenLifetime: 'O autentificare se poate reînnoi timp de',
    refreshTokenLifetimeHint: 'După aceea clientul se autentifică din nou.',
    contextClaims: 'Date pentru distribuire',
    contextClaimsHint: 'Devin variabile de context semnate ale conversației.',

    enforcement: 'Vizitatori',
    enforcementLead:
      'Ce se întâmplă cu cei care nu aduc o dovadă acolo unde e nevoie. O dovadă greșită este mereu refuzată.',
    enforcements: { off: 'Primiți', observe: 'Primiți și numărați', enforced: 'Refuzați' },
    enforcementHints: {
      off: 'Ca și cum autentificarea ar fi o favoare.',
      observe: 'Ca să vedeți ce ar face refuzul, înainte să o facă.',
      enforced: 'Intră doar clienții care s-au dovedit.',
    },
    wouldBeRefused: (day, week) =>
      `În ultimele 24 de ore ar fi fost refuzați ${count(day, 'vizitator', 'vizitatori')}, în 7 zile ${week}.`,

    appleClient: 'Clientul la furnizor',
    appleClientLead:
      'Același ca în Apple Business Register. Folosiți unul care nu servește la altceva.',
    scopes: 'Domenii de acces',
    accessTokenUrl: 'Adresa tokenurilor de acces',
    accessTokenUrlHint: 'Unde se schimbă un cod',
    decryptedTokenUrl: 'Adresa tokenului decriptat',
    decryptedTokenUrlHint: 'Spune al cui este tokenul de acces, ca un punct userinfo',
    additionalParameters: 'Parametri suplimentari',
    additionalParametersHint: 'Adăugați la adresa de autentificare, precum prompt=login',
    accessTokenExpiry: 'Autentificat timp de',
    accessTokenExpiryHint: 'Apoi conversația arată Autentificat: Nu.',
    richMessages: 'Mesaje de autentificare',
    richMessagesHint: 'Trimise ca să ceară autentificarea',
    more: 'Mai exact',
    moreLead: 'Pentru furnizorii care au nevoie.',
    secretIn: 'Secretul stă',
    secretIns: { client_secret_post: 'în corp', client_secret_basic: 'în antet' },
    pkce: 'Cod de verificare (PKCE)',
    pkceHint: 'Pornit, dacă furnizorul nu îl refuză',
    idTokenIssuer: 'Emitentul tokenurilor ID',
    idTokenIssuerHint: 'Cu adresa cheilor: se verifică și tokenurile ID.',
    keysUrl: 'Adresa cheilor tokenurilor ID',
    subjectClaims: 'Date care numesc persoana',
    subjectClaimsHint: 'Din profil, pe rând; contează prima care există.',

    keys: 'Chei',
    attempts: 'Încercări',
    tryToken: 'Încearcă un token',
    notWatched: 'Cheile acestui tip nu sunt supravegheate.',
    test: 'Testează acum',
    testLead: 'Aduce tot pe ce se sprijină setarea, ca la o autentificare.',
    testSaved: 'Se testează setarea salvată.',
    testing: 'Se aduce…',
    testGood: 'Totul este cum trebuie.',
    testBad: 'Ceva nu este cum trebuie.',
    testFailed: 'Nu a putut fi testat. Încercați din nou.',
    checks: { ok: 'bine', warning: 'de privit', failed: 'eșuat', skipped: 'sărit' },
    attemptsAll: 'Toate încercările, cu filtre',
  },
};
