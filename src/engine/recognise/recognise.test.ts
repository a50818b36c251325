import { expect, test } from 'vitest';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import { decode } from '../decode/decode.ts';
import { recognise, toPlatform } from './recognise.ts';

const platform = (text: string) => toPlatform(recognise(decode(text, 'jws')));

test('a platform that is certain stands alone', () => {
  expect(platform(daily.guest())).toMatchObject({ id: 'daily', confidence: 'certain' });
  expect(platform(daily.guest())).not.toHaveProperty('others');
  // Jitsi's own shape, too; but a key of 8x8 settles it.
  const jaas = jwt({ iss: 'chat', aud: 'jitsi', sub: 'vpaas-magic-cookie-1', room: 'a', context: { user: {} } });
  expect(platform(jaas)).toMatchObject({ id: 'jaas', confidence: 'certain' });
  expect(platform(jaas)).not.toHaveProperty('others');
});

test('one that is not says which others it could be, likeliest first', () => {
  const claims = { iss: 'https://login.example', aud: 'b', sub: 'c', room: 'a', nonce: 'n', iat: now, exp: now + 60 };
  expect(platform(jwt(claims))).toMatchObject({
    id: 'jitsi',
    confidence: 'likely',
    others: [{ id: 'oidc', name: 'OpenID Connect', confidence: 'likely' }],
  });
});

test('none of several is none, and one that nobody else takes has no others', () => {
  expect(platform(jwt({ sub: 'ada' }))).toBeNull();
  const alone = platform(jwt({ room_name: 'a', is_owner: true, start_video_off: true }));
  expect(alone).toMatchObject({ id: 'daily', confidence: 'likely' });
  expect(alone).not.toHaveProperty('others');
});
