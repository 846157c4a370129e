import { Type } from 'typebox';
import { credentialsPath } from './credential.ts';
import type { CredentialRow } from './credential-store.ts';

/** A `CredentialInfo`: what is secret of it never comes back. */
export const ShownCredential = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdDate: Type.String(),
  modifiedDate: Type.String(),
  type: Type.Object({ name: Type.String() }),
  selfUri: Type.String(),
});
export type ShownCredential = Type.Static<typeof ShownCredential>;

export const shownCredential = (row: CredentialRow): ShownCredential => ({
  id: row.id,
  name: row.name,
  createdDate: row.createdAt.toISOString(),
  modifiedDate: row.updatedAt.toISOString(),
  type: { name: row.typeName },
  selfUri: `${credentialsPath}/${row.id}`,
});
