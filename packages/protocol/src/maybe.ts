import { type TSchema, Type } from 'typebox';

/** An optional member; some clients write `null` for a field they leave out. */
export const maybe = <T extends TSchema>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]));
