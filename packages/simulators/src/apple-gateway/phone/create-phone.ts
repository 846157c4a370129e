import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Device, DeviceOptions } from '../device/device.ts';
import type { GatewayState } from '../gateway-state.ts';

export interface Phone {
  /** Answers `/phone…`; false when the path is another's. */
  answer(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean>;
}

export function createPhone(
  _state: GatewayState,
  _newDevice: (options: DeviceOptions) => Device,
): Phone {
  return { answer: async () => false };
}
