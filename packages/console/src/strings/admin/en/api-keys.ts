/** What the screens of API keys say. */
export const apiKeys = {
  apiKeys: {
    what: 'Name and roles',
    whatLead: 'The program can do what these roles can do, and nothing else.',
    name: 'Name',
    nameHint: 'Which program it is for. The audit log names it.',
    roles: 'Roles',
    key: 'API key',
    keyLead: 'Only its hash is stored: nobody can read it, not even with the role for secrets.',
    freshLead:
      'Made on this device once you create it, and shown one time. What is stored is only its hash.',
    newKey: 'Your new key',
    newKeyLead: 'Copy it now: it is shown this one time. When you leave this page it is gone.',
    stored: 'Stored as a hash.',
    replacing: 'Saving makes a new key and shows it. The old one stops working at once.',
    replace: 'Replace…',
    keep: 'Keep the stored one',
  },
};
