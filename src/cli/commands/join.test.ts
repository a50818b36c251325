import { expect, test } from 'vitest';
import { jitsiToken } from '../../../test/builders/mint/jitsi.ts';
import { jwt, now } from '../../../test/builders/tokens.ts';
import { roomkey } from '../../../test/doubles/fake-terminal.ts';

const token = jitsiToken({ context: { user: { id: 'u1', name: 'Ada' } } });

test.each([
  ['', /not an empty text/],
  ['  ', /not an empty text/],
  ['https://meet.example.com/standup', /--page takes that/],
])('--room %j names no room, and is no reason why joining fails', async (room, says) => {
  const { code, complaints } = await roomkey(['join', token, '--room', room]);
  expect([code, complaints.join(' ')]).toEqual([2, expect.stringMatching(says)]);
});

const page = ['--page', 'https://meet.example.com/standup?jwt=x'];
const idToken = jwt({ iss: 'https://login.example', sub: 'ada', aud: 'client', nonce: 'x', exp: now + 600 });

test.each<[string, string[], RegExp | null]>([
  ['the tenant before it is the one of the token', ['--room', 'acme/standup'], null],
  ['the tenant before it is another', ['--room', 'umbra/standup'], /`sub` is "acme"; it must be the tenant .*umbra/],
  ['no tenant is asked for, and no page tells of one', ['--room', 'standup'], null],
  ['the tenant is in the address', ['--page', 'https://meet.example.com/umbra/standup?jwt=x'], /umbra/],
  ['a tenant that is asked for counts before that of the address', ['--room', 'acme/standup', ...page], null],
])('a room asked for by name: %s', async (_, args, says) => {
  const ofTenant = jitsiToken({ sub: 'acme', context: { user: { id: 'u1', name: 'Ada' } } });
  const { code, out } = await roomkey(['join', ofTenant, ...args]);
  expect(code).toBe(says ? 1 : 0);
  if (says) expect(out.replaceAll(/\s+/g, ' ')).toMatch(says);
});

test.each<[string, string, RegExp | null]>([
  ['a scheme', `Bearer ${token}`, /Beside the token stands "Bearer"/],
  ['a token for something else in front', `${idToken} ${token}`, /Beside the token stands "eyJ/],
  ['one behind', `${token}\n${idToken}`, /Beside the token stands "eyJ/],
  ['the address it was found in', `https://meet.example.com/standup?jwt=${token}&lang=en`, null],
  ['the JSON it was found in', JSON.stringify({ jwt: token, id: idToken }), null],
])('text around the token of a call is said to be there: %s', async (_, text, says) => {
  const { code, out } = await roomkey(['join', text, ...page]);
  const plain = out.replaceAll(/\s+/g, ' ');
  expect(code).toBe(says ? 1 : 0);
  if (says) expect(plain).toMatch(says);
  else expect(plain).not.toContain('Beside the token');
  for (const one of [token, idToken]) expect(plain).not.toContain(one.slice(0, 60));
});

test('two tokens for calls are two questions', async () => {
  const { code, complaints } = await roomkey(['join', `${token} ${jitsiToken({ room: 'retro' })}`]);
  expect([code, complaints]).toEqual([2, ['roomkey: there is more than one token for a call in the text given']]);
});
