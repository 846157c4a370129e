import { adminWords } from '../../strings/admin/admin-words.ts';
import { TextField } from '../fields/text-field.tsx';

const { richMessages: w } = adminWords;

/** What the customer gets, and what stands there once they have answered. */
export const BubbleFields = () => (
  <>
    <TextField path="receivedMessage" label={w.received} description={w.receivedHint} rows={2} />
    <TextField path="replyMessage" label={w.reply} description={w.replyHint} rows={2} />
  </>
);
