import type { AdminWords } from '../../strings/admin/admin-words.ts';
import { conditionSentence, listed, operandText } from '../conditions/condition-sentence.ts';
import { isMap } from '../object/paths.ts';

type Words = AdminWords['rules'];

const DEFAULT_PRIORITY = 10;

/** `When the customer is authenticated, send to Guests with priority 5.` */
export function routeSentence(rule: unknown, w: Words): string {
  const { when, queue, allocate, priority } = isMap(rule) ? rule : {};
  const rank = typeof priority === 'number' ? priority : DEFAULT_PRIORITY;
  const condition = conditionSentence(when, w);
  if (Array.isArray(allocate)) {
    return w.sharesOut(
      condition,
      listed(
        allocate.map((share) => shareText(share, w)),
        w.and,
      ),
      rank,
    );
  }
  return w.sendsTo(condition, textOf(queue, w), rank);
}

function shareText(share: unknown, w: Words): string {
  const { queue, percent } = isMap(share) ? share : {};
  return w.share(typeof percent === 'number' ? percent : 0, textOf(queue, w));
}

const textOf = (value: unknown, w: Words): string =>
  typeof value === 'string' && value !== '' ? value : w.missing;

/** `When the customer is not authenticated, set word to “new” and the priority to 3.` */
export function classifySentence(rule: unknown, w: Words): string {
  const { when, set, priority } = isMap(rule) ? rule : {};
  const sets = (Array.isArray(set) ? set : []).map((one) => setText(one, w));
  const outputs = typeof priority === 'number' ? [...sets, w.setsPriority(priority)] : sets;
  const condition = conditionSentence(when, w);
  return w.sets(condition, outputs.length === 0 ? w.missing : listed(outputs, w.and));
}

function setText(set: unknown, w: Words): string {
  const { variable, value } = isMap(set) ? set : {};
  return w.setsVariable(textOf(variable, w), operandText(value, w));
}
