import { expect, test } from 'vitest';
import { answerFor as asked } from '../../../test/builders/join-answer.ts';
import { agora006, agora007 } from '../../../test/builders/mint/agora.ts';
import { dailyToken } from '../../../test/builders/mint/daily.ts';
import { jaasAppId, jaasClaims, jaasToken } from '../../../test/builders/mint/jaas.ts';
import { jitsiClaims, jitsiToken } from '../../../test/builders/mint/jitsi.ts';
import { livekitClaims } from '../../../test/builders/mint/livekit.ts';
import { twilioClaims } from '../../../test/builders/mint/twilio.ts';
import { hours, jwt, minutes, now } from '../../../test/builders/tokens.ts';
import type { Json, JsonObject } from '../text/json.ts';

const context = { user: { id: 'u1', name: 'Ada' } };
const meeting = (claims: Parameters<typeof jitsiToken>[0] = {}) => jitsiToken({ context, ...claims });
const at = (answer: ReturnType<typeof asked>) => answer?.causes.map((cause) => [cause.at, cause.likelihood]);

test('what opens no call is not asked', () => {
  expect(
    asked(jwt({ iss: 'https://login.example', sub: 'ada', aud: 'client', nonce: 'x', exp: now + hours(1) })),
  ).toBeNull();
});

test('nothing seen is said only of what was looked at, and the rest is named', () => {
  expect(asked(meeting(), { page: 'https://meet.example.com/standup?jwt=x' })).toEqual({
    verdict: 'nothing-seen',
    causes: [],
    notTold: expect.arrayContaining([expect.stringContaining('lobby')]),
  });
  expect(asked(meeting())?.notTold).toContain('which room is asked for, and on whose page');
});

test.each([
  ['one that is certain refuses', { exp: now - 5 }, 'refused'],
  ['one that is likely makes it doubtful', { sub: 'my_app' }, 'doubtful'],
])('%s', (_, claims, verdict) => {
  expect(asked(meeting(claims), { page: 'https://meet.example.com/standup?jwt=x' })?.verdict).toBe(verdict);
});

test('text around the token is sent with it', () => {
  expect(asked(meeting(), { around: 'Bearer ' })?.causes).toMatchObject([
    { id: 'not-alone', likelihood: 'likely', says: expect.stringContaining('"Bearer"') },
  ]);
});

test('a room that somebody names counts before any address', () => {
  const page = 'https://meet.example.com/standup?jwt=x';
  expect(asked(meeting(), { page, room: 'retro' })?.causes).toMatchObject([{ id: 'room-differs' }]);
  expect(asked(meeting({ room: 'retro' }), { page: 'https://calls.example/7', room: 'Retro' })?.causes).toEqual([]);
});

test.each([
  ['https://meet.example.com/team-room?jwt=x', 'team_room', false],
  ['https://meet.example.com/team_room?jwt=x', 'team_room', true],
  ['https://meet.example.com/Team_Room?jwt=x', 'team_ROOM', true],
  ['https://meet.example.com/team%20room?jwt=x', 'team room', false],
  ['https://meet.example.com/team%20room?jwt=x', 'team%20room', true],
  ['https://meet.example.com/cr%C3%AApe?jwt=x', 'cr%c3%aape', true],
  ['https://meet.example.com/a+b?jwt=x', 'ab', true],
  ['https://meet.example.com/ﬁle?jwt=x', 'file', true],
])('%s is the room %s: %s', (page, room, isSame) => {
  const found = asked(meeting({ room }), { page })?.causes.map(({ id }) => id);
  expect(found).toEqual(isSame ? [] : ['room-differs']);
});

test.each([
  ['the domain', 'meet.example.com', 'https://meet.example.com/standup', []],
  ['the domain in capitals', 'Meet.Example.Com', 'https://meet.example.com/standup', []],
  ['any', '*', 'https://meet.example.com/acme/standup?jwt=x', []],
  ['the tenant', 'acme', 'https://meet.example.com/Acme/standup?jwt=x', []],
  ['the tenant, with underscores for its dots', 'acme_corp', 'https://meet.example.com/Acme.Corp/standup?jwt=x', []],
  [
    'the tenant with its dots, which the server does not see',
    'acme.corp',
    'https://meet.example.com/Acme.Corp/standup?jwt=x',
    [['claims.sub', 'likely']],
  ],
  ['the app id', 'my_app', 'https://meet.example.com/standup', [['claims.sub', 'likely']]],
  ['another tenant', 'umbra', 'https://meet.example.com/acme/standup?jwt=x', [['claims.sub', 'likely']]],
  [
    'the domain beside a tenant',
    'meet.example.com',
    'https://meet.example.com/acme/standup?jwt=x',
    [['claims.sub', 'likely']],
  ],
  [
    'a domain that the server may call its own',
    'meet.jitsi',
    'https://meet.example.com/standup',
    [['claims.sub', 'possible']],
  ],
  ['the app id, on a page that is no meeting', 'my_app', 'https://calls.example/7', []],
])('`sub` that is %s', (_, sub, page, expected) => {
  expect(at(asked(meeting({ sub }), { page }))).toEqual(expected);
});

test('a pattern of one age of servers is told as such', () => {
  const pattern = (room: string) => meeting({ room, context: { ...context, room: { regex: true } } });
  const page = 'https://meet.example.com/plan-7?jwt=x';
  expect(at(asked(pattern('plan%-%d'), { page }))).toEqual([]);
  expect(at(asked(pattern('Plan%-%d'), { page }))).toEqual([['claims.room', 'possible']]);
  expect(at(asked(pattern('plan%W%d'), { page }))).toEqual([['claims.room', 'likely']]);
  expect(asked(pattern('plan%-'), { page })?.causes).toMatchObject([{ id: 'room-differs', likelihood: 'likely' }]);
  expect(asked(pattern('plan-%d'), { page })?.causes).toMatchObject([{ id: 'room-differs', likelihood: 'likely' }]);
});

test.each([
  ['RS256 without `kid`', { alg: 'RS256' }, [['header.kid', 'likely']]],
  ['RS256 with it', { alg: 'RS256', kid: 'acme/1' }, []],
  ['HS256', { alg: 'HS256' }, []],
  ['HS512', { alg: 'HS512' }, [['header.alg', 'possible']]],
])('%s', (_, header, expected) => {
  const [, payload = ''] = meeting().split('.');
  const head = Buffer.from(JSON.stringify({ typ: 'JWT', ...header })).toString('base64url');
  expect(at(asked(`${head}.${payload}.c2lnbmF0dXJl`, { page: 'https://meet.example.com/standup' }))).toEqual(expected);
});

test.each([
  ['missing', undefined, 'possible'],
  ['null', null, 'certain'],
  ['a number', 7, 'certain'],
  ['a text', 'ada', 'possible'],
  ['a list', [], 'possible'],
])('a context that is %s', (_, value, likelihood) => {
  const token = jitsiToken(value === undefined ? {} : { context: value });
  expect(at(asked(token, { page: 'https://meet.example.com/standup' }))).toEqual([['claims.context', likelihood]]);
});

test('a token of JaaS opens nothing on another server of Jitsi', () => {
  const page = 'https://meet.example.org/standup?jwt=x';
  expect(asked(jaasToken(), { page })?.causes).toMatchObject([
    { likelihood: 'likely', says: expect.stringContaining('8x8.vc') },
  ]);
  expect(at(asked(jaasToken(), { page: 'https://calls.example/7' }))).toEqual([]);
  expect(asked(jaasClaims({ iss: 'chat', aud: 'jitsi' }), { page })?.causes.map(({ says }) => says)).toContainEqual(
    expect.stringContaining('8x8.vc'),
  );
});

test('without a room that is a text it is known as a token of Jitsi all the same', () => {
  const base = { iss: 'my_app', aud: 'my_app', sub: 'meet.example.com', exp: now + hours(1), context };
  for (const claims of [base, { ...base, room: ['standup'] }, { ...base, roomName: 'standup' }]) {
    expect(asked(jitsiClaims(claims))?.causes[0]).toMatchObject({ likelihood: 'certain', at: 'claims.room' });
  }
});

test.each([
  ['before it ends', agora007.guest, minutes(29), []],
  ['after it has ended', agora007.guest, minutes(40), ['claims.services.0.privileges.1']],
  ['long after', agora007.guest, minutes(50), ['claims.services.0.privileges.1']],
  ['that lasts as long as the token', agora007.viewer, minutes(40), []],
  ['after it has ended, in the older form', agora006.guest, hours(2), ['claims.privileges.1']],
])('a right to join that ends before the token: %s', async (_, mint, after, expected) => {
  const found = asked((await mint?.()) ?? '', { page: 'https://calls.example', after })?.causes ?? [];
  expect(found.filter(({ id }) => id === 'right-ended').map(({ at }) => at)).toEqual(expected);
});

test.each([
  ['missing', {}, true],
  ['empty', { identity: '' }, true],
  ['null', { identity: null }, true],
  ['there', { identity: 'ada' }, false],
])('Twilio asks for an identity: %s', (_, identity, isCause) => {
  const token = twilioClaims({ exp: now + hours(1), grants: { ...identity, video: { room: 'standup' } } });
  const causes = asked(token)?.causes.filter(({ at }) => at === 'claims.grants.identity') ?? [];
  expect(causes.map(({ likelihood }) => likelihood)).toEqual(isCause ? ['certain'] : []);
});

test.each([
  ['LiveKit, within what its SDK forgives', 5, 'possible'],
  ['LiveKit, within what its server forgives', 30, 'likely'],
  ['LiveKit, beyond both', 60, 'certain'],
])('the clock of %s', (_, after, likelihood) => {
  const token = livekitClaims({
    iss: 'key',
    sub: 'ada',
    nbf: now - 60,
    exp: now,
    video: { roomJoin: true, room: 'standup' },
  });
  expect(asked(token, { after })?.causes).toMatchObject([{ id: 'expired', likelihood }]);
});

test('Stream forgives no token of the future, Jitsi asks for no time of issue', () => {
  const issuedAt = (likelihood: string) => [{ id: 'clocks-differ', likelihood }];
  expect(
    asked(jwt({ user_id: 'ada', iat: now + 5, exp: now + hours(1), call_cids: ['default:a'] }))?.causes,
  ).toMatchObject(issuedAt('certain'));
  expect(asked(meeting({ iat: now + minutes(5) }))?.causes).toMatchObject(issuedAt('possible'));
});

test.each([
  ['Daily', () => dailyToken({ r: 'https://acme.daily.co/standup' }), 'claims.r'],
  ['Jitsi', () => meeting({ room: 'https://meet.example.com/standup' }), 'claims.room'],
])('an address where %s asks for a name', (_, mint, at) => {
  expect(asked(mint())?.causes).toMatchObject([
    { id: 'room-is-address', at, fix: expect.stringContaining('"standup"') },
  ]);
});

test.each(['standup', 'a/b', 'https', 'call:standup'])('%s is a name', (r) => {
  expect(asked(dailyToken({ r }))?.causes).toEqual([]);
});

test.each([
  ['a Jitsi token', meeting({ sub: 'acme' })],
  ['a token of JaaS', jaasToken()],
])('%s is compared with the last part of what is asked for with its tenant', (_, token) => {
  const found = (room: string) => asked(token, { room })?.causes.map(({ id }) => id);
  expect(found('acme/Standup')).not.toContain('room-differs');
  expect(found('acme/retro')).toContain('room-differs');
});

test('a parameter alone makes no page a meeting for sure', () => {
  const differs = (page: string) => asked(meeting(), { page })?.causes.filter(({ id }) => id === 'room-differs');
  expect(differs('https://app.acme.com/dashboard?jwt=x')).toMatchObject([{ likelihood: 'likely' }]);
  expect(differs('https://jitsi.acme.com/retro?jwt=x')).toMatchObject([{ likelihood: 'certain' }]);
  expect(differs('https://meet.example.com/retro#config.startMuted=1')).toMatchObject([{ likelihood: 'certain' }]);
});

const call = (claims: JsonObject) =>
  livekitClaims({ iss: 'key', sub: 'ada', exp: now + hours(1), video: { roomJoin: true, room: 'standup' }, ...claims });
const about = (token: string, claim: string) =>
  asked(token)
    ?.causes.filter(({ at }) => at === `claims.${claim}`)
    .map(({ id, likelihood }) => [id, likelihood]);

test.each<[string, Json, [string, string][]]>([
  ['beyond what 64 bits count', 1e300, [['time-beyond-counting', 'certain']]],
  ['beyond it by a little', 2 ** 63, [['time-beyond-counting', 'certain']]],
  ['far ahead, and counted', 9e18, []],
  ['the last that is a date', 253_402_300_799, []],
  ['a fraction', now + 3600.5, []],
  ['zero', 0, [['expired', 'certain']]],
  ['below zero', -1e300, [['expired', 'certain']]],
  ['a number in quotes, which the newest server reads', String(now + 3600), [['time-not-a-number', 'likely']]],
  ['another text', 'tomorrow', [['time-not-a-number', 'certain']]],
  ['a text of a time', '2026-11-20T13:00:00Z', [['time-not-a-number', 'certain']]],
  ['NaN, which JSON writes as null', null, [['claim-missing', 'certain']]],
  ['true', true, [['time-not-a-number', 'certain']]],
  ['a list', [now + 3600], [['time-not-a-number', 'certain']]],
])('an end of a LiveKit token that is %s', (_, exp, expected) => {
  expect(about(call({ exp }), 'exp')).toEqual(expected);
});

test('a number that JSON writes and no computer holds is no number of seconds', () => {
  const [head, payload = '', tail] = call({ exp: 7 }).split('.');
  const text = Buffer.from(payload, 'base64url').toString().replace('"exp":7', '"exp":1e999');
  const token = [head, Buffer.from(text).toString('base64url'), tail].join('.');
  expect(about(token, 'exp')?.[0]).toEqual(['time-not-a-number', 'certain']);
});

test('elsewhere a moment beyond all counting is worth a look', () => {
  expect(about(dailyToken({ r: 'standup', exp: 1e300 }), 'exp')).toEqual([['time-beyond-counting', 'possible']]);
});

test('where nobody knows how many seconds are forgiven, that is said', () => {
  const unknown = 'how many seconds its server forgives where clocks differ';
  const old = asked(dailyToken({ r: 'standup', exp: now - 20 }));
  expect(old?.causes[0]?.says).toMatch(/expired 20 seconds ago.*; how many seconds Daily forgives is not known\.$/);
  expect(old?.notTold).toContain(unknown);
  const early = asked(dailyToken({ r: 'standup', nbf: now + 30, exp: now + hours(1) }));
  expect(early?.causes[0]?.says).toContain('how many seconds Daily forgives is not known');
  for (const token of [
    dailyToken({ r: 'standup', exp: now - hours(1) }),
    call({ exp: now - 20 }),
    meeting({ exp: now - 20 }),
  ])
    expect(asked(token)?.causes[0]?.says).not.toContain('is not known');
  expect(asked(call({}))?.notTold).not.toContain(unknown);
});

test('MiroTalk forgives nothing, and asks for no time of issue', async () => {
  const data = 'U2FsdGVkX18BI0VniavN7656S7Tj4EJOw9UK2iRdsw5hE121ZCAK';
  expect(asked(jwt({ data, iat: now - 60, exp: now - 1 }))?.causes).toMatchObject([
    { id: 'expired', likelihood: 'certain' },
  ]);
  expect(asked(jwt({ data, iat: now + minutes(5), exp: now + hours(1) }))?.causes).toMatchObject([
    { id: 'clocks-differ', likelihood: 'possible' },
  ]);
});

test.each([
  ['https://meet.example.com/north/acme/standup?jwt=x', 'acme', []],
  ['https://meet.example.com/north/acme/standup?jwt=x', 'north', ['claims.sub']],
  ['https://meet.example.com/north/acme/standup?jwt=x', 'north/acme', ['claims.sub']],
  ['https://meet.example.com/North%2FAcme.Corp/standup?jwt=x', 'acme_corp', []],
])('of several tenants in %s, %s: the last one counts', (page, sub, expected) => {
  expect(at(asked(meeting({ sub }), { page }))?.map(([claim]) => claim)).toEqual(expected);
});

test('an AppID of JaaS in capitals is the same tenant, and no other', () => {
  const found = (page: string, claims: JsonObject = {}) =>
    at(asked(jaasToken(claims), { page }))?.filter(([claim]) => claim === 'claims.sub');
  const own = `https://8x8.vc/${jaasAppId}/standup`;
  expect(found(own)).toEqual([]);
  expect(found(own.replace(jaasAppId, jaasAppId.toUpperCase()))).toEqual([]);
  expect(found(own, { sub: jaasAppId.toUpperCase() })).toEqual([['claims.sub', 'possible']]);
  expect(found(own.replace('cookie-0', 'cookie-1'))).toEqual([['claims.sub', 'certain']]);
  expect(at(asked(jaasToken(), { room: `${jaasAppId}/standup` }))).toEqual([]);
  expect(at(asked(jaasToken(), { room: 'acme/standup' }))).toEqual([['claims.sub', 'certain']]);
});
