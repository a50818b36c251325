import { expect, test } from 'vitest';
import { readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const value = daily.guest();
const line = (...fields: string[]) => fields.join('\t');

test.each<[what: string, text: string, told: object]>([
  [
    'a fraction of a second',
    line('call.example', 'FALSE', '/', 'TRUE', '1795780800.742', 'auth', value),
    { expiresAt: 1795780800.742 },
  ],
  [
    'small letters',
    line('call.example', 'false', '/', 'true', '1795780800', 'auth', value),
    { secure: true, hostOnly: true },
  ],
  [
    '-1 for a session',
    line('.call.example', 'TRUE', '/', 'TRUE', '-1', 'auth', value),
    { session: true, expiresAt: null },
  ],
  [
    '0 for a session',
    line('.call.example', 'True', '/', 'False', '0', 'auth', value),
    { session: true, secure: false },
  ],
  ['HttpOnly', line('#HttpOnly_call.example', 'FALSE', '/', 'TRUE', '0', 'auth', value), { httpOnly: true }],
  [
    'a comment of its own',
    `# written by an extension\n\n${line('call.example', 'FALSE', '/', 'TRUE', '0', 'auth', value)}`,
    {},
  ],
])('a cookie file is read with %s, with its usual first line and without', async (_, text, told) => {
  for (const first of ['', '# Netscape HTTP Cookie File\n', '# HTTP Cookie File\r\n', '\ufeff']) {
    const { kind, failure, sightings } = await readInput(first + text);
    expect([kind, failure]).toEqual(['cookie-jar', null]);
    const { hostOnly: _, ...cookie } = told as { hostOnly?: boolean };
    expect(sightings).toMatchObject([{ place: { source: 'cookie', key: 'auth', cookie } }]);
  }
});
