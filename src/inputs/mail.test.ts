import { zipSync } from 'fflate';
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

const words = (text: string, size: number) =>
  (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).map((word) => `=?utf-8?B?${btoa(word)}?=`).join('\n ');
const inner = `${head}Content-Transfer-Encoding: base64\n\n${base64(quoted)}\n`;
const wide = Buffer.from(`\ufeff${quoted}`, 'utf16le').toString('base64');

test.each<[what: string, text: string]>([
  ['in an encoded word', head.replace('Re:', words(`?t=${host}`, 1000))],
  ['in encoded words one after the other', head.replace('Re:', words(host, 40))],
  [
    'in an encoded word of another kind',
    head.replace('Re:', `=?utf-8?Q?a_${host.replaceAll('.', '=2E').replaceAll('_', '=5F')}?=`),
  ],
  ['in a head without a body', `${head}X-Token: ${host}\n`],
  ['in a mail in a mail', `${head}Content-Type: message/rfc822\n\n${inner}`],
  ['in UTF-16', `${head}Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n${wide}\n`],
  ['with a comment behind its encoding', `${head}Content-Transfer-Encoding: base64 (why)\n\n${base64(quoted)}\n`],
  ['with carriage returns alone', inner.replaceAll('\n', '\r')],
  [
    'within a boundary that another begins with',
    `${head}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary="b=1"\n\n${part('text/plain', 'base64', base64(quoted))}--b=1--\n--b--\n`,
  ],
])('a token stands whole in a mail, and alone: %s', async (_, text) => {
  const { kind, failure, sightings } = await readInput(text);
  expect([kind, failure]).toEqual(['mail', null]);
  expect(sightings.map(({ token }) => token)).toEqual([host]);
});

const zipped = Buffer.from(zipSync({ 'a.har': new TextEncoder().encode(host) })).toString('base64');
test.each<[what: string, type: string, encoding: string, body: string]>([
  ['a zip archive', 'application/zip', 'base64', zipped],
  ['a file packed as xz', 'application/octet-stream', 'base64', btoa('\xfd7zXZ\0\x01\x02')],
  ['a winmail.dat', 'application/ms-tnef', 'base64', btoa('\x78\x9f\x3e\x22\x01')],
  ['an encrypted message (S/MIME)', 'application/pkcs7-mime; smime-type=enveloped-data', 'base64', btoa('0\x82')],
  [
    'an encrypted message (PGP)',
    'text/plain',
    '7bit',
    '-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----',
  ],
  ['a file in uuencode', 'text/plain', '7bit', 'begin 644 a.txt\n#0V%T\n`\nend'],
  ['a file in yEnc', 'text/plain', '8bit', '=ybegin line=128 size=3 name=a\nabc\n=yend size=3'],
])('what a mail holds and nothing opens is said: %s', async (what, type, encoding, body) => {
  const mail = `${head}Content-Type: multipart/mixed; boundary="b=1"\n\n${part(type, encoding, body)}${part('text/plain', '7bit', host)}--b=1--\n`;
  const { failure, sightings } = await readInput(mail);
  expect(failure?.message).toContain(`holds ${what}`);
  expect(sightings.map(({ token }) => token)).toEqual([host]);
});

const cut = (text: string, length: number, by: string) => text.replace(new RegExp(`.{${length}}`, 'g'), `$&${by}`);
const flowed = 'Content-Type: text/plain; format=flowed; delsp=yes\n';
const nested = (depth: number, within: (inner: string, depth: number) => string) =>
  Array.from({ length: depth }, (_, index) => index).reduce(within, `Content-Type: text/plain\n\n${host}\n`);
const inParts = (depth: number) =>
  nested(
    depth,
    (inner, index) => `Content-Type: multipart/mixed; boundary=b${index}x\n\n--b${index}x\n${inner}\n--b${index}x--\n`,
  );

test.each<[what: string, mail: string]>([
  ['a header folded in the middle of it', `${head}X-Token: ${cut(host, 60, '\n ')}\n\nhi`],
  ['a header folded by tabs', `${head}X-Token: ${cut(host, 60, '\n\t')}\n\nhi`],
  [
    'an address folded before it',
    `${head}List-Unsubscribe: <https://call.example/?jwt=\n ${cut(host, 60, '\n ')}>\n\nhi`,
  ],
  [
    'a parameter in numbered pieces',
    `${head}Content-Type: text/plain; name*0="${host.slice(0, 50)}";\n name*1="${host.slice(50, 90)}";\n name*2="${host.slice(90)}"\n\nhi`,
  ],
  [
    'the head of a part',
    `${head}Content-Type: multipart/mixed; boundary="b=1"\n\n--b=1\nX-Token: ${cut(host, 70, '\n ')}\n\nhi\n--b=1--\n`,
  ],
  ['lines that flow', `${head}${flowed}\nlook: ${cut(host, 60, ' \n')}\nand\n`],
  ['lines that flow and are quoted', `${head}${flowed}\n> look: ${cut(host, 60, ' \n> ')}\n> and\n`],
  [
    'lines that flow, in quoted-printable',
    `${head}${flowed}Content-Transfer-Encoding: quoted-printable\n\n${cut(host, 60, '=20\n')}\n`,
  ],
  ['parts in ten others', head + inParts(10)],
  [
    'mails in base64 in others',
    head +
      nested(
        7,
        (inner) => `Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${base64(head + inner)}\n`,
      ),
  ],
])('a token is found whole in %s', async (_, mail) => {
  for (const text of [mail, mail.replaceAll('\n', '\r\n')]) {
    const { kind, failure, sightings } = await readInput(text);
    expect([kind, failure]).toEqual(['mail', null]);
    expect(sightings.map(({ token, confidence }) => [token, confidence])).toEqual([[host, 'certain']]);
  }
});

test('parts in more others than are told apart are searched, and that is said', async () => {
  const { failure, sightings } = await readInput(head + inParts(40));
  expect(failure?.message).toBe(
    'holds parts in more than 30 others, one in the other; what lies deeper was searched as text',
  );
  expect(sightings.map(({ token }) => token)).toEqual([host]);
});

test('words in a folded head stay words', async () => {
  const subject = `Subject: something that is written in many\n words and ${'internationalisation'}\n ${'characteristically'} long\n`;
  const { sightings, failure } = await readInput(`${head.replace(/Subject.*\n/, subject)}\n${host}`);
  expect([failure, sightings.map(({ token }) => token)]).toEqual([null, [host]]);
});
