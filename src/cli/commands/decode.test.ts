import { expect, test } from 'vitest';
import { opentokT1 } from '../../../test/builders/mint/opentok.ts';
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
