import { expect, test } from 'vitest';
import { rsaKeys } from '../../test/mint/keys.ts';
import { opentokToken } from '../../test/mint/opentok.ts';
import { jwt } from '../../test/tokens.ts';
import { decode } from '../engine/decode.ts';
import { checkLocally } from './check-locally.ts';

const secret = 'a-throw-away-key-of-the-test-0123456789';

test('a key in hand verifies, and what is no key says so without repeating it', async () => {
  const token = decode(jwt({ room: 'standup' }, {}, secret), 'jws');
  expect(await checkLocally(token, secret)).toMatchObject({ outcome: 'passed' });
  expect(await checkLocally(token, 'another-key')).toMatchObject({ outcome: 'failed' });
  expect(await checkLocally(token, rsaKeys().publicKey)).toMatchObject({ outcome: 'not-checked' });
  const broken = await checkLocally(token, `{"kty": "${secret}`);
  expect(broken.outcome).toBe('not-checked');
  expect(broken.reason).not.toContain(secret);
});

test('forms that are no JWT are verified, too', async () => {
  const token = decode(opentokToken({}, 't1', secret), 'opentok-t1');
  expect(await checkLocally(token, secret)).toMatchObject({ outcome: 'passed' });
});
