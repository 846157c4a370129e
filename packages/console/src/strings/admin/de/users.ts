import type { AdminWords } from '../admin-words.ts';
import type { users as english } from '../en/users.ts';

export const users: Pick<AdminWords, keyof typeof english> = {
  users: {
    who: 'Wer es ist',
    whoLead: 'Wie die Person hier und vor Kunden heißt.',
    name: 'Name',
    email: 'E-Mail',
    emailHint: 'Damit meldet sie sich an, und so kennen sie die Warteschlangen.',
    nickname: 'Rufname',
    nicknameHint: 'Was Kunden sehen. Ohne Angabe: der Name',
    roles: 'Rollen',
    rolesLead: 'Jemand kann mehrere haben.',
    rolesLeadWithout:
      'Jemand kann mehrere haben. Wer die Rolle für Geheimnisse hat oder bekommt, ändert nur jemand mit dieser Rolle.',
    may: 'Was die Person darf',
    roleNames: {
      agent: 'Agent',
      supervisor: 'Supervisor',
      administrator: 'Administrator',
      developer: 'Website-Entwickler',
      secrets: 'Liest Geheimnisse',
    },
    roleHints: {
      agent: 'Antwortet Kunden.',
      supervisor:
        'Sieht alle Gespräche und Berichte, verteilt Arbeit und schreibt Schnellantworten.',
      administrator: 'Richtet hier alles ein und liest das Protokoll.',
      developer:
        'Bringt den Messenger auf Ihre Website: Einsatzorte, Schlüssel, Anmeldeversuche, Probelauf.',
      secrets:
        'Sieht gespeicherte Geheimnisse im Klartext und bestimmt, wer das noch darf. Neben einer anderen Rolle.',
    },
    signIn: 'Anmelden',
    signInLead: 'Ohne Passwort meldet sich niemand mit einem an.',
    password: 'Passwort',
    work: 'Wie viel sie übernimmt',
    workLead: 'Für alle, die Kunden antworten.',
    capacity: 'Umfang',
    capacityHint: 'Ein Gespräch braucht, was sein Workstream sagt, meist 30.',
    units: 'Einheiten',
  },
};
