import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decryptAttachment, encryptAttachment } from './attachment-cipher.ts';

const KEY = '007f523be39404241e94b509dbe5cc0677083947650c950e40b9ecfb2b1ec509dd';
const CLEAR = 'Hello, attachment! 0123456789\n';
const CIPHER = '77e9f49c0e124ba30ec805fdb4920a274617d75f4e9a444d19b3ef04be86';

test('§4.2 the vector, both ways', () => {
  const key = Buffer.from(KEY.slice(2), 'hex');
  const encrypted = encryptAttachment(Buffer.from(CLEAR), () => key);
  assert.equal(encrypted.key, KEY);
  assert.equal(encrypted.bytes.toString('hex'), CIPHER);
  assert.equal(decryptAttachment(Buffer.from(CIPHER, 'hex'), KEY)?.toString(), CLEAR);
  assert.equal(decryptAttachment(Buffer.from(CIPHER, 'hex'), KEY.toUpperCase())?.toString(), CLEAR);
});

test('§5.2 every file has its own key', () => {
  const [one, two] = [encryptAttachment(Buffer.from(CLEAR)), encryptAttachment(Buffer.from(CLEAR))];
  assert.notEqual(one.key, two.key);
  assert.notDeepEqual(one.bytes, two.bytes);
});

test('§4.2 what is no key decrypts nothing', () => {
  for (const key of [
    '',
    KEY.slice(2),
    `01${KEY.slice(2)}`,
    KEY.slice(0, -1),
    `${KEY}0`,
    `${KEY}\n`,
  ])
    assert.equal(decryptAttachment(Buffer.from('x'), key), null);
});
