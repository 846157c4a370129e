/**
 * Names of the panel's own that the build makes short, in both of its parts alike. Never one that is said to
 * the node, to the page or to the browser, nor the name of a sentence: those are read by others.
 */
const NAMES = [
  'children',
  'timeline',
  'environment',
  'aheadMs',
  'untilMs',
  'issuedMs',
  'standing',
  'agentTyping',
  'agentName',
  'announcement',
  'isAsked',
  'mayWrite',
  'getProof',
  'confirmedCount',
  'addPending',
  'settleKnown',
  'settle',
  'overtake',
  'anotherPerson',
  'lockName',
  'hasOlder',
  'tokensChanged',
  'personName',
  'loadOlder',
  'stepUp',
  'canSignIn',
  'signInAgain',
  'isCalm',
  'canClear',
  'catchUp',
  'reportSiteFault',
  'tellSignedOut',
  'siteFault',
  'onChange',
  'siteFailed',
  'silently',
  'hangUp',
  'dropForeign',
  'transport',
  'isBusy',
  'isReady',
  'screen',
];

/** Without those that others use: `d` of a path, `t` of what panel and page say. */
const LETTERS = [...'abcefghijklmnopqrsuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
if (NAMES.length > LETTERS.length) throw new Error('There are more short names than letters.');

const cache: Record<string, string | false> = {};
NAMES.forEach((name, index) => {
  cache[name] = LETTERS[index] ?? false;
});

export const shortNames = { include: new RegExp(`^(${NAMES.join('|')})$`), cache };
