import type { Action } from '../context.ts';
import { closeSession } from './close-session.ts';
import { configureAuthenticatedSession } from './configure-authenticated-session.ts';
import { configureSession } from './configure-session.ts';
import { deleteAttachment } from './delete-attachment.ts';
import { echo } from './echo.ts';
import { getAttachment } from './get-attachment.ts';
import { getConfiguration } from './get-configuration.ts';
import { getJwt } from './get-jwt.ts';
import { onAttachment } from './on-attachment.ts';
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
  ['onAttachment', onAttachment],
  ['getAttachment', getAttachment],
  ['deleteAttachment', deleteAttachment],
]);
