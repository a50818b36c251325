import { expect, test } from 'vitest';
import { daily } from '../../../../test/builders/tokens.ts';
import { emptyExchange, type Snippet } from '../../model/capture.ts';
import { urlFrom } from '../../text/hosts.ts';
import { bodySnippets } from './body-snippets.ts';
import { exchangePlace } from './exchange-place.ts';
import { headerSnippets } from './header-snippets.ts';
import { originOf, urlSnippets } from './url-snippets.ts';

const token = daily.guest();
const exchange = { ...emptyExchange('entry 1', `https://a.example/?${'a=b&'.repeat(100_000)}`), method: 'POST' };
const at = () => exchangePlace(exchange, 'request-body', 'sent', 'x');
const body = (text: string, mimeType: string) => bodySnippets({ text, mimeType }, exchange, at);

test.each<[string, (pieces: string) => Snippet[], string, string]>([
  ['query', (text) => urlSnippets(`https://a.example/?${text}`, 'request-url', 'URL'), 'a=b&', 't='],
  ['fragment', (text) => urlSnippets(`https://a.example/#${text}`, 'request-url', 'URL'), 'a=b&', 't='],
  ['form', (text) => body(text, 'application/x-www-form-urlencoded'), 'a=b&', 't='],
  ['multipart body', (text) => body(text, 'multipart/form-data; boundary=q'), '\n\na--q', '\n\n'],
  ['cookie header', (value) => headerSnippets([{ name: 'Cookie', value }], exchange, at), 'a=bbbbbbbbbbbbbbbb;', 't='],
])(
  'of a %s of ever so many pieces, each stands for itself up to a bound, and the rest is one',
  (_, split, piece, name) => {
    const few = split(`${piece.repeat(3)}${name}${token}`);
    expect(few.at(-1)?.text).toBe(token);
    expect(few.length).toBeGreaterThan(3);
    const many = split(`${piece.repeat(200_000)}${name}${token}`);
    expect(many.length).toBeLessThanOrEqual(10_002);
    expect(many.at(-1)?.text.endsWith(token)).toBe(true);
    expect(new Set(many.map(({ place }) => place.origin))).toEqual(new Set(['https://a.example']));
  },
);

test.each([
  'https://A.example:443/x?y',
  'http://a.example:80/',
  'https://a.example:99999/',
  'https://user@a.example/x',
  'https://a.example',
  'https://1.2.3/',
  'https://[::1]:8/x',
  'https://a..example/',
  'data:text/html,x',
  'blob:https://a.example/uuid',
  'wss://a.example/x',
  'nonsense',
  'https://bücher.example/x',
  'https:\\\\a.example\\x',
  '',
])('the origin of %j is what the platform says of the whole address', (url) => {
  const whole = urlFrom(url)?.origin ?? null;
  expect(originOf(url)).toBe(whole);
  expect(originOf('https://other.example/')).toBe('https://other.example');
  expect(originOf(url)).toBe(whole);
});
