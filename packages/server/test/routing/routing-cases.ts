// The table of routing: what a workstream says, who comes, and where they go (Omnichannel §3.2, §3.5).
import type { ContextVariable, Identity } from '@countersign/protocol';

const SETTING = 'Shop sign-in';

export const CONFIGURATION = `
authenticationSettings:
  - { name: ${SETTING}, type: signed-token, publicKeyUrl: "https://shop.example/keys" }
  - { name: Partner sign-in, type: signed-token, publicKeyUrl: "https://partner.example/keys" }
operatingHours:
  - name: Office
    timeZone: Europe/Oslo
    weekly: { mon: ["08:00-16:00"], tue: ["08:00-16:00"], wed: ["08:00-16:00"], thu: ["08:00-16:00"], fri: ["08:00-12:00", "13:00-16:00"] }
    holidays: [{ name: Constitution Day, date: "2027-05-17" }]
  - { name: Sunday night, timeZone: Europe/Oslo, weekly: { sun: ["02:00-03:00"] } }
  - { name: Evening, timeZone: Europe/Oslo, weekly: { mon: ["17:00-22:00"], tue: ["17:00-22:00"], wed: ["17:00-22:00"] } }
queues:
  - { name: VIP, priority: 1 }
  - { name: Signed-in, priority: 2 }
  - { name: German, priority: 3 }
  - { name: Guests, priority: 9 }
  - { name: Day, priority: 4, operatingHours: Office }
  - { name: Night, priority: 4, operatingHours: Sunday night }
  - { name: Evening, priority: 4, operatingHours: Evening }
  - { name: Day ends, priority: 4, operatingHours: Office, overflow: { outsideHours: { action: end } } }
  - { name: Day passes on, priority: 4, operatingHours: Office, overflow: { outsideHours: { action: transfer, queue: Guests } } }
  - { name: Small, priority: 4, overflow: { length: { above: 2, action: transfer, queue: Guests } } }
  - { name: Small ends, priority: 4, overflow: { length: { above: 1, action: end } } }
  - { name: Small stays, priority: 4, overflow: { length: { above: 1, action: assign } } }
  - { name: Chain one, priority: 4, overflow: { length: { above: 1, action: transfer, queue: Chain two } } }
  - { name: Chain two, priority: 4, overflow: { length: { above: 1, action: transfer, queue: Chain three } } }
  - { name: Chain three, priority: 4, overflow: { length: { above: 1, action: transfer, queue: Guests } } }
  - { name: Ring one, priority: 4, overflow: { length: { above: 1, action: transfer, queue: Ring two } } }
  - { name: Ring two, priority: 4, overflow: { length: { above: 1, action: transfer, queue: Ring one } } }
  - { name: Closed and small, priority: 4, operatingHours: Office, overflow: { outsideHours: { action: assign }, length: { above: 1, action: end } } }
workstreams:
  - name: Shop
    contextVariables: [{ name: msdyn_cartvalue, type: number }, { name: msdyn_isvip, type: text }, { name: language, type: text }]
    routeToQueue:
      - { when: { all: [{ authenticated: true }, { variable: msdyn_isvip, is: "true", signed: true }] }, queue: VIP, priority: 1 }
      - { when: { all: [{ authenticated: true }, { variable: msdyn_cartvalue, atLeast: 5000, signed: true }] }, queue: VIP, priority: 2 }
      - { when: { variable: language, is: de }, queue: German, priority: 4 }
      - { when: { authenticated: true }, queue: Signed-in, priority: 5 }
    fallbackQueue: Guests
  - name: Operators
    contextVariables: [{ name: n, type: number }, { name: t, type: text }, { name: not_there, type: text }]
    routeToQueue:
      - { when: { all: [{ variable: n, above: 100 }, { variable: n, below: 200 }] }, queue: VIP, priority: 1 }
      - { when: { variable: n, between: [10, 20] }, queue: VIP, priority: 2 }
      - { when: { variable: n, atMost: -1 }, queue: VIP, priority: 3 }
      - { when: { variable: n, is: 7 }, queue: VIP, priority: 4 }
      - { when: { variable: t, contains: gold }, queue: VIP, priority: 5 }
      - { when: { variable: t, beginsWith: "NO-" }, queue: VIP, priority: 6 }
      - { when: { variable: t, in: [red, green] }, queue: VIP, priority: 7 }
      - { when: { all: [{ variable: t, hasValue: true }, { variable: t, isNot: plain }] }, queue: VIP, priority: 8 }
      - { when: { all: [{ variable: t, hasValue: false }, { variable: n, hasValue: true }] }, queue: VIP, priority: 9 }
      - { when: { all: [{ variable: not_there, isNot: x }, { not: { variable: t, is: plain } }, { variable: n, hasValue: false }] }, queue: German, priority: 10 }
    fallbackQueue: Guests
  - name: Who
    routeToQueue:
      - { when: { identity: [lapsed] }, queue: German, priority: 1 }
      - { when: { setting: Partner sign-in }, queue: VIP, priority: 2 }
      - { when: { method: signed-token }, queue: Signed-in, priority: 3 }
      - { when: { any: [{ contact: email, is: "vip@shop.example" }, { contact: name, beginsWith: "Dr. " }, { contact: phone, contains: "555" }] }, queue: VIP, priority: 4 }
      - { when: { locale: de }, queue: German, priority: 5 }
      - { when: { deployment: Who }, queue: Guests, priority: 6 }
    fallbackQueue: Small
  - name: Hours
    routeToQueue:
      - { when: { hours: Sunday night }, queue: VIP, priority: 1 }
      - { when: { hours: Office }, queue: Signed-in, priority: 2 }
      - { when: { hours: Office, open: false }, queue: German, priority: 3 }
    fallbackQueue: Guests
  - { name: To day, routeToQueue: [{ when: { authenticated: false }, queue: Day, priority: 1 }, { when: { authenticated: false }, queue: Guests, priority: 2 }], fallbackQueue: Guests }
  - { name: Only day, routeToQueue: [{ when: { authenticated: false }, queue: Day, priority: 1 }], fallbackQueue: Guests }
  - { name: Day ends, routeToQueue: [{ when: { authenticated: false }, queue: Day ends, priority: 1 }], fallbackQueue: Guests }
  - { name: Day passes on, routeToQueue: [{ when: { authenticated: false }, queue: Day passes on, priority: 1 }], fallbackQueue: Guests }
  - { name: Two closed, routeToQueue: [{ when: { authenticated: false }, queue: Night, priority: 1 }, { when: { authenticated: false }, queue: Evening, priority: 2 }, { when: { authenticated: false }, queue: Day, priority: 3 }], fallbackQueue: Guests }
  - { name: Closed before full, routeToQueue: [{ when: { authenticated: false }, queue: Night, priority: 1 }, { when: { authenticated: false }, queue: Small ends, priority: 2 }], fallbackQueue: Guests }
  - { name: Small, routeToQueue: [{ when: { authenticated: false }, queue: Small, priority: 1 }], fallbackQueue: Guests }
  - { name: Small first, routeToQueue: [{ when: { authenticated: false }, queue: Small, priority: 1 }, { when: { authenticated: false }, queue: German, priority: 7 }], fallbackQueue: Guests }
  - { name: Small ends, routeToQueue: [{ when: { authenticated: false }, queue: Small ends, priority: 1 }], fallbackQueue: Guests }
  - { name: Small stays, routeToQueue: [{ when: { authenticated: false }, queue: Small stays, priority: 1 }], fallbackQueue: Guests }
  - { name: Chain, routeToQueue: [{ when: { authenticated: false }, queue: Chain one, priority: 1 }], fallbackQueue: Guests }
  - { name: Ring, routeToQueue: [{ when: { authenticated: false }, queue: Ring one, priority: 1 }], fallbackQueue: Guests }
  - { name: Closed and small, routeToQueue: [{ when: { authenticated: false }, queue: Closed and small, priority: 1 }], fallbackQueue: Guests }
  - { name: Fallback is full, fallbackQueue: Small ends }
  - { name: Shares, routeToQueue: [{ when: { authenticated: false }, allocate: [{ queue: VIP, percent: 30 }, { queue: German, percent: 70 }], priority: 3 }], fallbackQueue: Guests }
  - { name: Share is full, routeToQueue: [{ when: { authenticated: false }, allocate: [{ queue: Small ends, percent: 50 }, { queue: Small ends, percent: 50 }], priority: 3 }, { when: { authenticated: false }, queue: German, priority: 4 }], fallbackQueue: Guests }
  - name: Classified
    contextVariables: [{ name: msdyn_cartvalue, type: number }, { name: tier, type: text }, { name: score, type: number }]
    classification:
      - name: Tier
        rules:
          - { when: { variable: msdyn_cartvalue, atLeast: 5000, signed: true }, set: [{ variable: tier, value: gold }, { variable: score, value: 90 }] }
          - { when: { variable: msdyn_cartvalue, atLeast: 1000, signed: true }, set: [{ variable: tier, value: silver }] }
      - name: Urgency
        rules:
          - { when: { variable: tier, is: gold }, priority: 0 }
          - { when: { variable: tier, is: silver }, priority: 3 }
    routeToQueue:
      - { when: { variable: score, above: 80 }, queue: VIP, priority: 5 }
      - { when: { variable: tier, is: gold, signed: true }, queue: Signed-in, priority: 6 }
      - { when: { variable: tier, is: silver }, queue: German, priority: 7 }
    fallbackQueue: Guests
  - { name: Broken rule, routeToQueue: [{ when: { hours: Office }, queue: VIP, priority: 1 }, { when: { authenticated: false }, queue: German, priority: 2 }], fallbackQueue: Guests }
  - { name: Broken later, routeToQueue: [{ when: { authenticated: false }, queue: German, priority: 2 }, { when: { hours: Office }, queue: VIP, priority: 1 }], fallbackQueue: Guests }
  - name: Broken class
    contextVariables: [{ name: tier, type: text }]
    classification:
      - { name: Before, rules: [{ when: { authenticated: false }, set: [{ variable: tier, value: kept }] }] }
      - { name: Broken, rules: [{ when: { hours: Office }, priority: 1 }] }
    routeToQueue: [{ when: { authenticated: false }, queue: VIP, priority: 2 }]
    fallbackQueue: Small ends
messengerConfigurations:
  - { name: Plain }
deployments:
  - { name: Who, configuration: Plain, workstream: Who, allowAllDomains: true }
`;

export interface Row {
  title: string;
  stream: string;
  who?: Identity;
  context?: ContextVariable[];
  locale?: string | null;
  contact?: { name?: string; email?: string; phone?: string };
  /** Local times of no zone: ISO. Default: Tuesday noon in Oslo. */
  at?: string;
  /** How many wait in these queues already. */
  waiting?: Record<string, number>;
  queue: string;
  rule: number | null;
  priority?: number;
  state?: 'closed';
  /** Parts of sentences that must be among the reasons. */
  because?: string[];
  /** The context afterwards, as `name=value origin`. */
  after?: string[];
}

const verified: Identity = {
  state: 'verified',
  method: 'signed-token',
  setting: SETTING,
  subject: 'u-1',
};
const lapsed: Identity = { ...verified, state: 'lapsed' };
const claimed: Identity = { state: 'claimed' };
const partner: Identity = { ...verified, setting: 'Partner sign-in' };

const of =
  (origin: ContextVariable['origin']) =>
  (name: string, value: string | number): ContextVariable => ({ name, value, origin });
const signed = of('signed');
const said = of('customer');

const shop = (
  title: string,
  who: Identity | undefined,
  context: ContextVariable[],
  queue: string,
  rule: number | null,
  priority?: number,
): Row => ({
  ...{ title, stream: 'Shop', context, queue, rule },
  ...(who && { who }),
  ...(priority !== undefined && { priority }),
});
const operator = (
  title: string,
  context: ContextVariable[],
  queue: string,
  rule: number | null,
): Row => ({ title, stream: 'Operators', context, queue, rule });
const at = (
  stream: string,
  title: string,
  time: string,
  queue: string,
  rule: number | null,
): Row => ({ title, stream, at: time, queue, rule });
const full = (
  stream: string,
  title: string,
  waiting: Record<string, number>,
  queue: string,
  rule: number | null,
  more: Partial<Row> = {},
): Row => ({ title, stream, waiting, queue, rule, ...more });

export const ROWS: Row[] = [
  shop('a guest goes to the fallback queue', undefined, [], 'Guests', null, 9),
  shop('a signed-in customer', verified, [], 'Signed-in', 4, 5),
  {
    ...shop('a signed VIP goes first', verified, [signed('msdyn_isvip', 'true')], 'VIP', 1, 1),
    because: ['authenticated is true', 'msdyn_isvip is "true" (signed)'],
  },
  shop(
    'a signed value that is not the one',
    verified,
    [signed('msdyn_isvip', 'false')],
    'Signed-in',
    4,
  ),
  shop('texts are compared with case', verified, [signed('msdyn_isvip', 'True')], 'Signed-in', 4),
  shop('names are compared with case', verified, [signed('MSDYN_ISVIP', 'true')], 'Signed-in', 4),
  shop('a full cart', verified, [signed('msdyn_cartvalue', 10_000)], 'VIP', 2, 2),
  shop('a full cart, as a quoted number', verified, [signed('msdyn_cartvalue', '10000')], 'VIP', 2),
  shop('exactly at the least', verified, [signed('msdyn_cartvalue', 5000)], 'VIP', 2),
  shop('just below the least', verified, [signed('msdyn_cartvalue', 4999.99)], 'Signed-in', 4),
  shop(
    'numbers are not compared as texts',
    verified,
    [signed('msdyn_cartvalue', '900')],
    'Signed-in',
    4,
  ),
  shop(
    'a text that is no number',
    verified,
    [signed('msdyn_cartvalue', '5000 kr')],
    'Signed-in',
    4,
  ),
  shop(
    'the first rule that matches counts',
    verified,
    [signed('msdyn_isvip', 'true'), signed('msdyn_cartvalue', 9000), said('language', 'de')],
    'VIP',
    1,
  ),
  shop(
    'forged: a guest who says to be a VIP',
    undefined,
    [said('msdyn_isvip', 'true'), said('msdyn_cartvalue', 99_999)],
    'Guests',
    null,
  ),
  shop(
    'forged: a signed-in customer who says to be a VIP',
    verified,
    [said('msdyn_isvip', 'true')],
    'Signed-in',
    4,
  ),
  shop(
    'forged: a cart that only the page tells of',
    verified,
    [said('msdyn_cartvalue', 50_000)],
    'Signed-in',
    4,
  ),
  shop('a guest may say their language', undefined, [said('language', 'de')], 'German', 3, 4),
  shop('claimed is not authenticated', claimed, [signed('msdyn_isvip', 'true')], 'Guests', null),
  shop(
    'lapsed is not authenticated',
    lapsed,
    [signed('msdyn_isvip', 'true'), signed('msdyn_cartvalue', 9000)],
    'Guests',
    null,
  ),

  operator('above and below', [said('n', 150)], 'VIP', 1),
  operator('above is not at least', [said('n', 100)], 'VIP', 9),
  operator('below is not at most', [said('n', 200)], 'VIP', 9),
  operator('between holds its lower end', [said('n', 10)], 'VIP', 2),
  operator('between holds its upper end', [said('n', '20')], 'VIP', 2),
  operator('outside of between', [said('n', 20.5)], 'VIP', 9),
  operator('at most, negative', [said('n', '-1')], 'VIP', 3),
  operator('is: a number in quotes', [said('n', '7.0')], 'VIP', 4),
  operator('contains', [said('t', 'a golden goose')], 'VIP', 5),
  operator('contains, with case', [said('t', 'GOLD'), said('n', 50)], 'VIP', 8),
  operator('begins with', [said('t', 'NO-1234')], 'VIP', 6),
  operator('in', [said('t', 'green')], 'VIP', 7),
  operator('is not', [said('t', 'else')], 'VIP', 8),
  operator('is not: the one it is not to be', [said('t', 'plain'), said('n', 50)], 'Guests', null),
  operator('has no value', [said('n', 50), said('t', '')], 'VIP', 9),
  operator('is not: what is not there differs', [], 'German', 10),

  { title: 'lapsed can be asked for', stream: 'Who', who: lapsed, queue: 'German', rule: 1 },
  { title: 'the setting that proved them', stream: 'Who', who: partner, queue: 'VIP', rule: 2 },
  { title: 'the method', stream: 'Who', who: verified, queue: 'Signed-in', rule: 3 },
  {
    title: "the linked contact's email",
    stream: 'Who',
    who: claimed,
    contact: { email: 'vip@shop.example' },
    queue: 'VIP',
    rule: 4,
  },
  {
    title: "the linked contact's name",
    stream: 'Who',
    who: claimed,
    contact: { name: 'Dr. No' },
    queue: 'VIP',
    rule: 4,
  },
  {
    title: "the linked contact's phone",
    stream: 'Who',
    who: claimed,
    contact: { phone: '+47 555 12' },
    queue: 'VIP',
    rule: 4,
  },
  {
    title: 'forged: a name that is only said',
    stream: 'Who',
    context: [said('Name', 'Dr. No'), said('Email', 'vip@shop.example')],
    queue: 'Guests',
    rule: 6,
  },
  { title: 'a language', stream: 'Who', locale: 'de', queue: 'German', rule: 5 },
  { title: 'a language in a country', stream: 'Who', locale: 'de_AT', queue: 'German', rule: 5 },
  {
    title: 'another language that begins alike',
    stream: 'Who',
    locale: 'den',
    queue: 'Guests',
    rule: 6,
  },
  { title: 'no language; the deployment', stream: 'Who', locale: null, queue: 'Guests', rule: 6 },

  at('Hours', 'open on a weekday', '2026-11-24T11:00:00Z', 'Signed-in', 2),
  at('Hours', 'closed at the end, to the minute', '2026-11-24T15:00:00Z', 'German', 3),
  at('Hours', 'open at the beginning, to the minute', '2026-11-24T07:00:00Z', 'Signed-in', 2),
  at('Hours', 'closed for lunch on a Friday', '2026-11-27T11:30:00Z', 'German', 3),
  at('Hours', 'closed on a holiday', '2027-05-17T09:00:00Z', 'German', 3),
  at('Hours', 'spring: the hour that is left out, before', '2026-03-29T00:59:00Z', 'German', 3),
  at('Hours', 'spring: the hour that is left out, after', '2026-03-29T01:00:00Z', 'German', 3),
  at('Hours', 'autumn: the hour for the first time', '2026-10-25T00:30:00Z', 'VIP', 1),
  at('Hours', 'autumn: the hour for the second time', '2026-10-25T01:30:00Z', 'VIP', 1),
  at('Hours', 'autumn: after both', '2026-10-25T02:00:00Z', 'German', 3),
  at('Hours', 'summer time: an hour earlier by UTC', '2026-07-01T06:00:00Z', 'Signed-in', 2),
  at('Hours', 'the day after summer time ends', '2026-10-26T06:30:00Z', 'German', 3),

  at('To day', 'an open queue', '2026-11-24T11:00:00Z', 'Day', 1),
  at('To day', 'a closed queue is passed over', '2026-11-24T20:00:00Z', 'Guests', 2),
  {
    ...at(
      'Only day',
      'a closed queue gets it when there is no other',
      '2026-11-24T20:00:00Z',
      'Day',
      1,
    ),
    because: ['Day is closed: it waits there anyway'],
  },
  {
    ...at('Day ends', 'outside hours it ends', '2026-11-24T20:00:00Z', 'Day ends', 1),
    state: 'closed',
  },
  {
    ...at('Day passes on', 'outside hours it goes on', '2026-11-24T20:00:00Z', 'Guests', 1),
    because: ['it goes on to Guests'],
  },
  at('Two closed', 'none is open: the one that opens first', '2026-11-24T05:00:00Z', 'Day', 3),
  at(
    'Two closed',
    'none is open: in the evening another does',
    '2026-11-24T15:30:00Z',
    'Evening',
    2,
  ),
  full(
    'Closed before full',
    'an open one that is full goes before a closed one',
    { 'Small ends': 1 },
    'Small ends',
    2,
    { state: 'closed' },
  ),

  full('Small', 'not full yet', { Small: 1 }, 'Small', 1),
  full('Small', 'full: it goes on', { Small: 2 }, 'Guests', 1, {
    because: ['Small is full (2 may wait): it goes on to Guests'],
  }),
  full('Small first', 'full: the next rule that matches', { Small: 2 }, 'German', 2, {
    priority: 7,
    because: ['not by rule 1: Small is full (2 may wait)'],
  }),
  full('Small ends', 'full: it ends', { 'Small ends': 1 }, 'Small ends', 1, { state: 'closed' }),
  full('Small stays', 'full: assigned anyway', { 'Small stays': 5 }, 'Small stays', 1, {
    because: ['it waits there anyway'],
  }),
  full('Chain', 'a chain: the second has room', { 'Chain one': 1 }, 'Chain two', 1),
  full(
    'Chain',
    'a chain: on to its end',
    { 'Chain one': 1, 'Chain two': 1, 'Chain three': 1 },
    'Guests',
    1,
  ),
  full(
    'Ring',
    'a ring: it is gone round once, and not again',
    { 'Ring one': 1, 'Ring two': 1 },
    'Ring two',
    1,
    { because: ['it stays, Ring one has passed it on before'] },
  ),
  full(
    'Closed and small',
    'closed and assigned anyway, until it is full',
    { 'Closed and small': 1 },
    'Closed and small',
    1,
    { at: '2026-11-24T20:00:00Z', state: 'closed' },
  ),
  full('Closed and small', 'closed and assigned anyway', {}, 'Closed and small', 1, {
    at: '2026-11-24T20:00:00Z',
  }),
  full(
    'Fallback is full',
    'the fallback queue takes it, full or not',
    { 'Small ends': 3 },
    'Small ends',
    null,
  ),
  full('Share is full', 'a share that is full is passed over', { 'Small ends': 1 }, 'German', 2),

  {
    title: 'classified by a signed cart: values, typed, and the priority',
    stream: 'Classified',
    who: verified,
    context: [signed('msdyn_cartvalue', 6000)],
    queue: 'VIP',
    rule: 1,
    priority: 0,
    after: ['msdyn_cartvalue=6000 signed', 'tier="gold" system', 'score=90 system'],
  },
  {
    title: 'classified by the second rule of the ruleset',
    stream: 'Classified',
    who: verified,
    context: [signed('msdyn_cartvalue', 2000)],
    queue: 'German',
    rule: 3,
    priority: 3,
    after: ['msdyn_cartvalue=2000 signed', 'tier="silver" system'],
  },
  {
    title: 'not classified by what a customer says',
    stream: 'Classified',
    context: [said('msdyn_cartvalue', 6000)],
    queue: 'Guests',
    rule: null,
    priority: 9,
  },
  {
    title: 'a signed value is never overwritten',
    stream: 'Classified',
    who: verified,
    context: [signed('msdyn_cartvalue', 6000), signed('tier', 'bronze')],
    queue: 'VIP',
    rule: 1,
    priority: 5,
    after: ['msdyn_cartvalue=6000 signed', 'tier="bronze" signed', 'score=90 system'],
  },
  {
    title: "a customer's value is",
    stream: 'Classified',
    who: verified,
    context: [said('tier', 'gold'), signed('msdyn_cartvalue', 1500)],
    queue: 'German',
    rule: 3,
    priority: 3,
    after: ['msdyn_cartvalue=1500 signed', 'tier="silver" system'],
  },
  {
    title: 'what the system has set is not signed',
    stream: 'Classified',
    context: [said('tier', 'gold')],
    queue: 'Guests',
    rule: null,
    priority: 0,
  },

  {
    title: 'an error in a rule: the fallback queue',
    stream: 'Broken rule',
    queue: 'Guests',
    rule: null,
    because: ['rule 1: there are no operating hours'],
  },
  {
    title: 'an error in a rule that is not reached',
    stream: 'Broken later',
    queue: 'German',
    rule: 1,
  },
  {
    title: 'an error in classification: what was set before it stays',
    stream: 'Broken class',
    waiting: { 'Small ends': 4 },
    queue: 'Small ends',
    rule: null,
    because: ['Broken: there are no operating hours'],
    after: ['tier="kept" system'],
  },
];
