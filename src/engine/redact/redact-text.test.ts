import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bigbluebuttonLink } from '../../../test/builders/mint/bigbluebutton.ts';
import { daily, jwt, now, unsecuredJwt } from '../../../test/builders/tokens.ts';
import { recording } from '../../../test/redaction/cells.ts';
import { decode } from '../decode/decode.ts';
import { detect } from '../find/detect.ts';
import { redactText } from './redact-text.ts';
import { isLive } from './token-edits.ts';

const token = daily.host();
const signature = token.split('.')[2] as string;
const opaque = 'q7Rk2vX9mB4nT8wZ3cLfYd6H';

function liveIn(text: string) {
  return detect(text).hits.filter(isLive);
}

function nested(layers: number, wrap: (inner: string) => string): string {
  let text = `https://call.example/?token=${opaque}&lang=en`;
  for (let layer = 0; layer < layers; layer += 1) text = wrap(text);
  return text;
}

function claimsIn(text: string) {
  const [hit] = detect(text).hits;
  if (!hit) throw new Error('the structure is gone');
  return decode(hit.token, hit.form);
}

test.each(['a', 'x', 'aB', 'a1', 'a.1', 'a-'])('a long run of %s is no password to think about for long', (piece) => {
  for (const lead of ['token=', '{"password":"', 'Cookie: prefs=', 'key: ']) {
    expect(redactText(`${lead}${piece.repeat(400)}`).text.length).toBeGreaterThan(0);
  }
});

test('a key that ends with the sign of quoted-printable leaves the next line alone', () => {
  const key = `${'Ab3'.repeat(14)}d=`;
  expect(redactText(`turn:\n  secret: ${key}\n  realm: a.example\n`).text).toBe(
    'turn:\n  secret: redacted\n  realm: a.example\n',
  );
});

test('behind JSON in its line a header is read as one that begins a line', () => {
  expect(redactText('see ["x"] X-Api-Key: correct horse battery\n').text).toBe('see ["x"] X-Api-Key: redacted\n');
});

test('a value that ends with a backslash ends at its quote', () => {
  expect(redactText(String.raw`token = "${opaque}\\"; title = "stays as it is"`).text).toBe(
    'token = "redacted"; title = "stays as it is"',
  );
});

test('a secret that is glued to an alphabet goes', () => {
  const value = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${opaque}`;
  expect(redactText(`https://a:${value}@call.example/`).text).not.toContain(opaque);
  expect(redactText(JSON.stringify({ token: value })).text).not.toContain(opaque);
});

test('a link that is a credential as a whole cannot be put together again from its parameters', () => {
  const url = bigbluebuttonLink({ role: 'MODERATOR' });
  const queryString = [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
  const checksum = new URL(url).searchParams.get('checksum') ?? '';
  for (const one of [
    { url, queryString },
    { queryString, url },
  ]) {
    const { text, removed } = redactText(JSON.stringify(one));
    expect(text).not.toContain(checksum);
    expect(text).toContain('https://bbb.example.com/bigbluebutton/api/join?redacted');
    expect(removed.tokens).toBe(1);
  }
});

describe('of a token', () => {
  test.each([
    ['alone', token],
    ['in another token', jwt({ assertion: token, exp: now + 60 })],
    ['twice', `${token} ${token}`],
    ['with others', `${token} ${daily.guest()}`],
    ['unsecured', unsecuredJwt({ room: 'standup' })],
  ])('nothing usable is left, %s', (_, text) => {
    expect(liveIn(text).length).toBeGreaterThan(0);
    for (const claims of ['names', 'all'] as const) {
      const safe = redactText(text, { claims }).text;
      expect(liveIn(safe)).toEqual([]);
      expect(safe).not.toContain(signature);
    }
  });

  test('names and switches stay, texts do not', () => {
    expect(claimsIn(redactText(token).text)).toMatchObject({
      header: { alg: 'HS256', typ: 'JWT' },
      claims: { r: '…', u: '…', o: true, exp: now + 3600 },
    });
  });

  test('every claim stays when told to, but for what is a credential itself', () => {
    const minted = jwt({ r: 'standup', refresh_token: opaque, exp: now + 60 });
    expect(claimsIn(redactText(minted, { claims: 'all' }).text).claims).toMatchObject({
      r: 'standup',
      refresh_token: 'redacted',
    });
  });
});

test('what goes is counted by kind', () => {
  const text = JSON.stringify(
    recording({
      url: `https://call.example/?t=${token}&password=${opaque}`,
      requestHeaders: [
        { name: 'X-Api-Key', value: opaque },
        { name: 'Cookie', value: `sid=${opaque}; theme=dark` },
      ],
      content: {
        text: JSON.stringify({
          pin: 123_456,
          pem: `-----BEGIN PRIVATE KEY-----\n${'MC4CAQAwBQYDK2VwBCIEIA'.repeat(3)}\n-----END PRIVATE KEY-----`,
        }),
      },
    }),
  );
  const { removed, text: safe } = redactText(text);
  expect(removed).toEqual({ tokens: 1, cookies: 1, headers: 1, parameters: 1, keys: 1, values: 1 });
  expect(JSON.parse(JSON.parse(safe).log.entries[0].response.content.text)).toEqual({
    pin: 0,
    pem: '-----BEGIN PRIVATE KEY-----\nredacted\n-----END PRIVATE KEY-----',
  });
});

test('a credential goes wherever it is seen again', () => {
  const safe = redactText(
    JSON.stringify({ headers: { 'X-Api-Key': opaque }, log: `used ${opaque}!`, b: btoa(`{"x":"${opaque}"}`) }),
  );
  expect(safe.text).not.toContain(opaque);
  expect(atob(JSON.parse(safe.text).b)).toBe('{"x":"redacted"}');
});

test('what is kept by name stays everywhere under it, in any case of letters', () => {
  const text = `{"a":{"Token":"${opaque}"},"url":"https://call.example/?TOKEN=${token}"}`;
  expect(redactText(text, { keep: ['token'] })).toMatchObject({ text, kept: [opaque, token] });
});

test('in binary data what takes the place of a secret is as long', () => {
  const frame = `\u0000\u0007${token}\u0001\u0002\u00ff`;
  const text = JSON.stringify(recording({ messages: [{ opcode: 2, data: btoa(frame) }] }));
  const safe = atob(JSON.parse(redactText(text).text).log.entries[0]._webSocketMessages[0].data);
  expect(safe).toHaveLength(frame.length);
  expect(safe).toMatch(/^\0\x07redacted\*+\x01\x02\xff$/);
});

test('no text makes it throw, and no second run changes anything', () => {
  const piece = fc.constantFrom(
    ...[
      '"',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '=',
      '&',
      '?',
      ';',
      '%22',
      '\\"',
      '\\u0022',
      '&quot;',
      '&amp;',
      '=3D',
      '=\n',
    ],
    ...['\n', '\t', ' ', '<token>', '</token>', 'token', 'Cookie', 'Bearer ', 'password', '://', '@', 'data: ', 'eyJ'],
    ...[
      token,
      opaque,
      'theme=dark',
      btoa(`{"token":"${opaque}"}`),
      '-----BEGIN PRIVATE KEY-----',
      '\u0000',
      '\ud800',
      '__proto__',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (one) => {
      const safe = redactText(one).text;
      expect(redactText(safe).text).toBe(safe);
      expect(safe).not.toContain(signature);
    }),
    { seed: 20_261_126, numRuns: 1500 },
  );
});

test.each([
  ['brackets', '['.repeat(300_000)],
  ['members', '{"token":'.repeat(100_000)],
  ['escapes', '\\"'.repeat(300_000)],
  ['percent signs', '%25'.repeat(200_000)],
  ['headers of tokens', 'eyJhbGciOiJIUzI1NiJ9.'.repeat(20_000)],
  ['names', 'token:'.repeat(100_000)],
  ['assignments', 'token=abcdefgh1&'.repeat(30_000)],
  ['lines', `${'a'.repeat(64)}\n`.repeat(10_000)],
  ['tags', '<token>'.repeat(80_000)],
  ['soft breaks', 'abc=\n'.repeat(80_000)],
  ['beginnings of keys', '-----BEGIN PRIVATE KEY-----'.repeat(20_000)],
  ['cookies', `Cookie: ${'a=b; '.repeat(80_000)}`],
  ['redirects', nested(40, (inner) => `https://call.example/?next=${encodeURIComponent(inner)}&lang=en`)],
  ['states', nested(22, (inner) => `https://call.example/?state=${encodeURIComponent(JSON.stringify({ inner }))}`)],
])('a long run of %s is read', (_, text) => {
  expect(redactText(text).text.length).toBeLessThanOrEqual(text.length);
});

test('what was redacted twice over is redacted', () => {
  const text = 'eyJhbGciOiJIUzI1NiJ9.e30.redactedredacted';
  expect(detect(text).hits.map(({ note }) => note)).toEqual(['token-redacted']);
  expect(redactText(text).text).toBe(text);
});
