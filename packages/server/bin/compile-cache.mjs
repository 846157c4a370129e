// Loaded before anything else of the node.
import { createRequire, enableCompileCache, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';

/** Late enough to hold everything that a start loads. */
const FLUSH_AFTER_MS = 5_000;

// Beside the packages and not where everybody may write: what is in it is run. It saves a third of a
// start, and the memory that stripping types takes. Where it cannot be written, a start is just slower.
const packages = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), '..');
enableCompileCache(join(packages, '.cache/countersign'));
setTimeout(flushCompileCache, FLUSH_AFTER_MS).unref();
