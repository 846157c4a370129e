import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import { type Bus, localBus } from './bus.ts';
import { Fault } from './fault.ts';

const CONNECT_TIMEOUT_MS = 5000;

/**
 * The bus between nodes, over NATS core: listeners on this node are called at once, other nodes hear
 * the hint as JSON. While NATS is away nothing waits for it; followers repair from the database.
 * Faults: `bus_unreachable` when NATS does not answer at start.
 */
export async function natsBus(url: string, log: Logger): Promise<Bus> {
  const connection = await open(url);
  const local = localBus();
  const remote = new Map<string, { subscription: Subscription; listeners: number }>();
  void tell(connection, log);

  return {
    publish(topic, hint) {
      local.publish(topic, hint);
      if (!connection.isClosed()) connection.publish(subject(topic), JSON.stringify(hint));
    },
    subscribe(topic, listener) {
      const end = local.subscribe(topic, listener);
      listen(topic);
      return () => {
        end();
        leave(topic);
      };
    },
    async close() {
      await local.close();
      await connection.drain();
    },
  };

  function listen(topic: string): void {
    const known = remote.get(topic);
    if (known) {
      known.listeners += 1;
      return;
    }
    const subscription = connection.subscribe(subject(topic), {
      callback: (error, message) => {
        if (error) return;
        local.publish(topic, message.json());
      },
    });
    remote.set(topic, { subscription, listeners: 1 });
  }

  function leave(topic: string): void {
    const known = remote.get(topic);
    if (!known) return;
    known.listeners -= 1;
    if (known.listeners > 0) return;
    known.subscription.unsubscribe();
    remote.delete(topic);
  }
}

async function open(url: string): Promise<NatsConnection> {
  // Loaded only where there is more than one node
  const { connect } = await import('@nats-io/transport-node');
  try {
    return await connect({
      servers: url,
      name: 'countersign',
      // A node hears its own hints without the detour
      noEcho: true,
      timeout: CONNECT_TIMEOUT_MS,
      maxReconnectAttempts: -1,
    });
  } catch (cause) {
    throw new Fault('bus_unreachable', 503, `NATS does not answer at NATS_URL.`, { cause });
  }
}

/** Topics contain ids and slashes; a NATS subject may not contain spaces or stand empty. */
const subject = (topic: string): string =>
  `countersign.${Buffer.from(topic).toString('base64url')}`;

async function tell(connection: NatsConnection, log: Logger): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'disconnect' || status.type === 'reconnect') {
      log.warn({ event: status.type }, 'the bus between nodes');
    }
  }
}
