/** What the screens of webhooks say. */
export const webhooks = {
  webhooks: {
    health: 'Health',
    healthFailed: 'How they are doing could not be read. The list itself is complete.',
    where: 'Where to',
    whereLead: 'A server of yours that takes POST requests.',
    url: 'Address',
    secret: 'Secret',
    secretHint: 'Every delivery is signed with it, so that your server knows it is from here.',
    what: 'What it is told',
    whatLead: 'Identity and ids, never what people wrote.',
    told: 'Events',
    events: {
      'conversation.opened': 'A customer begins.',
      'conversation.authenticated': 'The customer has proven who they are.',
      'conversation.lapsed': 'The proof has run out.',
      'conversation.signed-out': 'The customer signed out.',
      'conversation.queued': 'It waits in a queue.',
      'conversation.assigned': 'An agent has it.',
      'conversation.transferred': 'It went to another queue or agent.',
      'conversation.ended': 'It is over.',
      'conversation.rated': 'The customer gave a rating.',
    },
  },
};
