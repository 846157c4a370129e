import type { AdminWords } from '../admin-words.ts';
import type { apiKeys as english } from '../en/api-keys.ts';

export const apiKeys: Pick<AdminWords, keyof typeof english> = {
  apiKeys: {
    what: 'Name und Rollen',
    whatLead: 'Das Programm darf, was diese Rollen dürfen, und sonst nichts.',
    name: 'Name',
    nameHint: 'Für welches Programm er ist. Das Protokoll nennt ihn.',
    roles: 'Rollen',
    key: 'API-Schlüssel',
    keyLead:
      'Gespeichert ist nur seine Prüfsumme: Niemand kann ihn lesen, auch nicht mit der Rolle für Geheimnisse.',
    freshLead:
      'Entsteht auf diesem Gerät, wenn Sie ihn anlegen, und wird ein einziges Mal gezeigt. Gespeichert wird nur seine Prüfsumme.',
    newKey: 'Ihr neuer Schlüssel',
    newKeyLead:
      'Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal gezeigt. Wenn Sie die Seite verlassen, ist er weg.',
    stored: 'Als Prüfsumme gespeichert.',
    replacing:
      'Mit dem Speichern entsteht ein neuer Schlüssel und wird gezeigt. Der alte gilt sofort nicht mehr.',
    replace: 'Ersetzen…',
    keep: 'Den gespeicherten behalten',
  },
};
