import { expect, test } from 'vitest';
import { jwt, daily as mint, now } from '../../../test/tokens.ts';
import { decode } from '../decode.ts';
import type { JsonObject } from '../model.ts';
import { daily } from './daily.ts';

const read = (claims: JsonObject, header: JsonObject = {}) => decode(jwt(claims, header), 'jws');
const facts = (claims: JsonObject) => daily.facts(read(claims));
const allowed = (claims: JsonObject) =>
  Object.fromEntries(Object.entries(facts(claims).privileges).map(([name, grant]) => [name, grant.allowed]));
const d = mint.domain;

test('recognises guest and host tokens for certain, and says by what', () => {
  for (const text of [mint.guest(), mint.host()]) {
    const recognition = daily.recognise(decode(text, 'jws'));
    expect(recognition?.confidence).toBe('certain');
    expect(recognition?.because).toContain('`d`');
  }
});

test('an owner is host; nobody else is, unless `p.ca` names a power', () => {
  expect(facts({ r: 'a', d, o: true })).toMatchObject({ role: 'host', vendorRole: 'owner', roleClaim: 'o' });
  expect(facts({ r: 'a', d })).toMatchObject({ role: 'participant', roleClaim: 'o' });
  expect(facts({ r: 'a', d, o: 'true' }).role).toBe('participant');
  expect(facts({ r: 'a', d, p: { ca: 't' } })).toMatchObject({ role: 'host', roleClaim: 'p.ca' });
  expect(facts({ r: 'a', d, p: { ca: false } }).role).toBe('participant');
});

test('without `r` the token opens every room', () => {
  expect(facts({ d, o: true })).toMatchObject({ room: null, roomScope: 'all-rooms', roomClaim: 'r' });
});

test('an owner narrowed by `p.ca` still administers participants', () => {
  expect(allowed({ r: 'a', d, o: true, p: { ca: false } })).toMatchObject({
    'mute-others': true,
    'remove-others': true,
    'live-stream': false,
    transcribe: false,
  });
  expect(now).toBeGreaterThan(0);
});
