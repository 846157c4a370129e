import { type Json, objectsAt, textAt } from '../json.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';

const START_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d\+0000$/;

/** Two to five items (§5.5). */
export function checkQuickReply(reply: Json | undefined): void {
  const items = objectsAt(reply, 'items');
  if (items.length < 2 || items.length > 5)
    throw wrong('quick_reply_items', `${items.length} items instead of 2 to 5`);
  checkItems(items);
}

/** At least one section, at least one item in each, identifiers unique in the whole picker. */
export function checkListPicker(picker: Json | undefined): void {
  const sections = objectsAt(picker, 'sections');
  if (sections.length === 0)
    throw wrong('picker_without_sections', 'the list picker has no section');
  const items = sections.map((section) => objectsAt(section, 'items'));
  if (items.some((list) => list.length === 0))
    throw wrong('picker_without_items', 'a section has no item');
  checkItems(items.flat());
}

/** `startTime` to the minute in UTC, `duration` in seconds (§5.5). */
export function checkTimePicker(event: Json | undefined): void {
  const slots = objectsAt(event, 'timeslots');
  if (slots.length === 0) throw wrong('timeslots_missing', 'the event has no timeslot');
  for (const { startTime, duration } of slots) {
    const isTime = typeof startTime === 'string' && START_TIME.test(startTime);
    if (!isTime || Number.isNaN(Date.parse(startTime)))
      throw wrong('wrong_start_time', `startTime is ${JSON.stringify(startTime)}`);
    if (typeof duration !== 'number' || duration <= 0)
      throw wrong('wrong_duration', `duration is ${JSON.stringify(duration)}`);
  }
  checkIdentifiers(slots);
}

function checkItems(items: readonly Json[]): void {
  for (const item of items) {
    if (textAt(item, 'title') === undefined)
      throw wrong('item_without_identifier', 'an item has no title');
  }
  checkIdentifiers(items);
}

function checkIdentifiers(items: readonly Json[]): void {
  const identifiers = items.map((item) => textAt(item, 'identifier'));
  if (identifiers.includes(undefined))
    throw wrong('item_without_identifier', 'an item has no identifier');
  if (new Set(identifiers).size !== identifiers.length)
    throw wrong('duplicate_item_identifier', 'two items have the same identifier');
}

const wrong = (code: RefusalCode, detail: string): Refusal =>
  new Refusal('17.1.4', 400, code, detail);
