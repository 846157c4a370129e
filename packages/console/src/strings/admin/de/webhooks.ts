import type { AdminWords } from '../admin-words.ts';
import type { webhooks as english } from '../en/webhooks.ts';

export const webhooks: Pick<AdminWords, keyof typeof english> = {
  webhooks: {
    health: 'Zustand',
    healthFailed: 'Wie es ihnen geht, war nicht zu lesen. Die Liste selbst ist vollständig.',
    where: 'Wohin',
    whereLead: 'Ein Server von Ihnen, der POST-Anfragen annimmt.',
    url: 'Adresse',
    secret: 'Geheimnis',
    secretHint:
      'Jede Zustellung ist damit unterschrieben, so weiß Ihr Server, dass sie von hier ist.',
    what: 'Was er erfährt',
    whatLead: 'Identität und Kennungen, nie was jemand geschrieben hat.',
    told: 'Ereignisse',
    events: {
      'conversation.opened': 'Ein Kunde beginnt.',
      'conversation.authenticated': 'Der Kunde hat bewiesen, wer er ist.',
      'conversation.lapsed': 'Der Nachweis ist abgelaufen.',
      'conversation.signed-out': 'Der Kunde hat sich abgemeldet.',
      'conversation.queued': 'Es wartet in einer Warteschlange.',
      'conversation.assigned': 'Ein Agent hat es.',
      'conversation.transferred':
        'Es ging an eine andere Warteschlange oder einen anderen Agenten.',
      'conversation.ended': 'Es ist vorbei.',
      'conversation.rated': 'Der Kunde hat es bewertet.',
    },
  },
};
