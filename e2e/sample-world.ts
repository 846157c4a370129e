// The sample world with its node as a process of its own, so that a test can kill it while the shop and
// the identity provider live on.
import {
  closeWorld,
  configurationText,
  STAFF_PASSWORD,
  startWorld,
  type World,
} from '../packages/server/src/demo.ts';
import { freePort, type NodeProcess, startNodeProcess } from './node-process.ts';

export interface SampleWorld {
  url: string;
  shop: string;
  issuer: string;
  node(): NodeProcess;
  /** kill -9, and a new process on the same data and port. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  close(): Promise<void>;
}

export async function openSampleWorld(): Promise<SampleWorld> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const world = await startWorld(port, url);
  const options = {
    configuration: configurationText(world),
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

const environment = ({ provider, portal, clientSecret }: World): Record<string, string> => ({
  DEMO_CLIENT_SECRET: clientSecret,
  DEMO_PASSWORD: STAFF_PASSWORD,
  COUNTERSIGN_ALLOW_PRIVATE_HOSTS: [provider.issuer, portal.url]
    .map((address) => new URL(address).host)
    .join(),
});
