// Starts the hostile provider for somebody in a browser: see docs/subsystems/simulators.md.
import { parseArgs } from 'node:util';
import { startHostileProvider } from './start-hostile-provider.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    client: { type: 'string', default: 'countersign' },
    secret: { type: 'string' },
    redirect: { type: 'string', multiple: true, default: [] },
    logout: { type: 'string' },
  },
});
const provider = await startHostileProvider({
  port: Number(values.port),
  clients: [
    {
      clientId: values.client,
      redirectUris: values.redirect,
      ...(values.secret === undefined ? {} : { clientSecret: values.secret }),
      ...(values.logout === undefined ? {} : { backchannelLogoutUri: values.logout }),
    },
  ],
});
console.log(`The hostile provider is at ${provider.url}/`);
