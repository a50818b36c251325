import { expect, test } from 'vitest';
import { readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';

const [host, guest] = [daily.host(), daily.guest()];
const exchange = (more: object = {}, request: object = {}, response: object = {}) => ({
  status: 'COMPLETE',
  method: 'POST',
  scheme: 'https',
  host: 'call.example',
  port: null,
  actualPort: 443,
  path: '/join',
  query: null,
  tunnel: false,
  times: { start: '2026-11-20T12:00:00.000Z' },
  request: { mimeType: null, header: { firstLine: 'POST /join HTTP/1.1', headers: [] }, ...request },
  response: { status: 200, mimeType: 'application/json', header: { headers: [] }, body: { text: '{}' }, ...response },
  ...more,
});
const header = (value: string) => ({ headers: [{ name: 'Authorization', value }] });

test.each<[where: string, exchange: object, place: [source: string, path: string, origin: string]]>([
  ['a header', exchange({}, { header: header(`Bearer ${guest}`) }), ['request-header', '', 'https://call.example']],
  ['the query', exchange({ query: `jwt=${guest}`, port: 8443 }), ['request-url', '', 'https://call.example:8443']],
  [
    'the body of a request',
    exchange({}, { mimeType: 'application/json', body: { text: JSON.stringify({ token: guest }) } }),
    ['request-body', '$.token', 'https://call.example'],
  ],
  [
    'a body in base64',
    exchange({}, {}, { body: { encoded: btoa(`{"a":"${guest}"}`) } }),
    ['response-body', '$.a', 'https://call.example'],
  ],
  [
    'a cookie that is set',
    exchange({}, {}, { header: { headers: [{ name: 'Set-Cookie', value: `auth=${guest}; Secure; HttpOnly` }] } }),
    ['response-header', '', 'https://call.example'],
  ],
])('a token in %s stands there', async (_, one, place) => {
  const { kind, failure, sightings, recordedAt } = await readInput(JSON.stringify([exchange(), one]));
  expect([kind, failure, recordedAt]).toEqual(['charles-session', null, Date.parse('2026-11-20T12:00:00Z') / 1000]);
  expect(sightings.map((one) => [one.place.source, one.path, one.place.origin])).toEqual([place]);
});

test('an exchange that does not say whether it is a tunnel is one', async () => {
  const { tunnel: _, ...one } = exchange({ query: `jwt=${guest}` });
  expect((await readInput(JSON.stringify([one]))).kind).toBe('charles-session');
});

test('what is no exchange is searched, and what is cut off is told', async () => {
  const odd = await readInput(JSON.stringify([exchange(), { note: host }, null, 7]));
  expect(odd.sightings).toMatchObject([{ token: host, place: { source: 'text' } }]);
  const cut = await readInput(JSON.stringify([exchange({ query: `jwt=${guest}` }), exchange()]).slice(0, -30));
  expect(cut.failure?.message).toMatch(/is not valid JSON; it was searched as text/);
  expect(cut.sightings).toMatchObject([{ token: guest }]);
});
