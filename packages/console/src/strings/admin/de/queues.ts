import type { AdminWords } from '../admin-words.ts';
import type { queues as english } from '../en/queues.ts';

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const queues: Pick<AdminWords, keyof typeof english> = {
  queues: {
    what: 'Name und Rang',
    whatLead: 'Wo Gespräche warten, bis ein Agent Zeit hat.',
    name: 'Name',
    nameHint: 'So nennen sie Agenten und Regeln',
    priority: 'Priorität',
    priorityHint:
      'Kleiner kommt zuerst: Wer in mehreren Warteschlangen ist, bekommt aus dieser vor den anderen.',
    members: 'Agenten',
    people: (n) => count(n, 'Person', 'Personen'),
    membersLead: 'Wer antwortet, und wer davon zuerst gefragt wird.',
    agents: 'Mitglieder',
    agentsHint: 'Nach E-Mail-Adresse. Schreiben Sie einen Teil davon, um jemanden zu finden.',
    assignment: 'Wer zuerst gefragt wird',
    assignments: {
      'highest-capacity': 'Am meisten Platz',
      'round-robin': 'Reihum',
      'longest-idle': 'Am längsten ohne Arbeit',
    },
    assignmentHints: {
      'highest-capacity': 'Wer noch am meisten übernehmen kann.',
      'round-robin': 'Einer nach dem anderen.',
      'longest-idle': 'Wer am längsten nichts bekommen hat.',
    },
    hours: 'Öffnungszeiten',
    always: 'immer geöffnet',
    hoursLead: 'Wann jemand da ist.',
    openAt: 'Geöffnet',
    openAtHint: 'Ohne Angabe rund um die Uhr.',
    overflow: 'Wenn es zu viel wird',
    overflowLead: 'Was aus einem Gespräch wird, das diese Warteschlange nicht nehmen kann.',
    limits: {
      outsideHours: 'Außerhalb der Öffnungszeiten',
      length: 'Es warten zu viele',
      waitingTime: 'Jemand wartet zu lange',
    },
    limitHints: {
      outsideHours: 'Sonst wartet das Gespräch, bis geöffnet wird.',
      length: 'Geprüft, bevor ein Gespräch hineinkommt.',
      waitingTime: 'Geprüft, während ein Gespräch wartet.',
    },
    above: 'Mehr als',
    waiting: 'wartende',
    aboveTime: 'Länger als',
    action: 'Dann',
    actions: {
      transfer: 'an eine andere Warteschlange geben',
      assign: 'trotzdem annehmen',
      end: 'mit einer Nachricht beenden',
    },
    otherQueue: 'Andere Warteschlange',
  },
};
