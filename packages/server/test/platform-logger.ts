/** A process that logs secrets under the names they have, for a test that reads what comes out. */
import { spawnSync } from 'node:child_process';
import { createTelemetry } from '../src/platform/index.ts';

if (process.argv[2] === 'log') {
  const { log } = createTelemetry();
  log.warn({ token: 'canary', body: { password: 'canary' }, headers: { cookie: 'canary' } }, 'x');
  log.warn(
    { err: Object.assign(new Error('failed'), { request: { authorization: 'canary' } }) },
    'y',
  );
} else {
  const { stderr } = spawnSync(process.execPath, [import.meta.filename, 'log'], {
    encoding: 'utf8',
  });
  process.stdout.write(`${stderr}done\n`);
}
