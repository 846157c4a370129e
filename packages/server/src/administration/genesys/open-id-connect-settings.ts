import type { Bodies, StoredObject } from '../../configuration/index.ts';
import { ofKind } from '../objects/names.ts';

type Body = Extract<Bodies['authenticationSettings'], { type: 'openid-connect' }>;
type Setting = Extract<StoredObject, { kind: 'authenticationSettings' }>;

/** A setting that is an integration in their words; the others cannot be said in them. */
export type OpenIdConnect = Omit<Setting, 'body'> & { body: Body };

export const openIdConnectSettings = (stored: readonly StoredObject[]): OpenIdConnect[] =>
  ofKind(stored, 'authenticationSettings').flatMap((setting) => {
    const { body } = setting;
    return body.type === 'openid-connect' ? [{ ...setting, body }] : [];
  });

/** Where the secret of a setting is sent to. */
export const destinationOf = ({
  discoveryUri,
  providerHosts = [],
}: {
  discoveryUri?: string | undefined;
  providerHosts?: readonly string[] | undefined;
}): string => JSON.stringify([discoveryUri, ...providerHosts.toSorted()]);
