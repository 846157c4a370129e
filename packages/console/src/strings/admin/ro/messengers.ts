import type { AdminWords } from '../admin-words.ts';
import type { messengers as english } from '../en/messengers.ts';

const plurals = new Intl.PluralRules('ro');
const count = (n: number, one: string, few: string): string => {
  const form = plurals.select(n);
  if (form === 'one') return `${n} ${one}`;
  return form === 'few' ? `${n} ${few}` : `${n} de ${few}`;
};

export const messengers: Pick<AdminWords, keyof typeof english> = {
  messengers: {
    live: (version) => `Versiunea ${version} este activă`,
    never: 'Nepublicat',
    draft: 'Ciornă',
    hasDraft: 'o ciornă așteaptă',
    state: 'Stare',
    signIn: 'Autentificare',
    guests: 'doar vizitatori',
    languages: 'Limbi',
    saveDraft: 'Salvează ciorna',
    publish: 'Publică',
    publishHint: (deployments) =>
      deployments === 0
        ? 'Nicio instalare nu o folosește încă.'
        : `Este activă imediat în ${count(deployments, 'loc', 'locuri')}.`,
    published: (version) => `Versiunea ${version} este activă acum.`,
    publishFailed: 'Nu a putut fi publicată. Nimic nu s-a pierdut: încercați din nou.',
    discardDraft: 'Renunță la ciornă…',
    discardTitle: 'Renunțați la ciornă?',
    discardLead: 'Ce este publicat rămâne cum este. Ciorna nu poate fi adusă înapoi.',
    discardFailed: 'Nu s-a putut renunța la ciornă. Încercați din nou.',

    name: 'Nume',
    nameHint: 'Clienții îl citesc în capul chatului.',
    look: 'Aspect',
    lookLead: 'Culoarea și locul butonului.',
    color: 'Culoarea principală',
    colorHint: 'A antetului și a ce spune clientul. Textul de pe ea este ales să se citească.',
    launcher: 'Butonul',
    launchers: { On: 'Mereu acolo', OnDemand: 'Doar când îl cere pagina', Off: 'Niciodată' },
    position: 'Loc',
    positions: { Auto: 'Unde se termină cititul', Left: 'Stânga', Right: 'Dreapta' },
    languagesHint: 'Clienții o primesc pe a lor dacă este aici, altfel pe prima.',

    authentication: 'Autentificare',
    authenticationLead: 'Dacă și cum dovedesc clienții cine sunt.',
    enabled: 'Clienții se autentifică',
    setting: 'Setare de autentificare',
    stepUp: 'Vizitatorii se pot autentifica în timpul chatului',
    stepUpHint: 'Încep ca vizitatori și păstrează ce au scris.',

    survey: 'Înainte de chat',
    surveyLead:
      'Ce se întreabă întâi. Nimănui nu-i plac formularele: întrebați ce trebuie ca să începeți.',
    questions: 'Întrebări',
    question: (n) => `Întrebarea ${n}`,
    addQuestion: 'Adaugă o întrebare',
    questionText: 'Ce citește clientul',
    questionName: 'Numele răspunsului',
    questionNameHint: 'Cum apare în reguli și la agenți',
    questionType: 'Se răspunde cu',
    questionTypes: {
      'single-line': 'Un rând',
      'multi-line': 'Mai multe rânduri',
      options: 'Una dintre variante',
      consent: 'Acord',
    },
    required: 'Trebuie răspuns',
    options: 'Variante',
    link: 'Adresă pentru mai multe',

    chat: 'În timpul și după chat',
    chatLead: 'Ce pot face clienții și ce rămâne.',
    typing: 'Arată cine scrie',
    clear: 'Clienții pot șterge conversația',
    disconnect: 'După ce un agent a încheiat-o',
    disconnects: {
      Off: 'Clientul poate scrie mai departe',
      Send: 'Clientul află și poate scrie mai departe',
      ReadOnly: 'Clientul află și începe din nou',
    },
    sessionDuration: 'Un chat rămâne deschis fără un cuvânt',
    rating: 'Întreabă cum a fost',
    ratingHint: 'Cinci cuvinte și loc pentru o propoziție, la sfârșit',
    ratingText: 'Întrebare',

    files: 'Fișiere',
    filesLead: 'Ce pot trimite clienții pe lângă text. Fiecare fișier este verificat întâi.',
    filesEnabled: 'Clienții pot trimite fișiere',
    fileTypes: 'Tipuri',
    fileTypesHint: 'Tipuri media, precum image/* sau application/pdf',
    maxFileSize: 'Cel mai mare fișier',

    preview: 'Previzualizare',
    previewLead: 'Fereastra adevărată, cu ce vedeți aici. Nimic nu se salvează și nu se trimite.',
    previewFrame: 'Previzualizarea chatului',
    device: 'Dispozitiv',
    devices: { desktop: 'Calculator', phone: 'Telefon' },
    scene: 'Ce se arată',
    scenes: {
      'signed-in': 'Autentificat',
      guest: 'Vizitator',
      survey: 'Înainte de chat',
      ended: 'După chat',
    },
    language: 'Limba',

    versions: 'Versiuni',
    versionsLead: 'Fiecare versiune care a fost activă. Una mai veche poate fi adusă înapoi.',
    versionsFailed: 'Versiunile nu au putut fi încărcate.',
    noVersions: 'Nimic nu a fost publicat încă.',
    version: (n) => `Versiunea ${n}`,
    isLive: 'activă',
    publishedBy: (name, when) => `Publicată de ${name} ${when}`,
    publishedAt: (when) => `Publicată ${when}`,
    first: 'Prima versiune',
    changesSince: (n) => `Ce s-a schimbat de la versiunea ${n}`,
    rollBack: 'Revino la aceasta',
    rollBackTitle: (n) => `Reveniți la versiunea ${n}?`,
    rollBackLead: (deployments) =>
      `Devine o versiune nouă și este activă imediat în ${count(deployments, 'loc', 'locuri')}. O ciornă care așteaptă dispare.`,
    rolledBack: 'S-a revenit la ea.',
    rollBackFailed: 'Nu s-a putut reveni. Încercați din nou.',
    draftChanges: 'Ce schimbă ciorna',
    draftOf: 'Ciornă, nu este activă încă',
  },
};
