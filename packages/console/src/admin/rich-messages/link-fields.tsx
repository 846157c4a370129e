import { adminWords } from '../../strings/admin/admin-words.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { TextField } from '../fields/text-field.tsx';
import { PictureField } from './picture-field.tsx';

const { richMessages: w } = adminWords;

export const LinkFields = () => (
  <FieldGroup title={w.bubble} lead={w.linkLead}>
    <TextField path="url" label={w.url} placeholder="https://shop.example/boots" type="url" exact />
    <TextField path="title" label={w.title} description={w.linkTitleHint} />
    <PictureField path="image" />
  </FieldGroup>
);
