import type { AdminWords } from '../admin-words.ts';
import type { messengers as english } from '../en/messengers.ts';

export const messengers: Pick<AdminWords, keyof typeof english> = {
  messengers: {
    live: (version) => `Fassung ${version} ist live`,
    never: 'Nie veröffentlicht',
    draft: 'Entwurf',
    hasDraft: 'ein Entwurf wartet',
    state: 'Stand',
    signIn: 'Anmeldung',
    guests: 'nur Gäste',
    languages: 'Sprachen',
    saveDraft: 'Entwurf speichern',
    publish: 'Veröffentlichen',
    publishHint: (deployments) =>
      deployments === 0
        ? 'Noch verwendet ihn kein Einsatzort.'
        : `Gilt sofort an ${deployments === 1 ? 'einem Ort' : `${deployments} Orten`}.`,
    published: (version) => `Fassung ${version} ist jetzt live.`,
    publishFailed:
      'Es konnte nicht veröffentlicht werden. Nichts ist verloren: Versuchen Sie es erneut.',
    discardDraft: 'Entwurf verwerfen …',
    discardTitle: 'Den Entwurf verwerfen?',
    discardLead:
      'Das Veröffentlichte bleibt, wie es ist. Der Entwurf lässt sich nicht zurückholen.',
    discardFailed: 'Der Entwurf konnte nicht verworfen werden. Versuchen Sie es erneut.',

    name: 'Name',
    nameHint: 'Kunden lesen ihn oben im Chat.',
    look: 'Aussehen',
    lookLead: 'Seine Farbe, und wo der Knopf sitzt.',
    color: 'Hauptfarbe',
    colorHint: 'Für die Kopfzeile und was der Kunde sagt. Die Schrift darauf wird lesbar gewählt.',
    launcher: 'Der Knopf',
    launchers: { On: 'Immer da', OnDemand: 'Nur, wenn die Seite ihn ruft', Off: 'Nie da' },
    position: 'Platz',
    positions: { Auto: 'Wo das Lesen endet', Left: 'Links', Right: 'Rechts' },
    languagesHint: 'Kunden bekommen ihre, wenn sie dabei ist, sonst die erste.',

    authentication: 'Anmeldung',
    authenticationLead: 'Ob Kunden nachweisen, wer sie sind, und wie.',
    enabled: 'Kunden melden sich an',
    setting: 'Anmeldeeinstellung',
    stepUp: 'Gäste dürfen sich im Chat anmelden',
    stepUpHint: 'Sie beginnen als Gäste und behalten, was sie schrieben.',

    survey: 'Vor dem Chat',
    surveyLead:
      'Was zuerst gefragt wird. Niemand mag Formulare: Fragen Sie, was man zum Anfangen braucht.',
    questions: 'Fragen',
    question: (n) => `Frage ${n}`,
    addQuestion: 'Frage hinzufügen',
    questionText: 'Was der Kunde liest',
    questionName: 'Name der Antwort',
    questionNameHint: 'Wie er in Regeln und bei den Agenten steht',
    questionType: 'Beantwortet mit',
    questionTypes: {
      'single-line': 'Einer Zeile',
      'multi-line': 'Mehreren Zeilen',
      options: 'Einem von mehreren',
      consent: 'Einwilligung',
    },
    required: 'Sie muss beantwortet werden',
    options: 'Auswahl',
    link: 'Adresse zum Weiterlesen',

    chat: 'Im Chat und danach',
    chatLead: 'Was Kunden können, und was davon bleibt.',
    typing: 'Zeigen, wer schreibt',
    clear: 'Kunden dürfen das Gespräch löschen',
    disconnect: 'Wenn ein Agent es beendet hat',
    disconnects: {
      Off: 'Der Kunde kann weiterschreiben',
      Send: 'Der Kunde erfährt es und kann weiterschreiben',
      ReadOnly: 'Der Kunde erfährt es und beginnt neu',
    },
    sessionDuration: 'Ein Chat bleibt ohne ein Wort offen für',
    rating: 'Fragen, wie es war',
    ratingHint: 'Fünf Wörter und Platz für einen Satz, wenn es vorbei ist',
    ratingText: 'Frage dazu',

    files: 'Dateien',
    filesLead: 'Was Kunden außer Text senden dürfen. Jede Datei wird zuerst geprüft.',
    filesEnabled: 'Kunden dürfen Dateien senden',
    fileTypes: 'Arten',
    fileTypesHint: 'Medientypen, etwa image/* oder application/pdf',
    maxFileSize: 'Größte Datei',

    preview: 'Vorschau',
    previewLead:
      'Das echte Fenster mit dem, was hier steht. Nichts davon wird gespeichert oder gesendet.',
    previewFrame: 'Vorschau des Messengers',
    device: 'Gerät',
    devices: { desktop: 'Rechner', phone: 'Telefon' },
    scene: 'Was gezeigt wird',
    scenes: {
      'signed-in': 'Angemeldet',
      guest: 'Gast',
      survey: 'Vor dem Chat',
      ended: 'Nach dem Chat',
    },
    language: 'Sprache',

    versions: 'Fassungen',
    versionsLead: 'Jede Fassung, die einmal live war. Eine ältere lässt sich zurückholen.',
    versionsFailed: 'Die Fassungen konnten nicht geladen werden.',
    noVersions: 'Noch wurde nichts veröffentlicht.',
    version: (n) => `Fassung ${n}`,
    isLive: 'ist live',
    publishedBy: (name, when) => `Veröffentlicht von ${name}, ${when}`,
    publishedAt: (when) => `Veröffentlicht ${when}`,
    first: 'Die erste Fassung',
    changesSince: (n) => `Was sich seit Fassung ${n} geändert hat`,
    rollBack: 'Zu dieser zurückkehren',
    rollBackTitle: (n) => `Zu Fassung ${n} zurückkehren?`,
    rollBackLead: (deployments) =>
      `Sie wird eine neue Fassung und gilt sofort an ${deployments === 1 ? 'einem Ort' : `${deployments} Orten`}. Ein wartender Entwurf entfällt.`,
    rolledBack: 'Es gilt wieder.',
    rollBackFailed: 'Es konnte nicht zurückgeholt werden. Versuchen Sie es erneut.',
    draftChanges: 'Was der Entwurf ändert',
    draftOf: 'Entwurf, noch nicht live',
  },
};
