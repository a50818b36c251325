import { expect, test } from 'vitest';
import { now } from '../../../../test/builders/tokens.ts';
import { detect } from '../../find/detect.ts';
import type { Json } from '../../text/json.ts';
import { decode } from '../decode.ts';

const password = 'aG1hYyBvZiB0aGUgdXNlciBuYW1lLg==';
const hex = `${'cd3519'.repeat(10)}abcd`;
const until = now + 3600;
const turn = 'turn:turn.acme.com:3478?transport=udp';
const server = { urls: turn, username: `${until}:ada`, credential: password };

/** What is found in a text that holds this, each as its token and what is read of it. */
function found(value: Json) {
  return detect(JSON.stringify(value)).hits.map(({ token, form, note, path }) => ({
    form,
    note,
    path,
    value: JSON.parse(token) as Json,
    read: decode(token, form),
  }));
}

test.each<[what: string, value: Json, claims: object, path: string]>([
  [
    'one server of a list',
    { room: 'a', iceServers: [{ urls: 'stun:a.example' }, server] },
    { exp: until, urls: [turn] },
    '$.iceServers[1]',
  ],
  [
    'the REST convention',
    { username: `${until}:ada`, password, ttl: 3600, uris: [turn] },
    { exp: until, ttl: 3600, urls: [turn] },
    '$',
  ],
  ['a name that ends with its end', { ...server, username: `ada:${until}` }, { exp: until }, '$'],
  [
    'a message with servers',
    { type: 'iced', ice_servers: [1, 2].map(() => ({ urls: turn, username: hex, credential: password })) },
    { username: hex },
    '$',
  ],
  [
    'an answer with tokens for realms',
    { expires: 604_800, tokens: [{ realm: '"rtcmedia"', username: 'AgAAJA', password }] },
    { username: 'AgAAJA', ttl: 604_800 },
    '$',
  ],
  [
    'an answer with a date',
    { iceServers: [{ ...server, username: hex }], expiresOn: new Date(until * 1000).toISOString() },
    { exp: until },
    '$',
  ],
])('credentials of a relay are found in %s, once', (_, value, claims, path) => {
  const all = found(value);
  expect(all).toMatchObject([
    { form: 'turn-credentials', note: 'turn-credentials', path, read: { claims, problem: null } },
  ]);
  expect(JSON.stringify(all[0]?.read.claims)).not.toContain(password);
});

test('a name without a time has no end that anybody could tell', () => {
  expect(found({ ...server, username: hex })[0]?.read.claims).not.toHaveProperty('exp');
});

test('beside a token, both are found', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlIG9mIHNvbWUgbGVuZ3Ro';
  const hits = detect(JSON.stringify({ token: jwt, iceServers: [server] })).hits;
  expect(hits.map(({ form }) => form).sort()).toEqual(['jws', 'turn-credentials']);
});

test.each<[what: string, value: Json]>([
  ['a sign-in form', { username: 'ada', password: 'correct horse battery staple' }],
  ['a user that also has a phone number for a name', { username: '1700000000', password, role: 'admin' }],
  ['a short password of a sample', { urls: turn, username: 'a', credential: 'secret' }],
  ['a server that asks for none', { urls: ['stun:a.example', turn] }],
  ['a password that is no text', { ...server, credential: { kid: '1', macKey: 'x' } }],
  [
    'members that only look so',
    JSON.parse(`{"__proto__":{"username":"${until}:a","password":"${password}","uris":["${turn}"]}}`) as Json,
  ],
])('%s is not taken for credentials of a relay', (_, value) => {
  expect(found(value).filter(({ form, path }) => form === 'turn-credentials' && path !== '$.__proto__')).toEqual([]);
});

test('answers of ever so many servers are read to a bound', () => {
  const many = { iceServers: Array.from({ length: 20_000 }, () => server) };
  expect(found(many).length).toBeLessThanOrEqual(1);
});
