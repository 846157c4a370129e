import {
  type CustomAttributes,
  GuestErrorCode,
  MAX_ATTRIBUTE_NAME,
  MAX_CUSTOM_DATA_BYTES,
  type OnMessageRequest,
} from '@countersign/protocol';
import { Fault } from '../../platform/index.ts';
import { malformed } from './errors.ts';
import { isStorable } from './read-request.ts';

/** Name and value of each attribute, in the order given. */
export type Attributes = [name: string, value: string][];

/**
 * Custom attributes from either place they come in (§4.3); `message.channel` wins.
 * Faults: `custom_data_too_large` 4013, `malformed` 400.
 */
export function readAttributes({ message, channel }: OnMessageRequest): Attributes {
  const given =
    message.channel?.metadata?.customAttributes ?? channel?.metadata?.customAttributes ?? null;
  return given === null ? [] : attributesOf(given);
}

function attributesOf(given: CustomAttributes): Attributes {
  const attributes: Attributes = [];
  let bytes = 0;
  for (const [name, value] of Object.entries(given)) {
    if (value === null) continue;
    const text = String(value);
    bytes += Buffer.byteLength(name) + Buffer.byteLength(text);
    attributes.push([name, text]);
  }
  if (bytes > MAX_CUSTOM_DATA_BYTES) {
    throw new Fault(
      'custom_data_too_large',
      GuestErrorCode.customDataTooLarge,
      `Custom attributes are longer than ${MAX_CUSTOM_DATA_BYTES} bytes`,
    );
  }
  if (!attributes.every(isUsable))
    throw malformed('customAttributes: a name or value is not usable');
  return attributes;
}

const isUsable = ([name, value]: Attributes[number]): boolean =>
  name.length > 0 && name.length <= MAX_ATTRIBUTE_NAME && isStorable(name) && isStorable(value);
