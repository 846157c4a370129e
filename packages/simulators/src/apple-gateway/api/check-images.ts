import { isObject, type Json, objectAt, objectsAt, textAt } from '../json.ts';
import { Refusal } from '../refusal.ts';

/** Every `imageIdentifier` names an image that is there (§17.1 row 4; §5.4). */
export function checkImages(interactive: Json): void {
  const data = objectAt(interactive, 'data');
  const images = objectsAt(data, 'images').filter(({ data: bytes }) => typeof bytes === 'string');
  const known = new Set(images.map((image) => textAt(image, 'identifier')));
  for (const identifier of imagesNamedIn(interactive)) {
    if (!known.has(identifier))
      throw new Refusal('17.1.4', 400, 'dangling_image', `there is no image “${identifier}”`);
  }
}

function imagesNamedIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesNamedIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'imageIdentifier' ? [String(member)] : imagesNamedIn(member),
  );
}
