// Loaded into the node by countersign.mjs, before anything else.
import { createRequire, enableCompileCache, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';

/** Late enough to hold everything that a start loads. */
const FLUSH_AFTER_MS = 5_000;

// Beside the packages and not where everybody may write: what is in it is run. It saves a third of a
// start, and the memory that stripping types takes. Where it cannot be written, a start is just slower.
const packages = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), '..');
enableCompileCache(join(packages, '.cache/countersign'));
setTimeout(flushCompileCache, FLUSH_AFTER_MS).unref();

// A starter that goes away without a word was killed hard, and what it started is meant too: left
// behind, it would hold the port and the data directory.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
// Not for processes that the node itself starts
delete process.env.NODE_CHANNEL_FD;
