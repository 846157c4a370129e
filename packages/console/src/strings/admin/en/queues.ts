const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** What the screens of queues say. */
export const queues = {
  queues: {
    what: 'Name and rank',
    whatLead: 'Where conversations wait until an agent has time.',
    name: 'Name',
    nameHint: 'Agents and rules call it so',
    priority: 'Priority',
    priorityHint: 'Lower goes first: an agent of several queues gets from this one before others.',
    members: 'Agents',
    people: (n: number) => count(n, 'person', 'people'),
    membersLead: 'Who answers, and who of them is asked first.',
    agents: 'Members',
    agentsHint: 'By email address. Write part of it to find somebody.',
    assignment: 'Who is asked first',
    assignments: {
      'highest-capacity': 'Most room',
      'round-robin': 'In turn',
      'longest-idle': 'Longest without work',
    },
    assignmentHints: {
      'highest-capacity': 'Whoever has the most capacity left.',
      'round-robin': 'One after the other.',
      'longest-idle': 'Whoever has been given nothing for the longest time.',
    },
    hours: 'Opening hours',
    always: 'always open',
    hoursLead: 'When somebody is there.',
    openAt: 'Open at',
    openAtHint: 'Without any, it is open around the clock.',
    overflow: 'When it is too much',
    overflowLead: 'What becomes of a conversation that this queue cannot take.',
    limits: {
      outsideHours: 'Outside of opening hours',
      length: 'Too many are waiting',
      waitingTime: 'Somebody waits too long',
    },
    limitHints: {
      outsideHours: 'Otherwise the conversation waits until it opens.',
      length: 'Looked at before a conversation is put in.',
      waitingTime: 'Looked at while a conversation waits.',
    },
    above: 'More than',
    waiting: 'waiting',
    aboveTime: 'Longer than',
    action: 'Then',
    actions: {
      transfer: 'give it to another queue',
      assign: 'take it all the same',
      end: 'end it with a message',
    },
    otherQueue: 'Other queue',
  },
};
