import { expect, test } from 'vitest';
import { jwt, now } from '../../../test/builders/tokens.ts';
import { decode } from '../decode/decode.ts';
import type { Json, JsonObject } from '../text/json.ts';
import type { ClaimType } from './providers/provider.ts';
import { recognise, recogniseLeniently } from './recognise.ts';
import { straightened } from './straighten.ts';

const read = (claims: JsonObject, header: JsonObject = {}) => decode(jwt(claims, header), 'jws');

test.each<[ClaimType, Json, Json | undefined]>([
  ['string', 7, '7'],
  ['string', ['ada'], 'ada'],
  ['string', ['ada', 'grace'], undefined],
  ['string', [], undefined],
  ['string', [null], undefined],
  ['string', { id: 'ada' }, 'ada'],
  ['string', { id: 'ada', name: 'Ada' }, undefined],
  ['string', { id: 7 }, undefined],
  ['string', true, undefined],
  ['number', '7', 7],
  ['number', ' 7.5 ', 7.5],
  ['number', 'seven', undefined],
  ['number', '', undefined],
  ['number', [7], 7],
  ['boolean', 'True', true],
  ['boolean', 'no', undefined],
  ['boolean', [false], false],
  ['object', '{"room":"a"}', { room: 'a' }],
  ['object', '[1]', undefined],
  ['object', '{', undefined],
  ['object', [{ room: 'a' }], { room: 'a' }],
  ['array', 'join', ['join']],
  ['array', '["join"]', ['join']],
  ['array', 7, [7]],
  ['array', { join: true }, undefined],
  ['array', { join: ['a'] }, ['a']],
  ['number', { at: 7 }, 7],
  ['object', { a: { b: 1 } }, undefined],
])('where %s is wanted, %j was meant as %j', (type, value, meant) => {
  const token = read({ one: value, deep: { one: value } });
  const meanings = { one: { means: 'One.', type }, 'deep.one': { means: 'One.', type } };
  const straight = straightened(token, { claims: meanings });
  expect(straight?.claims).toEqual(meant === undefined ? undefined : { one: meant, deep: { one: meant } });
  expect(token.claims).toEqual({ one: value, deep: { one: value } });
});

test('what is as it should be stays the very token, and a header is read the same way', () => {
  const meanings = { 'header.kid': { means: 'The key.', type: 'string' as const } };
  expect(straightened(read({ a: 1 }, { kid: 'k' }), { claims: meanings })).toBeNull();
  expect(straightened(read({ a: 1 }, { kid: 7 as never }), { claims: meanings })?.header).toMatchObject({ kid: '7' });
  expect(straightened(read({ a: null }), { claims: { a: { means: 'A.', type: 'string' } } })).toBeNull();
});

test('a token with values of the wrong shape is likely, and never certain', () => {
  const token = read({
    access_key: ['KEY'],
    type: 'app',
    version: 2,
    room_id: 'standup',
    role: 'guest',
    exp: now + 60,
  });
  expect(recognise(token)).toEqual([]);
  expect(recogniseLeniently(token)[0]).toMatchObject({
    provider: { id: '100ms' },
    recognition: { confidence: 'likely', because: expect.stringMatching(/were its values of the right type$/) },
  });
});

test.each([
  ['an id that is a number', { user_id: 7, iat: now, exp: now + 60 }],
  ['an audience in a list', { iss: 'https://login.example', aud: ['api'], sub: 7, exp: now + 60 }],
  ['roles in a text', { sub: 'ada', roles: 'admin', permissions: 'read', exp: now + 60 }],
  ['a room in a list', { sub: 'ada', room: ['standup'], exp: now + 60 }],
])('%s makes no call platform of a token', (_, claims) => {
  const found = recogniseLeniently(read(claims)).filter(({ provider }) => provider.kind === 'video');
  expect(found).toEqual([]);
});

test('what a token is by its shape as it stands counts before what it would be', () => {
  const token = read({
    r: 'standup',
    d: '30f866c3-9123-452a-8723-ff58322d09c5',
    apikey: 7,
    permissions: 'allow_join',
    exp: now + 60,
  });
  expect(recogniseLeniently(token).map(({ provider }) => provider.id)).toEqual(
    recognise(token).map(({ provider }) => provider.id),
  );
});
