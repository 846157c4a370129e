import { type Json, objectAt, textAt } from '../json.ts';
import type { ChoiceItem, ListPicker, QuickReply, TimePicker } from './received-message.ts';

/** What goes into `data` of an answer, and what the screen shows for it. */
interface PickerAnswer {
  data: Json;
  title: string;
}

/** Repeats the items, with the index and the identifier of the chosen one (§4.3). */
export function quickAnswer({ items, interactiveData }: QuickReply, id: string): PickerAnswer {
  const chosen = pick(items, id);
  const asked = objectAt(objectAt(interactiveData, 'data'), 'quick-reply');
  const answer = {
    ...asked,
    selectedIndex: items.indexOf(chosen),
    selectedIdentifier: chosen.identifier,
  };
  return { data: { 'quick-reply': answer }, title: chosen.title };
}

/** Only what was chosen, in the sections it came from (§4.3). */
export function listAnswer({ sections }: ListPicker, ids: readonly string[]): PickerAnswer {
  const all = sections.flatMap(({ items }) => items);
  const chosen = ids.map((id) => pick(all, id));
  const answered = sections
    .map(({ title, isMultiple, items }, order) => ({
      title,
      order,
      multipleSelection: isMultiple,
      items: items.filter((item) => chosen.includes(item)).map(({ raw }) => raw),
    }))
    .filter(({ items }) => items.length > 0);
  const title = chosen.map((item) => item.title).join(', ');
  return { data: { listPicker: { sections: answered } }, title };
}

/** The event with the chosen slot alone (§4.3). */
export function timeAnswer(
  { event, slots }: TimePicker,
  id: string,
  isOldShape: boolean,
): PickerAnswer {
  const slot = slots.find(({ identifier }) => identifier === id);
  if (!slot) throw new Error(`there is no slot “${id}”`);
  const answer = { ...event, timeslots: [slot.raw] };
  const title = `${textAt(event, 'title') ?? ''} ${slot.startTime}`.trim();
  return { data: isOldShape ? { timePicker: { event: answer } } : { event: answer }, title };
}

function pick(items: readonly ChoiceItem[], id: string): ChoiceItem {
  const item = items.find(({ identifier }) => identifier === id);
  if (!item) throw new Error(`there is no choice “${id}”`);
  return item;
}
