import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daily, jwt, now, unsecuredJwt } from '../../test/tokens.ts';
import { decode } from './decode.ts';
import { detect } from './detect.ts';
import type { Json } from './model.ts';
import { isLive, safeJson, safeText } from './safe-copy.ts';

const token = daily.host();
const signature = token.split('.')[2] as string;
const names = { keep: 'names' } as const;

function liveIn(text: string) {
  return detect(text).hits.filter(isLive);
}

test.each([
  ['alone', token],
  ['in a URL', `https://call.example/?t=${token}&lang=en`],
  ['percent-encoded', `next=${encodeURIComponent(`/?t=${token}`)}`],
  ['in JSON in JSON', JSON.stringify({ a: JSON.stringify({ token }) })],
  ['in base64', `base64-${btoa(JSON.stringify({ access_token: token }))}`],
  ['in another token', jwt({ assertion: token, exp: now + 60 })],
  ['twice', `${token} ${token}`],
  ['with others', `${token} ${daily.guest()}`],
  ['unsecured', unsecuredJwt({ room: 'standup' })],
])('leaves no live token %s', (_, text) => {
  expect(liveIn(text).length).toBeGreaterThan(0);
  for (const keep of ['names', 'all'] as const) {
    const safe = safeText(text, { keep });
    expect(liveIn(safe)).toEqual([]);
    expect(safe).not.toContain(signature);
  }
});

test('keeps the names and switches of a token, and leaves out its texts', () => {
  const [hit] = detect(safeText(token, names)).hits;
  if (!hit) throw new Error('the structure is gone');
  expect(decode(hit.token, hit.form)).toMatchObject({
    header: { alg: 'HS256', typ: 'JWT' },
    claims: { r: '…', u: '…', o: true, exp: now + 3600 },
  });
});

test('keeps every value when told to', () => {
  const [hit] = detect(safeText(token, { keep: 'all' })).hits;
  expect(hit && decode(hit.token, hit.form).claims).toMatchObject({ r: 'standup', u: 'Ada' });
});

test('changes nothing in a text without tokens', () => {
  const text = '{"a": "https://call.example/standup?lang=en", "b": [1, null]}';
  expect(safeText(text, names)).toBe(text);
});

const recording = {
  log: {
    version: '1.2',
    entries: [
      {
        request: {
          url: `https://call.example/?t=${token}&code=abc`,
          headers: [
            { name: 'Authorization', value: 'Bearer opaque-credential-0123456789' },
            { name: 'Cookie', value: `sid=0123456789; theme=dark; s=${token}` },
            { name: 'Accept', value: '*/*' },
          ],
          cookies: [{ name: 'sid', value: '0123456789' }],
          queryString: [{ name: 'code', value: 'abc' }],
          postData: { mimeType: 'application/json', text: JSON.stringify({ password: 'hunter22', token }) },
        },
        response: {
          headers: [{ name: 'Set-Cookie', value: 'sid=0123456789; Path=/; HttpOnly' }],
          content: { mimeType: 'application/json', encoding: 'base64', text: btoa(JSON.stringify({ token })) },
        },
        _webSocketMessages: [{ type: 'send', time: 1, opcode: 1, data: JSON.stringify({ token }) }],
      },
    ],
  },
};

test('makes a recording safe and keeps its shape', () => {
  const safe = safeJson(recording as Json, names) as typeof recording;
  const text = JSON.stringify(safe);
  for (const secret of [signature, 'opaque-credential', '0123456789', 'hunter22']) expect(text).not.toContain(secret);
  const [entry] = safe.log.entries;
  expect(entry?.request.headers.map(({ name }) => name)).toEqual(['Authorization', 'Cookie', 'Accept']);
  expect(entry?.request.headers[0]?.value).toBe('Bearer redacted');
  expect(entry?.request.headers[1]?.value).toMatch(/^sid=redacted; theme=redacted; s=eyJ[\w-]+\.[\w-]+\.redacted$/);
  expect(entry?.response.headers[0]?.value).toBe('sid=redacted; Path=/; HttpOnly');
  expect(entry?.request.queryString[0]?.value).toBe('redacted');
  expect(entry?.request.url).toMatch(/^https:\/\/call\.example\/\?t=eyJ[\w-]+\.[\w-]+\.redacted&code=redacted$/);
  expect(atob(entry?.response.content.text ?? '')).toMatch(/^\{"token":"eyJ[\w-]+\.[\w-]+\.redacted"\}$/);
  expect(liveIn(text)).toEqual([]);
});

test('makes a storage state safe', () => {
  const state = {
    cookies: [{ name: 'session', value: 'opaque', domain: 'call.example', path: '/' }],
    origins: [{ origin: 'https://call.example', localStorage: [{ name: 'auth', value: JSON.stringify({ token }) }] }],
  };
  const text = JSON.stringify(safeJson(state, names));
  expect(text).not.toContain(signature);
  expect(text).not.toContain('opaque');
  expect(JSON.parse(text).origins[0].localStorage[0].name).toBe('auth');
});

test('survives any text and any JSON', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof safeText(text, names) === 'string'));
  fc.assert(fc.property(fc.jsonValue(), (value) => safeJson(value as Json, names) !== undefined));
  let deep: Json = token;
  for (let level = 0; level < 5000; level += 1) deep = [deep];
  expect(JSON.stringify(safeJson(deep, names))).not.toContain(signature);
});
