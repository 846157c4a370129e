// npm start: installs, builds, and starts the demonstration.
import { join } from 'node:path';
import { build } from './build.mjs';
import { become, install, node, root } from './install.mjs';

install();
build({ ifStale: true });
become(node, [join(root, 'packages/server/bin/countersign.mjs'), 'demo', ...process.argv.slice(2)]);
