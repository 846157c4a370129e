import type { OpenedConfigurationFile } from '@countersign/protocol';
import { privateKeyProblem } from '../../identity/index.ts';
import type { FileFaults } from './faults.ts';

/** How an OpenID client proves itself, and what it has for that, go together. */
export function checkClientAuthentication(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.authenticationSettings.forEach((setting, index) => {
    if (setting.type !== 'openid-connect') return;
    const { clientAuthentication: method, clientSecret, privateKey, privateKeyId } = setting;
    const report = (key: string, message: string) =>
      faults.report(`authenticationSettings[${index}].${key}`, message);
    const since = `since clientAuthentication is ${method}`;
    const bySecret = method === 'client_secret_basic' || method === 'client_secret_post';
    if (bySecret && clientSecret === undefined)
      report('clientSecret', `missing: expected the client's secret, ${since}`);
    if (bySecret && privateKey !== undefined) report('privateKey', `expected no key, ${since}`);
    if (method === 'private_key_jwt' && privateKey === undefined)
      report('privateKey', `missing: expected the client's private key, ${since}`);
    if (method === 'private_key_jwt' && clientSecret !== undefined)
      report('clientSecret', `expected no secret, ${since}`);
    if (privateKeyId !== undefined && privateKey === undefined)
      report('privateKeyId', 'expected no key id, since there is no privateKey');
    const problem = privateKey === undefined ? null : privateKeyProblem(privateKey);
    if (problem !== null) report('privateKey', `expected an RSA private key in PEM: ${problem}`);
  });
}
