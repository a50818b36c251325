import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { daily, jwt } from '../../../test/builders/tokens.ts';
import { redactText } from '../redact/redact-text.ts';
import { detect } from './detect.ts';

const [token, other] = [daily.host(), daily.guest()];
const [header = '', claims = '', signature = ''] = token.split('.');
const json = JSON.stringify({ token, room: 'standup' });

const base64 = (text: string | Uint8Array) => Buffer.from(text as string).toString('base64');
const hex = (text: string | Uint8Array) => Buffer.from(text as string).toString('hex');
const wide = (text: string, isBig = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};
const spelled = (spell: (code: string) => string) =>
  [...token].map((character) => spell(character.charCodeAt(0).toString(16))).join('');
const numbered = (spell: (code: number) => string) => [...token].map((one) => spell(one.charCodeAt(0))).join('');
const pieces = (text: string, width = 60) => text.match(new RegExp(`.{1,${width}}`, 'gs')) ?? [];
const cut = (between: string, width = 60) => pieces(token, width).join(between);
/** Each line behind the same sign. */
const behind = (sign: string) => sign + cut(`\n${sign}`);
/** Strings, each in quotes, with this between them. */
const joined = (between: string, quote = '"') => quote + cut(quote + between + quote) + quote;

const forms: Record<string, string> = {
  'a data URL of text': `data:text/plain;base64,${base64(`token=${token}`)}`,
  'a data URL of JSON': `data:application/json;charset=utf-8;base64,${base64(json)}`,
  'a data URL without a type': `data:;base64,${base64(token)}`,
  'a data URL of gzip': `data:application/gzip;base64,${base64(gzipSync(json))}`,
  'a data URL in percent-encoding': `data:text/plain;base64,${encodeURIComponent(base64(`token=${token}`))}`,
  'UTF-16 in base64': base64(wide(token)),
  'UTF-16 with a mark in base64': base64(wide(`\ufeff${json}`)),
  'UTF-16 BE in base64': base64(wide(json, true)),
  'UTF-16 BE with a mark in base64': base64(wide(`\ufeff${token}`, true)),
  'a command of PowerShell in base64': `powershell -enc ${base64(wide(`$t = "${token}"; Join-Call`))}`,
  'gzip in base64': base64(gzipSync(json)),
  'zlib in base64': base64(deflateSync(token)),
  'base64 in lines behind a name': pieces(base64(`token: ${token}`), 76).join('\n'),
  'hexadecimal digits': hex(token),
  'hexadecimal digits in upper case': hex(token).toUpperCase(),
  'hexadecimal digits of JSON': `state=${hex(json)}`,
  'hexadecimal digits behind 0x': `0x${hex(token)}`,
  'bytes of PostgreSQL': `\\x${hex(token)}`,
  'gzip as hexadecimal digits': hex(gzipSync(json)),
  'UTF-16 as hexadecimal digits': hex(wide(token)),
  '\\u{…}': spelled((code) => `\\u{${code}}`),
  '\\U': spelled((code) => `\\U000000${code}`),
  'octal escapes': numbered((code) => `\\${code.toString(8)}`),
  'escapes that are escaped': spelled((code) => `\\\\u00${code}`),
  '%u': spelled((code) => `%u00${code}`),
  'references with zeros before': numbered((code) => `&#${String(code).padStart(4, '0')};`),
  'references without an end': numbered((code) => `&#${code}`),
  'octets of quoted-printable': spelled((code) => `=${code.toUpperCase()}`),
  'soft breaks and =2E': cut('=\r\n', 75).replaceAll('.', '=2E'),
  'soft breaks in an answer': `> ${cut('=\n> ', 70)}`,
  ...Object.fromEntries(
    ['# ', '// ', ' * ', '+ ', '+', '- ', '-', '; ', '-- ', '% ', '    ', '| ', '12: ', '[12:00:01] '].map((sign) => [
      `lines behind ${JSON.stringify(sign)}`,
      behind(sign),
    ]),
  ),
  'lines of 30': cut('\n', 30),
  'lines behind a name': `token: ${cut('\r\n')}`,
  'lines with an empty one between': cut('\n\n'),
  'lines that end in a bar': `| ${cut(' |\n| ')} |`,
  'lines of a shell': cut('\\\n    '),
  'lines of cmd': cut('^\r\n'),
  'lines of PowerShell': cut('`\n'),
  'parts in lines': token.replaceAll('.', '.\n'),
  'parts with spaces around the dots': token.replaceAll('.', ' . '),
  'breaks that are written': cut('\\r\\n'),
  'breaks in percent-encoding': cut('%0D%0A'),
  'breaks by reference': cut('&#10;'),
  'breaks of HTML': cut('<br />\n'),
  'strings of JavaScript': joined(' +\n    ', "'"),
  'strings of Java': joined('\n      + '),
  'strings of Python': `(${joined('\n     ')})`,
  'strings of PHP': joined(' . ', "'"),
  'strings of Visual Basic': joined(' & _\n '),
  'strings of SQL': joined(' || ', "'"),
  'strings in a list': `[${joined(', ')}].join("")`,
  'strings in a string': joined(' + ', '\\"'),
  'parts that are strings': `"${header}" + "." + "${claims}" + "." + "${signature}"`,
  'a string that grows': pieces(token)
    .map((one) => `t += "${one}";`)
    .join('\n'),
  'zero-width spaces in percent-encoding': cut('%E2%80%8B'),
  'zero-width spaces in quoted-printable': cut('=E2=80=8B'),
  'zero-width spaces that are escaped': cut('\\u200b'),
  'zero-width spaces read as Windows-1252': cut('\u00e2\u20ac\u2039'),
  'tags of Unicode': cut('\u{e0020}'),
  'spaces that do not break': cut('\u00a0'),
  'colours of a terminal': `\x1b[32m${header}\x1b[0m.\x1b[33m${claims}\x1b[0m.\x1b[34m${signature}\x1b[0m`,
  'colours of a page': `<span class="h">${header}</span><span>.</span><span class="c">${claims}</span>.<b>${signature}</b>`,
  'a long dash': token.replace('-', '\u2014'),
  'dashes by reference': token.replaceAll('-', '&#8211;'),
  'wide dots': token.replaceAll('.', '\uff0e'),
  'dots in brackets': token.replaceAll('.', '[.]'),
  'Markdown that strikes out': `~~${token}~~`,
};

test.each(Object.entries(forms))('found whole, alone, in a text and in JSON, and none of it is left: %s', (_, form) => {
  const filler = 'Joined the call; room=standup, user 42 says: hello. (see docs)\n'.repeat(100);
  const written = [form, `Look: ${form}\n`, JSON.stringify({ body: { note: form } })];
  for (const text of written) {
    expect(new Set(detect(text).hits.map((hit) => hit.token)), text).toEqual(new Set([token]));
    expect(redactText(text).text).not.toContain(signature.slice(-20));
  }
  if (!/\\u\{|references|octets/.test(_)) {
    const [hit] = detect(`${filler}${form}\n${filler}`).hits;
    expect(hit?.token).toBe(token);
  }
});

test.each(['', '/', '-', '--', '_', '.', ',', ':', ' '])('two tokens with %j between them are two', (between) => {
  expect(detect(`${token}${between}${other}`).hits.map((hit) => hit.token)).toEqual([token, other]);
});

test('what was undone is said', () => {
  const said = (text: string) => detect(text).hits[0]?.encodings;
  expect(said(behind('# '))).toEqual(['line-wrap']);
  expect(said(`t = ${joined(' + ')}`)).toEqual(['joined-strings']);
  expect(said(token.replaceAll('.', '=2E'))).toEqual(['quoted-octets']);
  expect(said(hex(token))).toEqual(['hex-digits']);
  expect(said(base64(wide(token)))).toEqual(['base64']);
});

test('lines that nothing marks are a guess, however long the signature is', () => {
  expect(detect(cut('\n')).hits).toMatchObject([{ token, confidence: 'possible' }]);
  expect(detect(behind('# ')).hits).toMatchObject([{ token, confidence: 'certain' }]);
});

test('an encrypted token is told by the length of its tag', () => {
  const encrypted = [
    jwt({}, { alg: 'HS256', enc: 'A256GCM' }).split('.')[0],
    '',
    'a'.repeat(16),
    'b'.repeat(90),
    'c'.repeat(22),
  ];
  const whole = encrypted.join('.');
  expect(detect(`// ${pieces(whole, 50).join('\n// ')}\n// below`).hits.map((hit) => hit.token)).toEqual([whole]);
});

test.each([
  ['a list of tokens', JSON.stringify([token, other])],
  ['tokens in lines', `${token}\n${other}\n`],
  ['a word in the next line', `${token}\nthanks\n`],
  ['a comment below', `// ${token}\n// thanks\n`],
  ['a difference', `- ${other}\n+ ${token}\n`],
  ['a string behind it', `"${token}" + "/room"`],
  ['tags around it', `<b>${token}</b><i>thanks</i>`],
])('nothing that stands beside a whole token is joined to it: %s', (_, text) => {
  expect(new Set(detect(text).hits.map((hit) => hit.token))).toEqual(
    new Set(text.includes(other) ? [token, other] : [token]),
  );
});

test.each([
  ['a cut token and a word', `${token.slice(0, 120)}\nthanks for the help\n`],
  ['a cut token in a list of strings', JSON.stringify([token.slice(0, 120), 'thanks', 'lines'])],
  ['a picture', `data:image/png;base64,${base64(token)}`],
  ['a font', `data:font/woff2;base64,${base64(json)}`],
  ['a map of sources', `//# sourceMappingURL=data:application/json;base64,${base64(json)}`],
])('nothing is put together that is no token: %s', (_, text) => {
  expect(detect(text).hits.filter((hit) => hit.form !== 'damaged')).toEqual([]);
});

test.each([
  ['strings', `"eyJ" + `],
  ['lines of comments', '// eyJhbGciOiJI.\n'],
  ['tags', '<b>eyJhbGciOiJIUzI1NiJ9</b>.'],
  ['octets', '=65=79=4A'],
  ['escapes', '\\x65\\x79\\x4a'],
  ['references', '&#101;&#121;&#74;'],
  ['digits', '65794a'],
  ['colours', '\x1b[32meyJhbGciOiJI'],
  ['dashes', 'eyJhbGciOiJI\u2014'],
])('time is linear in %s', (_, piece) => {
  for (const hit of detect(piece.repeat(40_000)).hits) expect(hit.form).toBe('damaged');
});
