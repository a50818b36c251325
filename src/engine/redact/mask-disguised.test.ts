import { describe, expect, test } from 'vitest';
import { agora007 } from '../../../test/builders/other-tokens.ts';
import { base64url, daily } from '../../../test/builders/tokens.ts';
import { createThoroughMasker } from './mask-disguised.ts';

const token = daily.host({ u: 'Ada' });
const [header, payload, signature = ''] = token.split('.');
const other = agora007();
const mask = createThoroughMasker([token, signature, other]);

const each = (text: string, spell: (code: number) => string) =>
  Array.from(text, (one) => spell(one.charCodeAt(0))).join('');
const hex = (code: number, digits = 2) => code.toString(16).padStart(digits, '0');
/** Ways to write a text, none of which hides it from somebody who looks. */
const spellings: [string, (text: string) => string][] = [
  ['in hex', (text) => Buffer.from(text).toString('hex')],
  ['in hex, in capitals', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['in base64', (text) => Buffer.from(text).toString('base64')],
  ['in base64 behind a host', (text) => `https://call.example/a/${base64url(text)}`],
  ['in base64 twice', (text) => `x.${base64url(base64url(text))}`],
  ['percent-encoded whole', (text) => each(text, (code) => `%${hex(code)}`)],
  ['in character references', (text) => each(text, (code) => `&#${code};`)],
  ['in character references, in hex', (text) => each(text, (code) => `&#x${hex(code)};`)],
  ['in escapes of JSON', (text) => each(text, (code) => `\\u${hex(code, 4)}`)],
  ['in escapes of JSON in JSON', (text) => each(text, (code) => `\\\\u${hex(code, 4)}`)],
  ['in escapes of a program', (text) => each(text, (code) => `\\x${hex(code)}`)],
  ['wrapped', (text) => text.replace(/.{40}/g, '$&\n')],
  ['wrapped, in JSON', (text) => JSON.stringify(text.replace(/.{20}/g, '$&\n'))],
  ['with what is not seen inside', (text) => text.replace(/.{10}/g, '$&\u200b')],
  ['letter by letter', (text) => [...text].join(',')],
  ['in quoted pieces', (text) => text.replace(/.{16}/g, '$&" + "')],
];
/** Long enough to be put back: what is left of 43 letters can be tried. */
const gives = (text: string, secret: string) =>
  Array.from({ length: secret.length - 24 }, (_, at) => secret.slice(at, at + 25)).some((piece) =>
    text.includes(piece),
  );

describe.each(spellings)('a token %s', (_, spell) => {
  test.each([
    ['of three parts', token],
    ['of any other form', other],
  ])('is masked: one %s', (__, secret) => {
    const spelled = spell(secret);
    for (const text of [spelled, `key ${spelled}`, `localStorage["${spelled}"] on https://call.example`]) {
      const masked = mask(text);
      expect(masked).toMatch(/…[0-9a-f]{6}…\(\d+ characters\)/);
      const end = spelled.slice(-60);
      expect([end, masked.includes(end)]).toEqual([end, false]);
    }
  });
});

test.each([
  ['without its last character', signature.slice(0, -1)],
  ['without its first', signature.slice(1)],
  ['from its middle', signature.slice(6, 34)],
  ['behind the claims', `${payload}.${signature}`],
  ['in other company', `${header} ${payload} ${signature.slice(0, 20)} ${signature.slice(20)}`],
])('a signature is masked %s', (_, text) => {
  expect(gives(mask(`a ${text} b`).replace(/[^\w-]/g, ''), signature)).toBe(false);
});

test.each([
  'localStorage["auth"] $.session.token on https://call.example',
  `the room of ${daily.domain}, and 0123456789abcdef0123456789abcdef0123456789abcdef of a commit`,
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'AT&amp;T &#169; 2026 \\u00e9 \\n and so on, for long enough',
  signature.slice(0, 20),
  '',
])('what is no secret stays as it is: %s', (text) => {
  expect(mask(text)).toBe(text);
});

test('texts of any length and kind are taken', () => {
  for (const piece of ['a', 'ab1/', '&#1;', '\\u0041', 'eyJ', '%25', signature.slice(0, 16)])
    expect(mask(piece.repeat(100_000 / piece.length)).length).toBeGreaterThan(0);
});
