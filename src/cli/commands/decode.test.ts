import { expect, test } from 'vitest';
import { opentokT1 } from '../../../test/builders/mint/opentok.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { roomkey } from '../../../test/doubles/fake-terminal.ts';

const whole = opentokT1({ role: 'moderator', connection_data: 'name=Kim & co' });
const bare = whole.slice('T1=='.length);

test.each([
  ['as it was copied', bare],
  ['with a line break behind', `${bare}\n`],
  ['without its padding', bare.replace(/=+$/, '')],
  ['in the alphabet of addresses', bare.replaceAll('+', '-').replaceAll('/', '_')],
  ['in quotes', `"${bare}"`],
  ['in a JSON text', JSON.stringify({ apiKey: '12345678', token: bare })],
  ['of another role', opentokT1({ role: 'subscriber' }).slice(4)],
])(
  'an OpenTok token whose `T1==` was not copied is one all the same, and says what is missing: %s',
  async (_, text) => {
    const { code, out } = await roomkey(['decode', '-'], text);
    expect(code).toBe(0);
    expect(out).toContain('OpenTok');
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/T1== ?`? is missing|`T1==` is missing/);
  },
);

test('a whole one misses nothing', async () => {
  const { out } = await roomkey(['decode', '-'], whole);
  expect(out).toContain('OpenTok');
  expect(out).not.toContain('missing');
});

const token = daily.guest();
const at = token.indexOf('.') + 21;
const put = (what: string, where = at) => token.slice(0, where) + what + token.slice(where);

test.each<[what: string, text: string, says: string[]]>([
  [
    'a zero-width space',
    put('\u200b'),
    ['A zero-width space (U+200B) stood at character 57 of the token (20 of the claims)'],
  ],
  [
    'a soft hyphen in the header',
    put('\u00ad', 10),
    ['A soft hyphen (U+00AD) stood at character 10 of the token (10 of the header)'],
  ],
  ['a space', put(' '), ['A space stood at character 57']],
  ['a line break behind a scheme', `Bearer ${put('\r\n')}`, ['A line break stood at character 57']],
  ['a character of no token', put('$', token.length - 9), ['"$" stood at character']],
  ['two', put('*', token.length - 9).replace('.', '.\u2060'), ['A word joiner (U+2060)', '"*" stood at character']],
  ['many', [...token].map((char, index) => (index % 20 === 10 ? `\u200b${char}` : char)).join(''), ['more.']],
])('what was put into a token is named with its place, and left out: %s', async (_, text, says) => {
  const { code, out } = await roomkey(['decode', '-', '--now', String(now)], text);
  expect(code).toBe(0);
  for (const one of says) expect(out).toContain(`Odd: ${one.endsWith('more.') ? 'So were ' : one}`);
  expect(out).toContain('Grace');
});

test('nothing is named where a token is as it was, or where more was done to it', async () => {
  for (const text of [token, `a ${token} b`, encodeURIComponent(token.replace('.', ' ')), token.slice(0, 90)])
    expect((await roomkey(['decode', '-'], text)).out).not.toContain('left out');
});
