import { dailyDomain as d, dailyClaims, dailyToken, daily as mint } from '../../../../../test/builders/mint/daily.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { decode } from '../../../decode/decode.ts';
import type { JsonObject } from '../../../text/json.ts';
import { readTimes } from '../../times.ts';
import { daily } from './daily.ts';

providerCases(daily, {
  tokens: mint,
  ordinary: ['guest', 'host', 'viewer'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const read = (claims: JsonObject, header: JsonObject = {}) => decode(jwt(claims, header), 'jws');
const facts = (claims: JsonObject) => daily.facts(read({ r: 'standup', d, ...claims }));
const allowed = (claims: JsonObject) =>
  Object.fromEntries(Object.entries(facts(claims).privileges).map(([name, grant]) => [name, grant.allowed]));
const because = (claims: JsonObject, name: keyof ReturnType<typeof facts>['privileges']) =>
  facts(claims).privileges[name]?.because;
const confidence = (claims: JsonObject, header: JsonObject = {}) =>
  daily.recognise(read(claims, header))?.confidence ?? null;

test('recognises tokens of every kind, and says by what', async () => {
  for (const name of Object.keys(mint)) {
    expect([name, daily.recognise(await minted(name))?.because]).toEqual([name, expect.stringContaining('`')]);
  }
  expect(daily.recognise(await minted('guest'))).toMatchObject({
    confidence: 'certain',
    because: 'it has `d`, `r`, `u` and `ud`, and no `iss`, `sub` or `aud`',
  });
});

test.each([
  ['a domain and a room', { d, r: 'a' }, 'certain'],
  ['a domain and two properties', { d, o: true, ejt: true }, 'certain'],
  ['a domain and one property', { d, o: true }, 'likely'],
  ['a domain and nothing but times', { d, iat: now, exp: now }, 'possible'],
  ['a domain name in place of its id', { d: 'acme', r: 'a', o: true }, 'likely'],
  ['a domain name and a room only', { d: 'acme', r: 'a' }, 'possible'],
  ['REST names beside the domain', { d, room_name: 'a' }, 'likely'],
  ['REST names only', { room_name: 'a', is_owner: true, exp: now }, 'possible'],
  ['three REST names', { room_name: 'a', is_owner: true, start_video_off: true }, 'likely'],
])('%s: recognised as %3$s', (_, claims, expected) => {
  expect(confidence(claims as JsonObject)).toBe(expected);
});

test.each([
  ['Digital Samba', { td: d, rd: 'demo', u: 'Ada', ud: '1', role: 'moderator' }, {}],
  ['SignalWire', { r: 'demo', u: 'Ada', d, s: ['room.self.audio_mute'] }, { typ: 'VRT' }],
  ['a token with an issuer', { d, r: 'a', iss: 'https://login.example' }, {}],
  ['a token with a subject', { d, r: 'a', sub: 'ada' }, {}],
  ['single letters without a domain', { r: 'a', o: true, u: 'Ada' }, {}],
  ['a domain that is no text', { d: 1, r: 'a' }, {}],
  ['a bare name that Daily has too', { room_name: 'a' }, {}],
  ['an empty payload', {}, {}],
])('near miss: %s is not Daily', (_, claims, header) => {
  expect(confidence(claims as JsonObject, header)).toBeNull();
});

test('an owner is host; nobody else is, unless `p.ca` names a power', () => {
  expect(facts({ o: true })).toMatchObject({ role: 'host', vendorRole: 'owner', roleClaim: 'o' });
  expect(facts({})).toMatchObject({ role: 'participant', vendorRole: null, roleClaim: 'o' });
  for (const ca of [true, 'p', 's', 't', 'p,s', ' t , p ']) {
    expect(facts({ p: { ca } })).toMatchObject({ role: 'host', vendorRole: 'admin', roleClaim: 'p.ca' });
  }
  for (const ca of [false, '', 'x', 'participants', 1, {}, [], null]) {
    expect(facts({ p: { ca } }).role).toBe('participant');
  }
});

test('booleans are precise: a text or a number makes no owner', () => {
  for (const o of ['true', 1, 'yes', {}, [true]]) expect(facts({ o }).role).toBe('participant');
  expect(facts({ o: 'true' }).roleBecause).toContain('`o` is "true", which is not the boolean true');
});

test('an owner has every admin power, and keeps participants admin whatever `p.ca` says', () => {
  const all = { 'mute-others': true, 'remove-others': true, 'admit-others': true, 'change-permissions': true };
  expect(allowed({ o: true })).toMatchObject({ ...all, 'live-stream': true, transcribe: true, 'publish-audio': true });
  expect(allowed({ o: true, p: { ca: false } })).toMatchObject({ ...all, 'live-stream': false, transcribe: false });
  expect(allowed({ o: true, p: { ca: 's' } })).toMatchObject({ ...all, 'live-stream': true, transcribe: false });
  expect(because({ o: true, p: { ca: false } }, 'mute-others')).toBe(
    '`o` is true, and an owner always administers participants',
  );
});

test('without `o`, `p.ca` decides power by power; without either, the room does', () => {
  expect(allowed({ p: { ca: 'p' } })).toMatchObject({ 'mute-others': true, 'live-stream': false, transcribe: false });
  expect(allowed({ p: { ca: 't' } })).toMatchObject({ 'mute-others': false, 'live-stream': false, transcribe: true });
  expect(allowed({})).toMatchObject({ 'mute-others': null, 'remove-others': null, 'live-stream': null });
  expect(because({}, 'mute-others')).toContain("the room's own permissions decide");
  expect(because({ p: { ca: 'p' } }, 'remove-others')).toContain('owners and other admins excepted');
});

test('`p.cs` is all, nothing, or a list; `ca` in it is custom audio and gives no power', () => {
  expect(allowed({ p: { cs: true } })).toMatchObject({ 'publish-audio': true, 'publish-video': true });
  expect(allowed({ p: { cs: 'a' } })).toMatchObject({
    'publish-audio': true,
    'publish-video': false,
    'share-screen': false,
  });
  expect(allowed({ p: { cs: 'v, sv' } })).toMatchObject({
    'publish-audio': false,
    'publish-video': true,
    'share-screen': true,
  });
  expect(facts({ p: { cs: 'ca' } }).role).toBe('participant');
  expect(allowed({ p: { cs: 'ca' } })).toMatchObject({ 'publish-audio': false, 'mute-others': null });
  expect(facts({ p: { cs: false } })).toMatchObject({ role: 'viewer', roleClaim: 'p.cs' });
  expect(allowed({ o: true, p: { cs: 'a' } })).toMatchObject({ 'publish-video': false, 'publish-audio': true });
});

test('the screen follows `ss` and `p.cs`', () => {
  expect(allowed({ ss: false, p: { cs: true } })['share-screen']).toBe(false);
  expect(allowed({ ss: false, o: true })['share-screen']).toBe(false);
  expect(allowed({ ss: true })['share-screen']).toBe(true);
  expect(allowed({})['share-screen']).toBeNull();
});

test('`p.cr` says what may be received: base, users, participants', () => {
  const subscribe = (cr: JsonObject, more: JsonObject = {}) => allowed({ p: { cr }, ...more }).subscribe;
  expect(subscribe({ b: true })).toBe(true);
  expect(subscribe({ b: false })).toBe(false);
  expect(subscribe({ b: false }, { o: true })).toBe(false);
  expect(subscribe({ b: false, u: { grace: true } })).toBeNull();
  expect(subscribe({ b: { v: false, a: true, sv: false, sa: false } })).toBe(true);
  expect(subscribe({ b: { v: false, a: false, sv: false, sa: false } })).toBe(false);
  expect(subscribe({ b: { v: false } })).toBeNull();
  expect(subscribe({})).toBeNull();
  expect(subscribe({}, { o: true })).toBe(true);
  expect(because({ p: { cr: { b: true, p: { x: { v: false } } } } }, 'subscribe')).toContain('`p.cr.p`');
});

test('presence, knocking and recording', () => {
  expect(allowed({ p: { hp: false } })['join-hidden']).toBe(true);
  expect(allowed({ p: { hp: true } })['join-hidden']).toBe(false);
  expect(allowed({ o: true })['join-hidden']).toBe(false);
  expect(allowed({ k: true })).toMatchObject({ join: null, 'bypass-lobby': false });
  expect(allowed({ k: false })).toMatchObject({ join: true, 'bypass-lobby': true });
  expect(allowed({})).toMatchObject({ join: true, 'bypass-lobby': true, record: null, 'manage-rooms': false });
  expect(allowed({ er: 'cloud' }).record).toBe(true);
  expect(because({ sr: true }, 'record')).toContain('`er` is absent');
});

test('owners and streaming admins may record where the room does; of the others Daily’s pages disagree, and it says so', () => {
  const record = (claims: JsonObject) => facts(claims).privileges.record;
  expect(record({ o: true })).toMatchObject({
    allowed: true,
    claim: 'o',
    because: expect.stringContaining('the room'),
  });
  expect(record({ p: { ca: 's' } })).toMatchObject({ allowed: true, claim: 'p.ca' });
  expect(record({ o: true, p: { ca: false } })?.allowed).toBe(true);
  for (const claims of [{}, { o: false }, { p: { ca: 'p' } }, { p: { ca: false } }]) {
    expect(record(claims)).toMatchObject({
      allowed: null,
      because: expect.stringContaining('any participant on another'),
    });
  }
  expect(record({ er: 'cloud', p: { ca: false } })?.allowed).toBeNull();
  expect(record({ er: 'cloud', p: { ca: 's' } })?.allowed).toBe(true);
});

test('four kinds of recording, and no fifth', () => {
  for (const er of ['cloud', 'cloud-audio-only', 'local', 'raw-tracks']) expect(allowed({ er }).record).toBe(true);
  for (const er of ['clod', 'Cloud', '']) expect(allowed({ er }).record).toBeNull();
  expect(because({ er: 'clod' }, 'record')).toContain('`er` is "clod", which is no kind of recording');
  expect(allowed({ er: 'clod', o: true }).record).toBeNull();
});

test('owners call out, where the room allows it; of admins Daily’s pages disagree', () => {
  const call = (claims: JsonObject) => facts(claims).privileges['dial-out'];
  expect(call({ o: true })).toMatchObject({ allowed: true, claim: 'o' });
  expect(call({ o: true, p: { ca: false } })?.allowed).toBe(true);
  expect(call({ p: { ca: 'p' } })).toMatchObject({ allowed: null, because: expect.stringContaining('owners only') });
  expect(call({ p: { ca: false } })).toMatchObject({ allowed: false, claim: 'p.ca' });
  expect(call({})).toMatchObject({ allowed: null, because: expect.stringContaining('`enable_dialout`') });
});

test('REST properties without a short name are explained', () => {
  for (const name of ['enable_prejoin_ui', 'enable_live_captions_ui', 'enable_terse_logging'])
    expect(daily.claims[name]?.means).toContain('no short name');
});

test('the room: named, absent, blank, or no text', () => {
  expect(facts({})).toMatchObject({ tenant: d, room: 'standup', roomScope: 'one-room', roomClaim: 'r' });
  for (const r of [null, '', '  ']) expect(facts({ r })).toMatchObject({ room: null, roomScope: 'all-rooms' });
  for (const r of [7, {}, ['a']]) expect(facts({ r })).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect(daily.facts(read({ d, o: true }))).toMatchObject({ room: null, roomScope: 'all-rooms' });
});

test('REST names give neither room nor role, and the product says why', async () => {
  expect(daily.facts(await minted('REST names'))).toMatchObject({
    product: 'meeting token with REST names that Daily ignores',
    room: null,
    roomScope: 'all-rooms',
    role: 'participant',
  });
  for (const [wrong, right] of Object.entries(daily.aliases ?? {})) {
    expect([wrong, Object.hasOwn(daily.claims, right)]).toEqual([wrong, true]);
  }
});

test('a claim of the wrong type is named as it stands', () => {
  expect(because({ p: { hp: 'false' } }, 'join-hidden')).toContain('`p.hp` is "false": ');
  expect(because({ p: { cs: 1 } }, 'publish-audio')).toContain('`p.cs` is 1: ');
  expect(facts({ r: 7 }).privileges.join).toMatchObject({ allowed: null, because: '`r` is 7, which is no room name' });
});

test('who and until when', async () => {
  expect(daily.facts(await minted('guest'))).toMatchObject({
    userId: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    displayName: 'Grace',
    use: 'video-join',
  });
  expect(readTimes(await minted('guest'), daily, now)).toMatchObject({ status: 'active', expiresAt: now + hours(1) });
  expect(readTimes(await minted('without expiry'), daily, now).status).toBe('never-expires');
});

test('a stay ends by `ejt`, by `eje`, or as the room says where the token sets neither', () => {
  expect(daily.enforcement.atExpiry).toContain('`eject_at_room_exp`');
  expect(daily.claims.eje?.means).toContain('`eje` alone switches off `eject_at_room_exp`');

  const ejects = (claims: JsonObject) => daily.expiryEjects?.(read({ d, r: 'a', exp: now, ...claims }));
  expect(ejects({ ejt: true })).toEqual({ ejects: true, claim: 'ejt' });
  expect(ejects({ eje: 600 })).toEqual({ ejects: true, claim: 'eje' });
  expect(ejects({ eje: 600, iat: now - hours(1) })).toEqual({ ejects: true, claim: 'eje' });
  expect(ejects({ eje: 86_400, iat: now - hours(1) })).toEqual({ ejects: false, claim: 'ejt' });
  expect(ejects({ ejt: 'true' })).toEqual({ ejects: false, claim: 'ejt' });
  expect(ejects({})).toEqual({ ejects: false, claim: 'ejt' });
});

test('admin powers of somebody who is no owner are a right for hosts only', () => {
  expect(daily.hostOnlyRights?.(read({ d, p: { ca: 'p' } }))).toMatchObject([{ claim: 'p.ca' }]);
  expect(daily.hostOnlyRights?.(read({ d, p: { ca: false } }))).toEqual([]);
});

test.each([
  ['https://acme.daily.co/standup?t=x', 'standup'],
  ['https://acme.daily.co/my%20room', 'my room'],
  ['https://acme.daily.co/%E0%A4%A', '%E0%A4%A'],
  ['https://acme.daily.co/', null],
  ['https://www.daily.co/pricing', null],
  ['https://api.daily.co/v1/rooms', null],
  ['https://c.daily.co/call-machine/index.html', null],
  ['https://daily.co.evil.example/standup', null],
  ['https://calls.example/standup', null],
])('%s names the room %s', (url, room) => {
  expect(daily.roomInUrl?.(new URL(url))).toBe(room);
});

test('what may hinder joining or recording', () => {
  const says = (token: string) => daily.joinProblems?.(decode(token, 'jws'), []).map(({ at }) => at);
  expect(says(dailyToken())).toEqual([]);
  expect(says(dailyClaims({ d, r: 'a' }))).toEqual(['claims.iat']);
  expect(says(dailyToken({ sr: true }))).toEqual(['claims.sr']);
  expect(says(dailyToken({ k: true }))).toEqual(['claims.k']);
  for (const er of ['cloud', 'cloud-audio-only']) expect(says(dailyToken({ sr: true, er }))).toEqual([]);
  expect(says(dailyToken({ sr: true, er: 'raw-tracks' }))).toEqual(['claims.sr']);
  expect(says(dailyToken({ p: { ca: 'participants', cs: 'v,audio' } }))).toEqual(['claims.p.ca', 'claims.p.cs']);
  expect(says(dailyToken({ p: { ca: 'p, s', cs: 'v,a,sv,sa,cv,ca' } }))).toEqual([]);
});
