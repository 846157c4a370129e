import type { AdminWords } from '../admin-words.ts';
import type { quickReplies as english } from '../en/quick-replies.ts';

export const quickReplies: Pick<AdminWords, keyof typeof english> = {
  quickReplies: {
    text: 'Wortlaut',
    textLead:
      'Agenten finden ihn mit / und einem Teil des Titels und können ihn ändern, bevor er hinausgeht.',
    title: 'Titel',
    titleHint: 'Wonach Agenten suchen',
    where: 'Wann er angeboten wird',
    whereLead: 'Die Sprache des Kunden kommt zuerst.',
    locale: 'Sprache',
    localeHint: (examples) => `Ein Sprachkürzel, etwa ${examples}`,
    tags: 'Schlagwörter',
    tagsHint: 'Agenten finden ihn mit # und dem Schlagwort.',
    workstreams: 'Workstreams',
    workstreamsHint: 'Ohne Angabe wird er überall angeboten.',
    everywhere: 'überall',
    placeholder: 'Platzhalter',
    placeholderLead: 'Werden von selbst ausgefüllt. Drücken Sie auf einen, um ihn einzusetzen.',
    placeholders: {
      customerFirst: 'Vorname des Kunden',
      customerFull: 'voller Name des Kunden',
      customerLast: 'Nachname des Kunden',
      agentNickname: 'wie Kunden den Agenten nennen',
      agentFull: 'voller Name des Agenten',
      context: 'eine Kontextvariable mit diesem Namen',
    },
    insert: (meaning) => `Einsetzen: ${meaning}`,
    preview: 'Vorschau',
    previewLead: (customer) => `So läse ${customer} es von Ihnen.`,
    noText: 'Noch nichts geschrieben',
    unknown: (placeholders) =>
      `Von diesem Kunden nicht bekannt, also füllt es der Agent aus: ${placeholders}`,
  },
};
