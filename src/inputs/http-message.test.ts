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
  `POST /join HTTP/1.1\nHost: call.example\nAuthorization: Bearer ${guest}\n${more}\n${body}`;
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
  const other = `GET /b HTTP/1.1\nHost: other.example\nCookie: auth=${host}\n\n`;
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
