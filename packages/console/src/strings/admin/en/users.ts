/** What the screens of users say. */
export const users = {
  users: {
    who: 'Who it is',
    whoLead: 'How they are called here and before customers.',
    name: 'Name',
    email: 'Email',
    emailHint: 'They sign in with it, and queues know them by it.',
    nickname: 'Nickname',
    nicknameHint: 'What customers see. Without one: the name',
    roles: 'Roles',
    rolesLead: 'Somebody may have several.',
    rolesLeadWithout:
      'Somebody may have several. Who has or gets the role for secrets, only somebody with that role can change.',
    may: 'What they may do',
    roleNames: {
      agent: 'Agent',
      supervisor: 'Supervisor',
      administrator: 'Administrator',
      developer: 'Site developer',
      secrets: 'Reads secrets',
    },
    roleHints: {
      agent: 'Answers customers.',
      supervisor: 'Sees all conversations and reports, hands out work, writes quick replies.',
      administrator: 'Sets up everything here, and reads the audit log.',
      developer: 'Puts the messenger on your site: deployments, keys, sign-in attempts, dry run.',
      secrets: 'Sees stored secrets in clear, and decides who else does. Beside another role.',
    },
    signIn: 'Signing in',
    signInLead: 'Without a password nobody signs in with one.',
    password: 'Password',
    work: 'How much they take on',
    workLead: 'For those who answer customers.',
    capacity: 'Capacity',
    capacityHint: 'A conversation takes what its workstream says, usually 30.',
    units: 'units',
  },
};
