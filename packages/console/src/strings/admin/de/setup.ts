import type { AdminWords } from '../admin-words.ts';
import type { setup as english } from '../en/setup.ts';

export const setup: Pick<AdminWords, keyof typeof english> = {
  setup: {
    lead: 'Von nichts zum ersten Gespräch, in dem Sie wissen, wer da ist: sechs Schritte, etwa zehn Minuten.',
    failed: 'Wie weit Sie sind, war nicht herauszufinden.',
    loading: 'Es wird nachgesehen, wie weit Sie sind',
    progress: (done, total) => `${done} von ${total} erledigt`,
    complete: 'Alles ist eingerichtet.',
    states: { todo: 'Zu tun', doing: 'Begonnen', done: 'Erledigt', failing: 'Geht nicht' },
    step: (n, title) => `${n}. Schritt: ${title}`,
    titles: {
      identity: 'Wer Ihre Kunden sind',
      messenger: 'Der Messenger',
      deployment: 'Ein Ort für ihn',
      snippet: 'Der Codeschnipsel auf Ihrer Website',
      test: 'Als Kunde ausprobieren',
      agents: 'Agenten und Warteschlangen',
    },
    hints: {
      identity:
        'Sagen Sie diesem Server, wo sich Ihre Kunden anmelden oder wo die Schlüssel Ihrer Website liegen.',
      messenger:
        'Seine Farbe, seine Sprachen, und dass man sich mit der Einstellung oben anmeldet.',
      deployment: 'Wo er erscheinen darf, und wohin seine Gespräche gehen.',
      snippet: 'Ein paar Zeilen auf jeder Seite. Sie liegen zum Kopieren bereit.',
      test: 'Eine Seite dieses Servers mit Ihrem Messenger: anmelden, die erste Nachricht schreiben.',
      agents: 'Wer antwortet, und in welcher Warteschlange Gespräche auf sie warten.',
    },
    actions: {
      identity: 'Anmeldeeinstellung anlegen',
      messenger: 'Messenger anlegen',
      deployment: 'Einsatzort anlegen',
      snippet: 'Codeschnipsel kopieren',
      test: 'Probeseite öffnen',
      agents: 'Personen aufnehmen',
      queues: 'Warteschlange anlegen',
      workstreams: 'Workstream anlegen',
    },
    objects: 'Worum es geht',
    look: (name) => `${name} öffnen`,
    testIdentity: 'Jetzt prüfen',
    testSnippet: 'Seite prüfen',
    page: 'Adresse einer Seite mit dem Codeschnipsel',
    pageMissing: 'Schreiben Sie die Adresse einer Seite.',
    pageFailed: 'Die Seite ließ sich nicht prüfen. Versuchen Sie es erneut.',
    deployment: 'Einsatzort',
    testFirst: 'Dazu braucht es zuerst einen Einsatzort.',
    answer: 'Im Posteingang antworten',
    newQueue: 'Kunden',
    newWorkstream: 'Web-Chat',
    newMessenger: 'Unser Service',
    makeDefaults: 'Warteschlange und Workstream anlegen',
    makeDefaultsHint: (queue, workstream) =>
      `Ein Ort braucht einen Workstream und der eine Warteschlange. Das legt „${workstream}“ an, mit der Warteschlange „${queue}“ und Ihnen darin; ändern lässt sich beides später.`,
    makeFailed: 'Sie konnten nicht angelegt werden. Versuchen Sie es erneut.',
    joinQueue: (queue) => `Selbst in ${queue} antworten`,
    joinFailed: 'Sie konnten nicht aufgenommen werden. Versuchen Sie es erneut.',
    unpublished: 'Ein Messenger zählt, wenn er veröffentlicht ist.',
    refresh: 'Erneut nachsehen',
  },
};
