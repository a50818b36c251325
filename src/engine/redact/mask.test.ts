import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daily, jwt, unsecuredJwt } from '../../../test/builders/tokens.ts';
import { createMasker, isMasked, maskAll, maskJson, maskToken, maskUrl } from './mask.ts';

const token = daily.guest();
const signature = token.slice(token.lastIndexOf('.') + 1);
const mask = createMasker([]);

test('shows how a token begins and how long it is', () => {
  expect(maskToken(token)).toMatch(/^eyJhbGciOi…[0-9a-f]{6}…\(\d+ characters\)$/);
});

test('leaves what is redacted already as it is', () => {
  expect(maskToken(maskToken(token))).toBe(maskToken(token));
  expect(isMasked(maskToken(token))).toBe(true);
  expect(isMasked(token)).toBe(false);
});

test('keeps two tokens of one issuer and one length apart', () => {
  const other = daily.guest({ u: 'Ghost' });
  expect(maskToken(daily.guest({ u: 'Grave' }))).not.toBe(maskToken(other));
  expect(maskToken(other)).toBe(maskToken(other));
});

test('never shows more than a sixth of a token', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      const [shown = ''] = maskToken(text).split('…');
      expect(shown.length).toBeLessThanOrEqual(Math.min(10, text.length / 6));
    }),
    { seed: 20_261_126 },
  );
});

test.each([
  ['bare', token],
  ['in a sentence', `The token ${token}, seen twice.`],
  ['in a URL', `https://call.example/standup?t=${token}#top`],
  ['percent-encoded', encodeURIComponent(`https://call.example/?t=${token}`)],
  ['with its dots percent-encoded', `t=${token.replaceAll('.', '%2E')}`],
  ['in base64', Buffer.from(JSON.stringify({ a: { token } })).toString('base64')],
  ['in base64url after a prefix', `base64-${Buffer.from(JSON.stringify({ token })).toString('base64url')}`],
  ['glued to a word', `access_token${token}`],
  ['unsecured', unsecuredJwt({ room: 'standup' })],
  ['twice', `${token} ${token}`],
])('masks an unknown token %s', (_, text) => {
  const masked = mask(text);
  expect(masked).toMatch(/…\(\d+ characters\)/);
  expect(masked).not.toContain(signature);
  expect(masked).not.toContain('eyJyIjoi');
});

test.each(['live_0123456789abcdefXYZ', 'T1==cGFydG5lcl9pZD00NTgy/+=='])(
  'masks a known token of any shape: %s',
  (known) => {
    const text = `key=${encodeURIComponent(known)}; ${known}; ${JSON.stringify({ known })}`;
    const masked = maskAll(text, [known]);
    expect(masked).not.toContain(known);
    expect(masked).not.toContain(encodeURIComponent(known));
  },
);

test.each([' ', '\t', '\n', '\r\n'])('masks by its shape alone what has %j before its header', (before) => {
  const token = [`${before}{"alg":"HS256"}`, '{}', 'signature of a token']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  expect(createMasker([])(`localStorage["${token}"]`)).not.toContain(token);
});

test('leaves ordinary text alone', () => {
  for (const text of [
    'https://docs.daily.co/reference/rest-api/meeting-tokens',
    '3f9c0a2e-5b1d-4c3e-8f7a-9d6b5c4e3f2a',
    'https://cdn.example/assets/index.3f9c0a2e5b1d4c3e8f7a.min.js',
    'a.b.c',
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
  ]) {
    expect(mask(text)).toBe(text);
  }
});

test('masks long values and passwords in URLs, and keeps short ones', () => {
  const code = 'x'.repeat(60);
  const masked = maskUrl(`https://ada:secret@call.example/standup?code=${code}&lang=en#a`, mask);
  expect(masked).toMatch(/^https:\/\/…@call\.example\/standup\?code=xxxxxxxxxx….*&lang=en#a$/);
  expect(masked).not.toContain(code);
});

test('masks strings and member names of JSON, drops private keys and survives depth', () => {
  const key = { kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQ' };
  const masked = JSON.stringify(maskJson({ [token]: [{ deep: `Bearer ${token}` }], key }, mask));
  expect(masked).not.toContain(signature);
  expect(masked).not.toContain(key.k);
  expect(masked).toContain('"kty":"oct"');

  let deep: unknown = token;
  for (let level = 0; level < 50_000; level += 1) deep = [deep];
  expect(() => maskJson(deep as never, mask)).not.toThrow();
});

test('keeps a member named __proto__ as data', () => {
  const hostile = JSON.parse('{"__proto__": {"room": "x"}}');
  expect(JSON.stringify(maskJson(hostile, mask))).toBe('{"__proto__":{"room":"x"}}');
});

test('never throws, and masks its own output no further', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(token, jwt({ sub: '1' })),
      (text, one) => {
        const masked = mask(text + one);
        expect(mask(masked)).toBe(masked);
      },
    ),
    { seed: 20_261_126 },
  );
});

test('reads a long hostile run once', () => {
  for (const run of ['eyJ'.repeat(300_000), 'eyJ.'.repeat(200_000), '%25'.repeat(200_000), 'A'.repeat(2_000_000)]) {
    expect(mask(run).length).toBeGreaterThan(0);
  }
});

test('of many secrets each is masked, in every spelling, the longest first, as it is of few', () => {
  const many = Array.from({ length: 500 }, (_, index) => `secret/${index}-of-the-same-issuer`);
  const nested = `${many[7]}-and-more`;
  const text = `${many[3]} ${encodeURIComponent(many[4] as string)} ${JSON.stringify(many[5])} ${nested} ${many[7]}.`;
  const concerned = [many[3], many[4], many[5], nested, many[7]] as string[];
  const mask = createMasker([...many, nested]);
  expect(mask(text)).toBe(createMasker(concerned)(text));
  expect(mask(text)).toBe(mask(text));
  for (const secret of concerned) expect(mask(text)).not.toContain(secret);
});
