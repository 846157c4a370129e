import type { Seal } from '../platform/index.ts';
import type { StoredObject } from './stored-object.ts';

/** The object with its secrets sealed, as the table holds it. */
export const sealBody = (object: StoredObject, seal: Seal): Promise<StoredObject> =>
  mapSecrets(object, (secret) => seal.seal(secret));

/** The object with its secrets open, as a node holds it in memory. */
export const openBody = (object: StoredObject, seal: Seal): Promise<StoredObject> =>
  mapSecrets(object, (sealed) => seal.open(sealed));

/** The one place that knows which fields are secrets. */
async function mapSecrets(
  object: StoredObject,
  convert: (value: string) => Promise<string>,
): Promise<StoredObject> {
  if (object.kind === 'authenticationSettings' && object.body.type === 'openid-connect') {
    const [clientSecret, privateKey] = await Promise.all(
      [object.body.clientSecret, object.body.privateKey].map((secret) => secret && convert(secret)),
    );
    return {
      ...object,
      body: { ...object.body, clientSecret: clientSecret ?? null, privateKey: privateKey ?? null },
    };
  }
  if (object.kind === 'authenticationSettings' && object.body.type === 'apple-oauth') {
    const clientSecret = await convert(object.body.clientSecret);
    return { ...object, body: { ...object.body, clientSecret } };
  }
  if (object.kind === 'appleAccounts') {
    const mspSecrets = await Promise.all(object.body.mspSecrets.map(convert));
    return { ...object, body: { ...object.body, mspSecrets } };
  }
  if (object.kind === 'users' && object.body.passwordHash !== undefined) {
    const passwordHash = await convert(object.body.passwordHash);
    return { ...object, body: { ...object.body, passwordHash } };
  }
  if (object.kind === 'webhooks') {
    return { ...object, body: { ...object.body, secret: await convert(object.body.secret) } };
  }
  return object;
}
