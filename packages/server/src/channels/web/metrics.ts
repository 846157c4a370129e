import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../../platform/index.ts';

export interface WebMetrics {
  requested(action: string): void;
  refused(code: string): void;
  watchConnections(count: () => number): void;
}

export function webMetrics(registry: Metrics): WebMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'countersign_guest_requests_total',
    help: 'Requests on sockets of the Guest API',
    labelNames: ['action'],
    registers,
  });
  const refusals = new Counter({
    name: 'countersign_guest_refusals_total',
    help: 'Requests and connections that the Guest API has refused',
    labelNames: ['code'],
    registers,
  });
  return {
    requested: (action) => requests.inc({ action }),
    refused: (code) => refusals.inc({ code }),
    watchConnections: (count) => {
      new Gauge({
        name: 'countersign_guest_connections',
        help: 'Open sockets of the Guest API',
        registers,
        collect() {
          this.set(count());
        },
      });
    },
  };
}
