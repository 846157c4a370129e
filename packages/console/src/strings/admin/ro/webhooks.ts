import type { AdminWords } from '../admin-words.ts';
import type { webhooks as english } from '../en/webhooks.ts';

export const webhooks: Pick<AdminWords, keyof typeof english> = {
  webhooks: {
    health: 'Stare',
    healthFailed: 'Starea lor nu a putut fi citită. Lista în sine este completă.',
    where: 'Încotro',
    whereLead: 'Un server al dumneavoastră care primește cereri POST.',
    url: 'Adresă',
    secret: 'Secretul',
    secretHint: 'Fiecare livrare este semnată cu el, ca serverul să știe că vine de aici.',
    what: 'Ce află',
    whatLead: 'Identitate și identificatori, niciodată ce au scris oamenii.',
    told: 'Evenimente',
    events: {
      'conversation.opened': 'Începe un client.',
      'conversation.authenticated': 'Clientul a dovedit cine este.',
      'conversation.lapsed': 'Dovada a expirat.',
      'conversation.signed-out': 'Clientul s-a deconectat.',
      'conversation.queued': 'Așteaptă într-o coadă.',
      'conversation.assigned': 'O are un agent.',
      'conversation.transferred': 'A trecut la altă coadă sau la alt agent.',
      'conversation.ended': 'S-a încheiat.',
      'conversation.rated': 'Clientul a dat o notă.',
    },
  },
};
