import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import { Type } from 'typebox';
import type { Seal } from '../../platform/index.ts';
import type { ObjectRouteParts } from '../objects/object-routes.ts';

/** Routes of one scope: with their errors, their JSON and their way to authenticate. */
export type VendorHttp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface VendorParts extends Omit<ObjectRouteParts, 'http'> {
  http: VendorHttp;
  seal: Seal;
  publicUrl: string;
}

export const tags = ['Genesys'];
export const One = Type.Object({ id: Type.String({ format: 'uuid' }) });
