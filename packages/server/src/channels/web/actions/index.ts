import type { Action } from '../context.ts';
import { attachmentUnavailable } from './attachment-unavailable.ts';
import { closeSession } from './close-session.ts';
import { configureAuthenticatedSession } from './configure-authenticated-session.ts';
import { configureSession } from './configure-session.ts';
import { echo } from './echo.ts';
import { getConfiguration } from './get-configuration.ts';
import { getJwt } from './get-jwt.ts';
import { onMessage } from './on-message.ts';

/** The actions of the Guest API (§4) by their names on the wire. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['configureSession', configureSession],
  ['configureAuthenticatedSession', configureAuthenticatedSession],
  ['onMessage', onMessage],
  ['echo', echo],
  ['getJwt', getJwt],
  ['getConfiguration', getConfiguration],
  ['closeSession', closeSession],
  ['onAttachment', attachmentUnavailable],
  ['getAttachment', attachmentUnavailable],
  ['deleteAttachment', attachmentUnavailable],
]);
