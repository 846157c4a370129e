// The sample world with its node as a process of its own, so that a test can kill it while the shop and
// the identity provider live on.
import {
  closeWorld,
  configurationText,
  startWorld,
  type World,
  type WorldLifetimes,
  worldHosts,
  worldSecrets,
} from '../packages/server/src/demo.ts';
import { freePort, type NodeProcess, startNodeProcess } from './node-process.ts';

export interface SampleWorld {
  url: string;
  shop: string;
  issuer: string;
  provider: World['provider'];
  apple: World['apple'];
  node(): NodeProcess;
  /** kill -9, and a new process on the same data and port. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** With lifetimes, a proof stands as long as the token that it came with. */
export async function openSampleWorld(
  lifetimes?: WorldLifetimes,
  /** What a test changes in the configuration file. */
  change: (configuration: string) => string = (configuration) => configuration,
): Promise<SampleWorld> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const world = await startWorld(port, url, lifetimes);
  const options = {
    configuration: change(
      lifetimes ? reproving(configurationText(world)) : configurationText(world),
    ),
    port,
    environment: environment(world),
  };
  // What is left open would keep the test's process from ending
  let node = await startNodeProcess(options).catch(async (cause: unknown) => {
    await closeWorld(world);
    throw cause;
  });
  const kill = () => node.stop('SIGKILL');
  return {
    url,
    shop: world.portal.url,
    issuer: world.provider.issuer,
    provider: world.provider,
    apple: world.apple,
    node: () => node,
    kill,
    async restart() {
      await kill();
      node = await startNodeProcess({ ...options, dataDir: node.dataDir });
    },
    async close() {
      await node.stop();
      node.remove();
      await closeWorld(world);
    },
  };
}

/** Every authentication setting ends with the token. */
const reproving = (configuration: string): string =>
  configuration.replace(/^ {4}type: (openid-connect|signed-token)$/gm, '$&\n    reproof: token');

const environment = (world: World): Record<string, string> => ({
  ...worldSecrets(world),
  COUNTERSIGN_ALLOW_PRIVATE_HOSTS: worldHosts(world).join(),
});
