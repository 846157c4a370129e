import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sign } from './sign.ts';

test("the signature is that of the specification's reference libraries", () => {
  const headers = sign(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1614265330,
    '{"test": 2432232314}',
  );
  assert.deepEqual(headers, {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('a secret without the prefix is taken as its bytes', () => {
  const base64 = Buffer.from('a plain secret').toString('base64');
  assert.deepEqual(sign('a plain secret', 'm', 1, '{}'), sign(`whsec_${base64}`, 'm', 1, '{}'));
});
