// Loaded into a node that countersign.mjs starts as its child, before anything else.
import './compile-cache.mjs';

// A starter that goes away without a word was killed hard, and what it started is meant too: left
// behind, it would hold the port and the data directory.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
// Not for processes that the node itself starts
delete process.env.NODE_CHANNEL_FD;
