// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { pageOf } from '../../../test/builders/captures.ts';
import { rsaKeys } from '../../../test/builders/mint/keys.ts';
import { opentokToken } from '../../../test/builders/mint/opentok.ts';
import { fillMsalCache } from '../../../test/builders/msal-cache.ts';
import { jwt } from '../../../test/builders/tokens.ts';
import { decode } from '../../engine/decode/decode.ts';
import { find } from '../../engine/inspect.ts';
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

test('an entry of MSAL is decrypted by the key it is stored under, also when the storage was saved as JSON', async () => {
  Object.assign(window.location, { href: 'https://call.acme.com/standup' });
  const { local, cookie } = await fillMsalCache();
  const stored = find(pageOf({ local })).sightings;
  const saved = find(pageOf({ texts: [JSON.stringify({ localStorage: local })] })).sightings;
  for (const found of [stored, saved]) {
    expect(found).toHaveLength(3);
    for (const sighting of found) {
      const token = decode(sighting.token, sighting.form);
      expect(await checkLocally(token, cookie, [sighting])).toMatchObject({
        outcome: 'passed',
        plaintext: expect.stringMatching(/secret/),
      });
      expect(await checkLocally(token, secret, [sighting])).toMatchObject({ outcome: 'not-checked' });
    }
  }
});
