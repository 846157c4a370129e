import type { AdminWords } from '../admin-words.ts';
import type { audit as english } from '../en/audit.ts';

export const audit: Pick<AdminWords, keyof typeof english> = {
  audit: {
    lead: 'Wer was wann und auf welchem Weg geändert hat. Niemand kann daran etwas ändern oder wegnehmen.',
    section: 'Was',
    action: 'Aktion',
    actor: 'Wer',
    actorHint: 'Teil des Namens',
    from: 'Von',
    to: 'Bis',
    all: 'Alle',
    clear: 'Alles zeigen',
    oneObject: 'Gezeigt wird nur ein Objekt.',
    csv: 'Als CSV herunterladen',
    loading: 'Das Protokoll wird geladen',
    failed: 'Das Protokoll konnte nicht geladen werden.',
    none: 'Nichts Passendes ist verzeichnet',
    noneHint: 'Grenzen Sie weniger ein.',
    actions: {
      created: 'angelegt:',
      updated: 'geändert:',
      deleted: 'gelöscht:',
      published: 'veröffentlicht:',
      'draft-saved': 'Entwurf gespeichert:',
      'draft-discarded': 'Entwurf verworfen:',
      'secret-read': 'Geheimnisse gelesen:',
      exported: 'Konfiguration exportiert',
      'signed-in': 'angemeldet',
      invited: 'eingeladen:',
      'sessions-ended': 'Sitzungen beendet:',
    },
    kinds: { user: 'Person', 'api-key': 'API-Schlüssel', node: 'Dieser Server' },
    doors: {
      console: 'in der Konsole',
      api: 'über die API',
      file: 'mit einer Konfigurationsdatei',
      genesys: 'über die Genesys-API',
    },
    changes: 'Änderungen',
    changesOf: (name, time) => `Änderungen: ${name}, ${time}`,
    export: 'Konfiguration als Datei',
    exportLead:
      'Alles, was hier eingerichtet ist, als Konfigurationsdatei. Sie kann in die Versionsverwaltung und wieder angewendet werden.',
    exportPlain: 'Konfiguration herunterladen',
    exportSecrets: 'Mit Geheimnissen im Klartext',
    secretsHint: 'Dass Sie die Geheimnisse mitgenommen haben, wird festgehalten.',
    noSecrets:
      'Geheimnisse fehlen darin. Mit ihnen bekommt sie, wer die Rolle für Geheimnisse hat.',
  },
};
