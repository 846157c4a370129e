import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContextVariable, IdentityState } from '@countersign/protocol';
import type { Workstream } from '../configuration/index.ts';
import { evaluateRules } from './evaluate-rules.ts';

const workstream: Workstream = {
  id: 'w',
  name: 'Web chat',
  channel: 'web',
  distribution: 'push',
  capacity: 30,
  offerTimeout: 120,
  contextVariables: [],
  classification: [],
  declines: 3,
  wrapUp: 0,
  keepSameAgent: false,
  automatedMessages: [],
  routeToQueue: [
    {
      when: {
        all: [{ authenticated: true }, { variable: 'msdyn_isvip', is: 'true', signed: true }],
      },
      queues: [{ queueId: 'signed-in', percent: 100 }],
      priority: 1,
    },
    {
      when: { all: [{ authenticated: true }, { variable: 'msdyn_cartvalue', atLeast: 5000 }] },
      queues: [{ queueId: 'signed-in', percent: 100 }],
      priority: 2,
    },
    {
      when: { variable: 'language', is: 'de' },
      queues: [{ queueId: 'german', percent: 100 }],
      priority: 4,
    },
    {
      when: { authenticated: true },
      queues: [{ queueId: 'signed-in', percent: 100 }],
      priority: 5,
    },
  ],
  fallbackQueueId: 'guests',
};

const facts = (state: IdentityState, ...context: ContextVariable[]) => ({
  identity: { state },
  settingId: null,
  deploymentId: 'd',
  locale: null,
  context,
  contact: {},
  isOpen: () => true,
  conversationId: 'c',
  queues: (id: string) => ({
    ...{ id, name: id, priority: 1, isOpen: true, opensAt: null, waiting: 0 },
    overflow: { outsideHours: null, length: null, waitingTime: null },
  }),
});
const signed = (name: string, value: string | number): ContextVariable => ({
  name,
  value,
  origin: 'signed',
});
const claimed = (name: string, value: string | number): ContextVariable => ({
  name,
  value,
  origin: 'customer',
});

const cases: [
  string,
  ReturnType<typeof facts>,
  { queue: string; rule: number | null; because: string[] },
][] = [
  [
    'a guest goes to the fallback queue',
    facts('anonymous'),
    { queue: 'guests', rule: null, because: ['no rule matched'] },
  ],
  [
    'a signed VIP matches the first rule, and the reason names the values',
    facts('verified', signed('msdyn_isvip', 'true'), signed('msdyn_cartvalue', 10000)),
    {
      queue: 'signed-in',
      rule: 1,
      because: ['authenticated is true', 'msdyn_isvip is "true" (signed)'],
    },
  ],
  [
    'a VIP that only the customer says is no VIP where the rule demands a signed value',
    facts('verified', claimed('msdyn_isvip', 'true')),
    { queue: 'signed-in', rule: 4, because: ['authenticated is true'] },
  ],
  [
    'a guest who says to be a VIP stays a guest',
    facts('anonymous', claimed('msdyn_isvip', 'true')),
    { queue: 'guests', rule: null, because: ['no rule matched'] },
  ],
  [
    'a number in text counts as a number',
    facts('verified', signed('msdyn_cartvalue', '5000')),
    {
      queue: 'signed-in',
      rule: 2,
      because: ['authenticated is true', 'msdyn_cartvalue 5000 is at least 5000'],
    },
  ],
  [
    'text that is no number does not match a number rule',
    facts('verified', signed('msdyn_cartvalue', '5000 kr')),
    { queue: 'signed-in', rule: 4, because: ['authenticated is true'] },
  ],
  [
    'names are compared with case',
    facts('verified', signed('MSDYN_ISVIP', 'true')),
    { queue: 'signed-in', rule: 4, because: ['authenticated is true'] },
  ],
  [
    'lapsed is not authenticated',
    facts('lapsed', signed('msdyn_isvip', 'true')),
    { queue: 'guests', rule: null, because: ['no rule matched'] },
  ],
  [
    'claimed is not authenticated, but may match on what it says',
    facts('claimed', claimed('language', 'de')),
    { queue: 'german', rule: 3, because: ['language is "de"'] },
  ],
];

for (const [title, given, expected] of cases) {
  test(`route-to-queue: ${title}`, () => {
    const decision = evaluateRules(workstream, given);
    assert.deepEqual(
      { queue: decision.queueId, rule: decision.rule, because: decision.because },
      expected,
    );
  });
}
