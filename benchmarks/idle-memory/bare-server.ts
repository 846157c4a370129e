// A ws server that does nothing but hold connections; prints its URL.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('listening', () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`ws://127.0.0.1:${address.port}`);
});
