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

test('each mail of a mailbox is read by its own head', async () => {
  const written = `?t=${guest}`;
  const mailbox = `From kim@call.example Thu Nov 26 12:00:00 2026\n${head}Content-Transfer-Encoding: base64\n\n${base64(quoted)}\n\nFrom lee@call.example Thu Nov 26 12:01:00 2026\n${head}Content-Transfer-Encoding: quoted-printable\n\n${quotedPrintable(written)}\n`;
  for (const text of [mailbox, mailbox.replaceAll('\n', '\r\n')]) {
    const { kind, failure, sightings } = await readInput(text);
    expect([kind, failure]).toEqual(['mail', null]);
    expect(sightings.map(({ token }) => token)).toEqual([host, guest]);
  }
});

test('what a list of mail adds below a body in base64 is searched, too', async () => {
  const { sightings } = await readInput(
    `${head}Content-Transfer-Encoding: base64\n\n${base64(quoted)}\n\n____\nleave the list: https://lists.example/?token=${guest}\n`,
  );
  expect(sightings.map(({ token }) => token)).toEqual([host, guest]);
});

test('parts without an end are read, and it is told', async () => {
  const whole = `${head}Content-Type: multipart/mixed; boundary="b=1"\n\n${part('text/plain', '7bit', guest)}`;
  expect((await readInput(`${whole}--b=1--\n`)).failure).toBe(null);
  const { failure, sightings } = await readInput(whole);
  expect(failure?.message).toBe('is cut off before its last part ends; what is there was read');
  expect(sightings.map(({ token }) => token)).toEqual([guest]);
});
