import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShownObject } from '@countersign/protocol';
import { de } from '../../strings/admin/de.ts';
import { en } from '../../strings/admin/en.ts';
import { ro } from '../../strings/admin/ro.ts';
import { asKind, withFurther, withoutPart } from '../conditions/condition-kinds.ts';
import { conditionSentence } from '../conditions/condition-sentence.ts';
import { operandFrom, withOperator } from '../conditions/operators.ts';
import { classifySentence, routeSentence } from './rule-sentence.ts';

type Rule = ShownObject<'workstreams'>['routeToQueue'][number];

const cart: Rule = {
  when: {
    all: [{ authenticated: true }, { variable: 'msdyn_cartvalue', atLeast: 5000, signed: true }],
  },
  queue: 'Signed-in customers',
  priority: 2,
};

test('a rule is a sentence, in each language', () => {
  assert.equal(
    routeSentence(cart, en.rules),
    'When the customer is authenticated and msdyn_cartvalue (signed) is at least 5000, send to Signed-in customers with priority 2.',
  );
  assert.equal(
    routeSentence(cart, de.rules),
    'Wenn der Kunde angemeldet ist und msdyn_cartvalue (signiert) mindestens 5000 ist, an Signed-in customers geben, mit Priorität 2.',
  );
  assert.equal(
    routeSentence(cart, ro.rules),
    'Când clientul este autentificat și msdyn_cartvalue (semnat) este cel puțin 5000, trimite la Signed-in customers cu prioritatea 2.',
  );
});

test('every form of a condition has its words', () => {
  const said = (when: Rule['when']) => conditionSentence(when, en.rules);
  const forms: [Rule['when'], string][] = [
    [{ authenticated: false }, 'the customer is not authenticated'],
    [{ identity: ['verified', 'lapsed'] }, 'the identity is verified or lapsed'],
    [{ method: 'signed-token' }, 'the customer was proven by signed token'],
    [{ setting: 'Shop sign-in' }, 'the authentication setting is Shop sign-in'],
    [{ deployment: 'shop.example' }, 'the chat comes from shop.example'],
    [{ locale: 'de' }, 'the customer’s language is de'],
    [{ hours: 'Office hours' }, 'Office hours: open'],
    [{ hours: 'Office hours', open: false }, 'Office hours: closed'],
    [{ contact: 'email', hasValue: true }, 'the contact’s email address has a value'],
    [{ contact: 'name', hasValue: false }, 'the contact’s name has no value'],
    [{ variable: 'word', is: '5' }, 'word is “5”'],
    [{ variable: 'sum', isNot: 5 }, 'sum is not 5'],
    [{ variable: 'word', contains: 'a' }, 'word contains “a”'],
    [{ variable: 'word', beginsWith: 'a' }, 'word begins with “a”'],
    [{ variable: 'word', in: ['a', 'b', 'c'] }, 'word is one of “a”, “b” or “c”'],
    [{ variable: 'sum', above: 1 }, 'sum is above 1'],
    [{ variable: 'sum', below: 1 }, 'sum is below 1'],
    [{ variable: 'sum', atMost: 1.5 }, 'sum is at most 1.5'],
    [{ variable: 'sum', between: [1, 5] }, 'sum is between 1 and 5'],
    [
      { all: [{ authenticated: true }, { any: [{ locale: 'de' }, { not: { locale: 'ro' } }] }] },
      'the customer is authenticated and (the customer’s language is de or it is not so that the customer’s language is ro)',
    ],
  ];
  for (const [when, sentence] of forms) assert.equal(said(when), sentence);
});

test('queues that share, and what a classification sets', () => {
  const shared: Rule = {
    when: { authenticated: true },
    allocate: [
      { queue: 'A', percent: 40 },
      { queue: 'B', percent: 60 },
    ],
    priority: 10,
  };
  assert.equal(
    routeSentence(shared, en.rules),
    'When the customer is authenticated, share out: 40 % to A and 60 % to B, with priority 10.',
  );
  const classified = {
    when: { authenticated: false },
    set: [{ variable: 'word', value: 'new' }],
    priority: 3,
  };
  assert.equal(
    classifySentence(classified, en.rules),
    'When the customer is not authenticated, set word to “new” and the priority to 3.',
  );
});

test('what is not written yet is a gap in the sentence, never a wrong word', () => {
  assert.equal(routeSentence({}, en.rules), 'When …, send to … with priority 10.');
  assert.equal(
    routeSentence({ when: { variable: '', is: '' }, queue: '' }, en.rules),
    'When … is …, send to … with priority 10.',
  );
});

test('a condition turns into a group and back without losing what it says', () => {
  const both = withFurther(cart.when, 'all');
  assert.equal(
    conditionSentence(both, en.rules),
    'the customer is authenticated, msdyn_cartvalue (signed) is at least 5000 and the customer is authenticated',
  );
  assert.deepEqual(withoutPart({ any: [{ locale: 'de' }, { locale: 'ro' }] }, 0), { locale: 'ro' });
  assert.deepEqual(asKind({ all: [{ locale: 'de' }] }, 'any'), { any: [{ locale: 'de' }] });
  assert.deepEqual(asKind({ locale: 'de' }, 'not'), { not: { locale: 'de' } });
});

test('another operator keeps what was compared with, where it can', () => {
  const condition = { variable: 'sum', atLeast: 5000, signed: true };
  assert.deepEqual(withOperator(condition, 'above', 'number'), {
    variable: 'sum',
    signed: true,
    above: 5000,
  });
  assert.deepEqual(withOperator(condition, 'hasNoValue', 'number'), {
    variable: 'sum',
    signed: true,
    hasValue: false,
  });
  assert.deepEqual(withOperator({ variable: 'word', is: 'a' }, 'in', 'text'), {
    variable: 'word',
    in: ['a'],
  });
  assert.equal(operandFrom('5000', 'number'), 5000);
  assert.equal(operandFrom('5000', 'text'), '5000');
});
