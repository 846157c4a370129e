import type { AdminWords } from '../admin-words.ts';
import type { quickReplies as english } from '../en/quick-replies.ts';

export const quickReplies: Pick<AdminWords, keyof typeof english> = {
  quickReplies: {
    text: 'Textul',
    textLead:
      'Agenții îl găsesc scriind / și o parte din titlu și îl pot modifica înainte de trimitere.',
    title: 'Titlu',
    titleHint: 'Ce caută agenții',
    where: 'Când este oferit',
    whereLead: 'Limba clientului are întâietate.',
    locale: 'Limba',
    localeHint: (examples) => `Un cod de limbă, de exemplu ${examples}`,
    tags: 'Etichete',
    tagsHint: 'Agenții îl găsesc cu # și eticheta.',
    workstreams: 'Fluxuri de lucru',
    workstreamsHint: 'Niciunul: este oferit peste tot.',
    everywhere: 'peste tot',
    placeholder: 'Substituenți',
    placeholderLead: 'Se completează singuri. Apăsați pe unul ca să îl puneți în text.',
    placeholders: {
      customerFirst: 'prenumele clientului',
      customerFull: 'numele complet al clientului',
      customerLast: 'numele de familie al clientului',
      agentNickname: 'cum îi spun clienții agentului',
      agentFull: 'numele complet al agentului',
      context: 'o variabilă de context cu acest nume',
    },
    insert: (meaning) => `Pune: ${meaning}`,
    preview: 'Previzualizare',
    previewLead: (customer) => `Cum l-ar citi ${customer} de la dumneavoastră.`,
    noText: 'Nimic scris încă',
    unknown: (placeholders) =>
      `Necunoscut pentru acest client, deci completează agentul: ${placeholders}`,
  },
};
