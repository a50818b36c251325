import { expect, test } from 'vitest';
import { placesIn, readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const [host, guest] = [daily.host(), daily.guest()];
const head = 'From: Kim <kim@call.example>\nSubject: Re: cannot join\nMIME-Version: 1.0\n';
const base64 = (text: string) => (btoa(text).match(/.{1,76}/g) ?? []).join('\n');
const quotedPrintable = (text: string) => text.replaceAll('=', '=3D').replace(/.{70}/g, '$&=\n');
const quoted = `Kim wrote:\n> my token is\n> ${host.replace(/.{72}/g, '$&\n> ')}\n> thanks\n`;

const part = (type: string, encoding: string, body: string, more = '') =>
  `--b=1\nContent-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n${more}\n${body}\n`;

test.each([
  ['an answer', `${head}\n${quoted}`],
  ['base64', `${head}Content-Transfer-Encoding: base64\n\n${base64(quoted)}\n`],
  ['quoted-printable', `${head}Content-Transfer-Encoding: quoted-printable\n\n${quotedPrintable(`?t=${host}`)}\n`],
  [
    'parts',
    `${head}Content-Type: multipart/mixed;\n boundary="b=1"\n\n${part('text/plain', 'base64', base64(quoted))}--b=1--\n`,
  ],
])('a token is read whole in a mail: %s', async (_, text) => {
  for (const written of [text, text.replaceAll('\n', '\r\n')])
    expect(await readInput(written)).toMatchObject({ kind: 'mail', failure: null, sightings: [{ token: host }] });
});

test('parts of a saved page have their address', async () => {
  const page = `${head}Content-Type: multipart/related; boundary="b=1"\n\n${part(
    'text/html',
    'quoted-printable',
    quotedPrintable(`<meta name="jwt" content="${host}">`),
    'Content-Location: https://call.example/room\n',
  )}${part('text/plain', '7bit', guest)}--b=1--\n`;
  expect(await placesIn(page)).toEqual({
    kind: 'mail',
    places: ['response-body part: response body of https://call.example', 'text a'],
  });
});

test('what is no mail is none', async () => {
  for (const text of ['Subject: a', 'To: do\n\nbuy milk', `HTTP/1.1 200 OK\nDate: x\nFrom: y\n\n${host}`])
    expect((await readInput(text)).kind).not.toBe('mail');
});
