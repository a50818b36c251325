import { expect, test } from 'vitest';
import { daily } from '../../../../test/builders/tokens.ts';
import { redactText } from '../../redact/redact-text.ts';
import { detect } from '../detect.ts';

const [token, other] = [daily.host(), daily.guest()];
const [header = '', claims = '', signature = ''] = token.split('.');
const places = [10, header.length + 12, header.length + claims.length - 10, token.length - 12];

const spelled = (spell: (code: string) => string) =>
  [...token].map((character) => spell(character.charCodeAt(0).toString(16))).join('');
const inLines = (between: string, width = 70) => token.replace(new RegExp(`.{${width}}`, 'g'), `$&${between}`);

const inside = ['\u200b', '\u00ad', '\u2060\u200d', '\ufeff', '<wbr>', '<wbr />', '&shy;', '&#8203;', '=\r\n', '\\\n'];
const damaged: [string, string][] = [
  ...inside.map((mark): [string, string] => [
    JSON.stringify(mark),
    places.toReversed().reduce((text, at) => text.slice(0, at) + mark + text.slice(at), token),
  ]),
  ['dashes', token.replaceAll('-', '\u2013')],
  ['Markdown', token.replace(/[_.-]/g, '\\$&')],
  ['named references', token.replaceAll('.', '&period;').replaceAll('_', '&lowbar;')],
  ['\\x', spelled((code) => `\\x${code}`)],
  ['\\u', spelled((code) => `\\u00${code}`)],
  ['references', spelled((code) => `&#x${code};`)],
  ['an answer', `> ${inLines('\n> ')}`],
  ['an answer to an answer', `>> ${inLines('\r\n>> ')}`],
  ['an answer with spaces', `> > ${inLines(' \r\n> > ')}`],
];

test.each(damaged)('a token with %s is found whole where it stands, and none of it is left', (_, text) => {
  const written = `Look: ${text}\n> it fails\n`;
  expect(detect(written)).toMatchObject({ hits: [{ token, form: 'jws', offset: 6 + text.search(/[^> ]/) }] });
  expect(redactText(written).text).not.toContain(signature.slice(-10));
});

test('what was undone is said, and where JSON keeps it', () => {
  const text = JSON.stringify({ a: { token: `${token.slice(0, 60)}\u200b${token.slice(60)}` }, b: other });
  expect(detect(text).hits).toMatchObject([
    { token, path: '$.a.token', encodings: ['mended', 'json-string'] },
    { token: other, path: '$.b', encodings: ['json-string'] },
  ]);
});

test.each([
  ['a line below an answer', `> ${token}\n> abcdef\n`],
  ['a line that begins with another token', `> ${token}\n> ${other}\n`],
  ['what goes on behind a whole token', `${token}\u200bmore`],
  ['stars around it', `**${token}**`],
  ['low lines around it', `_${token}_`],
  ['a slash and another token behind it', `${token}/${other}`],
])('nothing is put together that does not belong: %s', (_, text) => {
  const found = detect(text).hits.map((hit) => hit.token);
  expect(found).toEqual(text.includes(other) ? [token, other] : [token]);
  expect(redactText(text).text).not.toContain(signature);
});

test('time is linear in marks and in beginnings', () => {
  for (const text of ['eyJ\u200b'.repeat(50_000), 'eyJ'.repeat(100_000), '> eyJhbGciOiJI.\n'.repeat(30_000)])
    expect(detect(text).hits).toEqual([]);
});

test.each([10_000, 100_000, 900_000])('damage is mended in a text of %d characters, too', (length) => {
  const around = 'const call = join(room); // words\n'.repeat(Math.ceil(length / 68));
  const token = daily.guest();
  const quoted = (token.match(/.{1,76}/g) ?? []).join('\n> ');
  for (const damaged of [`${token.slice(0, 60)}\u200b${token.slice(60)}`, `> ${quoted}`, token.replace('.', '.<wbr>')])
    expect(detect(`${around}\n${damaged}\n${around}`).hits.map((hit) => hit.token)).toEqual([token]);
});
