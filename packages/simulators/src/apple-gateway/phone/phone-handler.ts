import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson } from '../../hostile-provider/answers.ts';
import { people } from '../../people.ts';
import { readBeside } from '../../site/assets.ts';
import { isFromOwnPage } from '../../site/request.ts';
import { readBytes } from '../api/call.ts';
import type { Device, DeviceOptions } from '../device/device.ts';
import { profileNames } from '../device/profiles.ts';
import type { GatewayState } from '../gateway-state.ts';
import { isObject, type Json, textAt } from '../json.ts';
import { actions } from './actions.ts';
import { sendFile, sendPhonePage } from './phone-page.ts';
import { Outcomes, viewOf } from './phone-view.ts';

const script = 'text/javascript; charset=utf-8';
const assets: Readonly<Record<string, { type: string; body: string }>> = {
  'phone.css': {
    type: 'text/css; charset=utf-8',
    body: readBeside(import.meta.url, './phone.css'),
  },
  'phone.js': { type: script, body: readBeside(import.meta.url, './browser/phone.js') },
  'lines.js': { type: script, body: readBeside(import.meta.url, './browser/lines.js') },
  'sheets.js': { type: script, body: readBeside(import.meta.url, './browser/sheets.js') },
  'element.js': { type: script, body: readBeside(import.meta.url, './browser/element.js') },
};

/** Everything under `/phone`: a page with which a person plays the customer. */
export function phoneHandler(
  state: GatewayState,
  newDevice: (options: DeviceOptions) => Device,
): (request: IncomingMessage, response: ServerResponse, address: URL) => Promise<void> {
  const outcomes = new Outcomes();
  return async (request, response, { pathname, searchParams }) => {
    const name = pathname.slice('/phone/'.length);
    const device = state.devices.get(searchParams.get('device') ?? '');
    const asset = assets[name];
    if (request.method === 'POST') {
      if (!isFromOwnPage(request, state.url)) return refuse(response, 403);
      if (name === 'devices') return startDevice(newDevice, request, response);
      const act = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (!act || !device) return refuse(response, 404);
      const input = { device, outcomes, query: searchParams, bytes: await readBytes(request) };
      return sendJson(response, 200, await act(input));
    }
    if (pathname === '/phone') return sendPhonePage(response, [...state.businesses.values()]);
    if (asset) return send(response, asset);
    if (!device) return refuse(response, 404);
    if (name === 'events') return follow(state, device, outcomes, response);
    if (name === 'file') return sendFile(response, device, searchParams);
    return refuse(response, 404);
  };
}

async function startDevice(
  newDevice: (options: DeviceOptions) => Device,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fields = readJson(await readBytes(request));
  const businessId = textAt(fields, 'businessId');
  const profile = profileNames.find((name) => name === fields.profile);
  const options: DeviceOptions = {
    ...(businessId === undefined ? {} : { businessId }),
    ...(profile === undefined ? {} : { profile }),
  };
  sendJson(response, 200, { device: newDevice(options).id });
}

function readJson(bytes: Uint8Array): Json {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return isObject(value) ? value : {};
}

/** Server-sent events: the whole screen after each change of it. */
function follow(
  state: GatewayState,
  device: Device,
  outcomes: Outcomes,
  response: ServerResponse,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const tell = () => {
    const business = state.businesses.get(device.businessId);
    const view = { ...viewOf(device, outcomes), name: business?.name ?? device.businessId, people };
    response.write(`data: ${JSON.stringify(view)}\n\n`);
  };
  const stops = [device.watch(tell), outcomes.notice.watch(tell)];
  response.on('close', () => {
    for (const stop of stops) stop();
  });
  tell();
}

function send(response: ServerResponse, { type, body }: { type: string; body: string }): void {
  const headers = { 'content-type': type, 'x-content-type-options': 'nosniff' };
  response.writeHead(200, { ...headers, 'cache-control': 'no-cache' }).end(body);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end('Nothing here.');
}
