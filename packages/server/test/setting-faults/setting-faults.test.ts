// Whoever wonders why a sign-in was refused finds the cause and the remedy in its attempt.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type FaultWorld, startFaultWorld } from './fault-world.ts';
import { openIdFaults, tokenFaults } from './faults.ts';

const faults = [...openIdFaults, ...tokenFaults];
let world: FaultWorld;
before(async () => {
  world = await startFaultWorld(faults);
});
after(() => world.close());

describe('a fault in the settings is named with its cause and remedy', () => {
  for (const fault of faults)
    test(`${fault.name}: ${fault.reason}`, async (context) => {
      const answer = await world.exchange(fault.name, await fault.proof(world));
      assert.equal(answer.status, 401);
      const [attempt, ...others] = await world.attempt(answer.reference);
      assert.ok(attempt && others.length === 0, 'one attempt under the reference');
      assert.equal(attempt.outcome, 'refused');
      assert.equal(attempt.reason, fault.reason, attempt.hint ?? '');
      assert.match(attempt.hint ?? '', fault.says);
      assert.equal(attempt.checks.at(-1)?.passed, false);
      context.diagnostic(`| ${fault.name} | \`${fault.reason}\` | ${attempt.hint} |`);
    });

  test('and what is right is accepted', async () => {
    const [fault] = openIdFaults;
    assert.ok(fault, 'its setting is wrong, what its client hands over is right');
    const answer = await world.exchange('right', await fault.proof(world));
    assert.equal(answer.status, 200);
  });
});
