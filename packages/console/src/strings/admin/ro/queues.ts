import type { AdminWords } from '../admin-words.ts';
import type { queues as english } from '../en/queues.ts';
import { count } from './count.ts';

export const queues: Pick<AdminWords, keyof typeof english> = {
  queues: {
    what: 'Nume și rang',
    whatLead: 'Unde așteaptă conversațiile până are timp un agent.',
    name: 'Nume',
    nameHint: 'Așa o numesc agenții și regulile',
    priority: 'Prioritate',
    priorityHint:
      'Numărul mai mic trece înainte: un agent din mai multe cozi primește întâi din aceasta.',
    members: 'Agenți',
    people: (n) => count(n, 'persoană', 'persoane'),
    membersLead: 'Cine răspunde și cine este întrebat primul.',
    agents: 'Membri',
    agentsHint: 'După adresa de e-mail. Scrieți o parte din ea ca să găsiți pe cineva.',
    assignment: 'Cine este întrebat primul',
    assignments: {
      'highest-capacity': 'Cel mai mult loc',
      'round-robin': 'Pe rând',
      'longest-idle': 'Cel mai mult timp fără lucru',
    },
    assignmentHints: {
      'highest-capacity': 'Cine are cea mai mare capacitate liberă.',
      'round-robin': 'Unul după altul.',
      'longest-idle': 'Cine nu a primit nimic de cel mai mult timp.',
    },
    hours: 'Program',
    always: 'mereu deschisă',
    hoursLead: 'Când este cineva acolo.',
    openAt: 'Deschisă',
    openAtHint: 'Fără program, este deschisă non-stop.',
    overflow: 'Când este prea mult',
    overflowLead: 'Ce se întâmplă cu o conversație pe care coada nu o poate prelua.',
    limits: {
      outsideHours: 'În afara programului',
      length: 'Așteaptă prea mulți',
      waitingTime: 'Cineva așteaptă prea mult',
    },
    limitHints: {
      outsideHours: 'Altfel conversația așteaptă până se deschide.',
      length: 'Se verifică înainte de a intra o conversație.',
      waitingTime: 'Se verifică în timp ce o conversație așteaptă.',
    },
    above: 'Mai mult de',
    waiting: 'în așteptare',
    aboveTime: 'Mai mult timp decât',
    action: 'Atunci',
    actions: {
      transfer: 'trece la altă coadă',
      assign: 'intră totuși',
      end: 'se încheie cu un mesaj',
    },
    otherQueue: 'Altă coadă',
  },
};
