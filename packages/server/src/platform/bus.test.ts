// One contract for every bus. The NATS one runs when NATS_URL is set.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import { pino } from 'pino';
import { type Bus, localBus } from './bus.ts';
import { natsBus } from './nats-bus.ts';

const url = process.env.NATS_URL;
const log = pino({ level: 'silent' });

function contract(name: string, skip: string | false, open: () => Promise<[Bus, Bus]>) {
  test(`${name}: a hint reaches whoever listens to its topic, on both ends`, { skip }, async () => {
    const [near, far] = await open();
    const heard: unknown[] = [];
    const arrivals = new EventEmitter();
    near.subscribe('conversation/1', (hint) => heard.push(['near', hint]));
    far.subscribe('conversation/1', (hint) => {
      heard.push(['far', hint]);
      arrivals.emit('far');
    });
    far.subscribe('conversation/2', () => heard.push('another topic'));
    await settle(near, far);
    const arrived = once(arrivals, 'far');
    near.publish('conversation/1', { seq: 1 });
    await arrived;
    const places = heard.map((item) => (Array.isArray(item) ? item[0] : item));
    assert.deepEqual(places.sort(), ['far', 'near']);
    assert.deepEqual(heard.map((item) => (Array.isArray(item) ? item[1] : item))[0], { seq: 1 });
    await near.close();
    if (far !== near) await far.close();
  });

  test(`${name}: whoever has ended a subscription hears nothing more`, { skip }, async () => {
    const [near, far] = await open();
    const heard: string[] = [];
    const end = far.subscribe('topic', () => heard.push('ended'));
    const arrivals = new EventEmitter();
    far.subscribe('topic', () => arrivals.emit('kept'));
    end();
    await settle(near, far);
    const arrived = once(arrivals, 'kept');
    near.publish('topic', null);
    await arrived;
    assert.deepEqual(heard, []);
    await near.close();
    if (far !== near) await far.close();
  });
}

/** A subscription has reached the other end once something sent after it has come around. */
async function settle(near: Bus, far: Bus): Promise<void> {
  if (near === far) return;
  const arrivals = new EventEmitter();
  const endNear = near.subscribe('settled/near', () => arrivals.emit('settled'));
  const arrived = once(arrivals, 'settled');
  const again = setInterval(() => far.publish('settled/near', null), 20);
  await arrived;
  clearInterval(again);
  endNear();
}

contract('local bus', false, async () => {
  const bus = localBus();
  return [bus, bus];
});

contract('NATS bus', url ? false : 'NATS_URL is not set', async () => [
  await natsBus(url ?? '', log),
  await natsBus(url ?? '', log),
]);
