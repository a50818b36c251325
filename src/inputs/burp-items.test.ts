import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { placesIn, readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const [host, guest] = [daily.host(), daily.guest()];
const get = (token: string, path = '/me') =>
  `GET ${path} HTTP/1.1\r\nHost: call.example\r\nAuthorization: Bearer ${token}\r\n\r\n`;
const post = `POST /join HTTP/2\r\nHost: call.example\r\nContent-Type: application/json\r\nCookie: theme=dark; auth=${guest}\r\n\r\n${JSON.stringify({ a: { token: host } })}`;
const answer = `HTTP/1.1 200 OK\r\nSet-Cookie: auth=${guest}; Path=/; HttpOnly\r\nContent-Type: application/json\r\n\r\n{"room":"standup"}`;

/** A section that holds whatever is given. */
const section = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
const plain = (text: string) => ({ base64: 'false', text: section(text) });
const encoded = (text: string) => ({ base64: 'true', text: section(btoa(text)) });
interface Written {
  base64: string;
  text: string;
}
const item = (request: Written, response: Written = plain(''), more = '') =>
  `<item><time>Thu Nov 26 11:59:00 UTC 2026</time>${more || `<url>${section('https://call.example:8443/me')}</url>`}
<host ip="192.0.2.1">call.example</host><port>8443</port><protocol>https</protocol><method>GET</method><path>/me</path>
<request base64="${request.base64}">${request.text}</request><status>200</status>
<response base64="${response.base64}">${response.text}</response><comment></comment></item>`;
const file = (...items: string[]) =>
  `<?xml version="1.0"?>\n<!DOCTYPE items [\n<!ELEMENT items (item*)>\n<!ATTLIST items burpVersion CDATA "">\n]>\n<items burpVersion="2026.1" exportTime="Thu Nov 26 12:00:00 UTC 2026">\n${items.join('\n')}\n</items>\n`;

test.each([
  ['in base64', encoded],
  ['as they are, a section cut in two', (text: string) => plain(`${text}`)],
])('tokens of messages %s stand in their places', async (_, write) => {
  const odd = answer.replace('standup', ']]></item>');
  expect(await placesIn(file(item(write(get(guest)), write(odd)), item(write(post))))).toEqual({
    kind: 'burp-items',
    places: [
      'request-header Authorization of https://call.example:8443',
      'response-header auth of https://call.example:8443',
      'request-header auth of https://call.example:8443',
      'request-body entry 2: request body $.a.token of https://call.example:8443',
    ],
  });
  const { sightings, failure, recordedAt } = await readInput(file(item(write(get(guest)), write(odd))));
  expect([failure, recordedAt]).toEqual([null, Date.parse('2026-11-26T11:59:00Z') / 1000]);
  expect(sightings).toMatchObject([
    {
      token: guest,
      place: {
        source: 'request-header',
        origin: 'https://call.example:8443',
        exchange: { method: 'GET', status: 200 },
      },
    },
    { token: guest, place: { source: 'response-header', key: 'auth', cookie: { httpOnly: true } } },
  ]);
});

test('without an address the host, port and protocol tell it', async () => {
  const { sightings } = await readInput(file(item(encoded(get(guest)), plain(''), '<comment/>')));
  expect(sightings).toMatchObject([{ place: { url: 'https://call.example:8443/me' } }]);
});

test('what was sent counts, and an address that says something else is searched, too', async () => {
  const other = `<url>${section(`https://call.example:8443/other?jwt=${host}`)}</url><port>8443</port>`;
  const { sightings } = await readInput(file(item(plain(get(guest, `/me?jwt=${guest}`)), plain(''), other)));
  expect(sightings.map(({ token, place }) => [token, place.source, place.url])).toEqual([
    [guest, 'request-url', `https://call.example:8443/me?jwt=${guest}`],
    [guest, 'request-header', `https://call.example:8443/me?jwt=${guest}`],
    [host, 'text', null],
  ]);
});

test('issues hold several requests, each with its own path', async () => {
  const pair = (path: string) =>
    `<requestresponse><request method="GET" base64="true">${section(btoa(get(guest, path)))}</request><response base64="true">${section(btoa(answer))}</response></requestresponse>`;
  const issue = `<issues burpVersion="2026.1" exportTime="x"><issue><name>Token in URL</name><host ip="192.0.2.1">https://call.example</host><path>/a</path>${pair('/a')}${pair('/b')}<issueDetail>seen: ${host}</issueDetail></issue></issues>`;
  const { kind, sightings } = await readInput(issue);
  expect(kind).toBe('burp-items');
  expect(sightings.map(({ token, place }) => [token, place.source, place.url])).toEqual(
    expect.arrayContaining([
      [guest, 'request-header', 'https://call.example/a'],
      [guest, 'request-header', 'https://call.example/b'],
      [guest, 'response-header', 'https://call.example/b'],
      [host, 'text', null],
    ]),
  );
});

test('comments, messages that are none and what is cut off are searched', async () => {
  const odd = `<item><url>https://call.example/</url><comment>host: ${host}</comment><request base64="false">&lt;${guest}</request></item>`;
  expect((await readInput(file(odd))).sightings.map(({ token }) => token).sort()).toEqual([host, guest].sort());
  const whole = file(item(encoded(get(guest))), item(encoded(post)));
  const cut = await readInput(whole.slice(0, whole.lastIndexOf(']]>') - 200));
  expect(cut.failure?.message).toBe('is cut off in an item; what came before was read');
  expect(cut.sightings.map(({ token }) => token)).toContain(guest);
});

test('what is hostile takes no longer than what is not', async () => {
  for (const text of ['<'.repeat(200_000), '<item>'.repeat(50_000), '<![CDATA['.repeat(50_000), '&#x'.repeat(100_000)])
    expect((await readInput(`<items burpVersion="1">${text}`)).kind).toBe('burp-items');
});

test('a body in base64 is unpacked, and put together from its chunks', async () => {
  const packed = gzipSync(JSON.stringify({ token: host })).toString('latin1');
  const head =
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n';
  const chunked = `${packed.length.toString(16)}\r\n${packed}\r\n0\r\n\r\n`;
  const { failure, sightings } = await readInput(file(item(encoded(get(guest)), encoded(`${head}${chunked}`))));
  expect(failure).toBeNull();
  expect(sightings.map(({ token, place, path }) => [token, place.source, path])).toContainEqual([
    host,
    'response-body',
    '$.token',
  ]);
});
