import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const [host, guest] = [daily.host(), daily.guest()];

async function placesOf(text: string) {
  const { kind, failure, problems, sightings } = await readInput(text);
  expect([kind, failure, problems]).toEqual(['http-message', null, []]);
  return sightings.map(({ token, place, path }) =>
    [
      token === host ? 'host' : 'guest',
      place.exchange?.name,
      place.exchange?.status,
      place.source,
      place.key ?? path,
      place.origin,
    ].join(' '),
  );
}

const request = (body = '', more = '') =>
  `POST /join HTTP/1.1\nHost: call.example:443\nAuthorization: Bearer ${guest}\n${more}\n${body}`;
const answer = `HTTP/1.1 200 OK\nSet-Cookie: auth=${guest}; Secure\n\n{"token":"${host}"}`;
const whole = [
  'guest entry 1 200 request-header Authorization https://call.example',
  'guest entry 1 200 response-header auth https://call.example',
  'host entry 1 200 response-body $.token https://call.example',
];

test.each<[what: string, text: string]>([
  ['as HTTPie prints them', `${request('{"room":"standup"}')}\n\n\n${answer}\n`],
  ['without a body', `${request()}${answer}`],
  ['with the length of the body', `${request('{"room":"x"}', 'Content-Length: 12\n')}${answer}`],
  ['with a length that is wrong', `${request('{"room":"standup"}', 'Content-Length: 3\n')}\n${answer}`],
])('a request and its answer are one exchange: %s', async (_, text) => {
  for (const written of [text, text.replaceAll('\n', '\r\n')]) expect(await placesOf(written)).toEqual(whole);
});

test('requests one after the other are each their own', async () => {
  const other = `GET /b HTTP/1.1\nHost: other.example:443\nCookie: auth=${host}\n\n`;
  expect(await placesOf(`${request()}${other}${request('{}')}\n${answer}`)).toEqual([
    'guest entry 1  request-header Authorization https://call.example',
    'host entry 2  request-header auth https://other.example',
    ...whole.map((place) => place.replace('entry 1', 'entry 3')),
  ]);
});

test.each<[what: string, text: string, place: string]>([
  [
    'by its length',
    request(`HTTP/1.1 200 OK\nX: ${host}\n`, `Content-Length: ${19 + host.length}\n`),
    'host request  request-body ',
  ],
  [
    'by its media type',
    `HTTP/1.1 200 OK\nContent-Type: message/http\n\nTRACE /me HTTP/1.1\nX-Token: ${host}\n`,
    'host response 200 response-body ',
  ],
])('a message in a body is part of it: %s', async (_, text, place) => {
  const places = await placesOf(text);
  expect(places).toContainEqual(expect.stringContaining(place));
  expect(places.join()).not.toContain('entry');
});

const octets = (text: string | Uint8Array) => Buffer.from(typeof text === 'string' ? text : text);
const chunks = (body: Uint8Array, size: number) =>
  Buffer.concat([
    ...Array.from({ length: Math.ceil(body.length / size) }, (_, index) => {
      const chunk = body.subarray(index * size, (index + 1) * size);
      return Buffer.concat([octets(`${chunk.length.toString(16)}\r\n`), chunk, octets('\r\n')]);
    }),
    octets('0\r\n\r\n'),
  ]);
const body = octets(JSON.stringify({ token: host, room: 'Zimmer für alle' }));
const answered = (headers: string, body: Uint8Array) =>
  Buffer.concat([octets(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`), body]);

test.each<[what: string, message: Uint8Array]>([
  ['in one chunk', answered('Transfer-Encoding: chunked', chunks(body, 1000))],
  ['in chunks that cut the token', answered('Transfer-Encoding: chunked', chunks(body, 40))],
  ['as gzip', answered('Content-Encoding: gzip', gzipSync(body))],
  ['as deflate', answered('Content-Encoding: deflate', deflateSync(body))],
  ['as deflate without its wrapper', answered('Content-Encoding: deflate', deflateRawSync(body))],
  [
    'as gzip in chunks',
    answered('Content-Encoding: gzip\r\nTransfer-Encoding: gzip, chunked', chunks(gzipSync(body), 30)),
  ],
  [
    'unpacked by what printed it, which left its headers',
    answered('Content-Encoding: br\r\nTransfer-Encoding: chunked', body),
  ],
])('a body is read as it was before it was packed for its way: %s', async (_, message) => {
  const { kind, failure, sightings } = await readInput(message);
  expect([kind, failure]).toEqual(['http-message', null]);
  expect(sightings.map(({ token, place, path }) => [token, place.source, path])).toEqual([
    [host, 'response-body', '$.token'],
  ]);
});

test.each<[what: string, message: Uint8Array, code: string]>([
  ['packed as nobody here reads', answered('Content-Encoding: br', brotliCompressSync(body)), 'input-packed'],
  ['cut off', answered('Content-Encoding: gzip', gzipSync(body).subarray(0, -6)), 'input-truncated'],
])('a body that is not read to its end is said to be so: %s', async (_, message, code) => {
  const { kind, failure } = await readInput(message);
  expect([kind, failure?.code]).toEqual(['http-message', code]);
});

test.each<[what: string, text: string, place: string]>([
  [
    'folded',
    `GET /x HTTP/1.1\nHost: call.example:443\nAuthorization: Bearer\n ${guest}\n\n`,
    'Authorization https://call.example',
  ],
  [
    'folded in a list',
    `GET /x HTTP/1.1\nHost: call.example:443\nCookie: a=1;\n\tauth=${guest}\n\n`,
    'auth https://call.example',
  ],
  [
    'with carriage returns alone',
    `GET /x HTTP/1.1\rHost: call.example:443\rX-Token: ${guest}\r\r`,
    'X-Token https://call.example',
  ],
  [
    'after empty lines',
    `\n\nGET /x HTTP/1.1\nHost: call.example:443\nX-Token: ${guest}\n\n`,
    'X-Token https://call.example',
  ],
  [
    'over plain HTTP by its port',
    `GET /x HTTP/1.1\nHost: call.example:80\nX-Token: ${guest}\n\n`,
    'X-Token http://call.example',
  ],
  ['without a host', `GET /x HTTP/1.1\nX-Token: ${guest}\n\n`, 'X-Token '],
  ['of a tunnel', `CONNECT call.example:443 HTTP/1.1\nHost: call.example:443\nX-Token: ${guest}\n\n`, 'X-Token '],
])('a header stands where the message tells: %s', async (_, text, place) => {
  expect(await placesOf(text)).toEqual([`guest request  request-header ${place}`]);
});

test('a line of a head that is no header is searched as text', async () => {
  const { sightings } = await readInput(`GET /x HTTP/1.1\nHost: call.example:443\n${guest}\n\n`);
  expect(sightings.map(({ token, place }) => [token, place.source])).toEqual([[guest, 'text']]);
});

test('what comes before an answer is not the answer', async () => {
  const text = `${request('{"room":"standup"}')}\nHTTP/1.1 100 Continue\n\n${answer}`;
  expect(await placesOf(text)).toEqual(whole);
});

test.each<[what: string, head: string, origin: string | null]>([
  ['nothing', 'GET /x?jwt=TOKEN HTTP/1.1\nHost: call.example', null],
  ['nothing but another port', 'GET /x?jwt=TOKEN HTTP/1.1\nHost: call.example:8080', null],
  ['HTTP/2', 'GET /x?jwt=TOKEN HTTP/2\nHost: call.example', 'https://call.example'],
  [
    'its own origin',
    'GET /x?jwt=TOKEN HTTP/1.1\nHost: call.example:8080\nOrigin: http://call.example:8080',
    'http://call.example:8080',
  ],
  [
    'an address of its own site',
    'GET /x?jwt=TOKEN HTTP/1.1\nHost: call.example\nReferer: https://call.example/a',
    'https://call.example',
  ],
  ['the origin of another site', 'GET /x?jwt=TOKEN HTTP/1.1\nHost: call.example\nOrigin: https://a.example', null],
  [
    'what browsers send over TLS',
    'GET /x?jwt=TOKEN HTTP/1.1\nHost: call.example\nSec-Fetch-Site: none',
    'https://call.example',
  ],
  ['that, on this machine', 'GET /x?jwt=TOKEN HTTP/1.1\nHost: localhost:3000\nSec-Fetch-Site: none', null],
  [
    'an answer that asks for TLS',
    'GET /x?jwt=TOKEN HTTP/1.1\nHost: call.example\n\nHTTP/1.1 200 OK\nStrict-Transport-Security: max-age=1',
    'https://call.example',
  ],
  ['a whole address', 'GET http://call.example/x?jwt=TOKEN HTTP/1.1\nHost: call.example', 'http://call.example'],
])('the scheme of a request is told by %s', async (_, head, origin) => {
  const { sightings, problems } = await readInput(`${head.replace('TOKEN', guest)}\n\n`);
  expect(problems).toEqual([]);
  expect(sightings).toHaveLength(1);
  expect(sightings[0]?.place).toMatchObject({ source: 'request-url', key: 'jwt', origin });
  // The host stays where it is known.
  expect(sightings[0]?.place.url).toMatch(/^(?:https?:)?\/\/(?:call\.example|localhost)/);
});
