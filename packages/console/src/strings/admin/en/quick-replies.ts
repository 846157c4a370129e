/** What the screens of quick replies say. */
export const quickReplies = {
  quickReplies: {
    text: 'Text',
    textLead:
      'Agents find it by typing / and part of the title, and can change it before it goes out.',
    title: 'Title',
    titleHint: 'What agents look for',
    where: 'When it is offered',
    whereLead: 'The customer’s language comes first.',
    locale: 'Language',
    localeHint: (examples: string) => `A language tag, such as ${examples}`,
    tags: 'Tags',
    tagsHint: 'Agents find it by # and the tag.',
    workstreams: 'Workstreams',
    workstreamsHint: 'None: it is offered everywhere.',
    everywhere: 'everywhere',
    placeholder: 'Placeholders',
    placeholderLead: 'Filled in by itself. Press one to put it into the text.',
    placeholders: {
      customerFirst: 'first name of the customer',
      customerFull: 'full name of the customer',
      customerLast: 'last name of the customer',
      agentNickname: 'what customers call the agent',
      agentFull: 'full name of the agent',
      context: 'a context variable of this name',
    },
    insert: (meaning: string) => `Put in: ${meaning}`,
    preview: 'Preview',
    previewLead: (customer: string) => `As ${customer} would read it from you.`,
    noText: 'Nothing written yet',
    unknown: (placeholders: string) =>
      `Not known of this customer, so the agent fills it in: ${placeholders}`,
  },
};
