import agora006Package from 'agora-access-token/src/AccessToken.js';
import agora007Parts from 'agora-token/src/AccessToken2.js';
import { describe, expect, test } from 'vitest';
import { type Asked, answerFor } from '../../../test/builders/join-answer.ts';
import { agoraApp, certificate } from '../../../test/builders/mint/agora.ts';
import { jaasAppId, jaasToken } from '../../../test/builders/mint/jaas.ts';
import { jitsiClaims } from '../../../test/builders/mint/jitsi.ts';
import { rsaKeys } from '../../../test/builders/mint/keys.ts';
import { opentokT1 } from '../../../test/builders/mint/opentok.ts';
import { twilioClaims } from '../../../test/builders/mint/twilio.ts';
import { days, hours, jwt, minutes, now } from '../../../test/builders/tokens.ts';
import type { JsonObject } from '../text/json.ts';
import type { Cause } from './cause.ts';

/*
 * What people asked about, and what lies beside each: changes that leave the cause where it is, and some that take it away. `is` and
 * `isNot` are about the cause that the case is named after; other causes may come along.
 */

interface Question extends Asked {
  token: string;
}

interface Case {
  /** The cause that the case is about. */
  isIt(cause: Cause): boolean;
  likelihoods: readonly string[];
  /** The question as it was asked, and at least five beside it. */
  is: Record<string, Question>;
  isNot: Record<string, Question>;
}

const page = 'https://meet.example.org/teamroom';
const user = { id: 'u1', name: 'Kim' };

function jitsi(claims: JsonObject = {}, header: JsonObject = {}): string {
  const all = {
    iss: 'my_app',
    aud: 'jitsi',
    sub: 'meet.example.org',
    room: 'teamroom',
    iat: now - 60,
    exp: now + hours(1),
    context: { user },
    ...claims,
  };
  const there = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as JsonObject;
  const key = String(header.alg ?? '').startsWith('RS') ? rsaKeys().privateKey : undefined;
  return jitsiClaims(there, key, header);
}

const ofApp = (claims: JsonObject = {}, header: JsonObject = {}) => jitsi({ sub: 'my_app', ...claims }, header);

const subIsAppId: Case = {
  isIt: ({ at }) => at === 'claims.sub',
  likelihoods: ['certain', 'likely'],
  is: {
    'as asked': { token: ofApp(), page },
    'another spelling of the app id': { token: ofApp({ sub: 'MY_APP' }), page },
    'a port, a query and a fragment in the address': {
      token: ofApp(),
      page: 'https://meet.example.org:8443/teamroom?lang=en#config.startMuted=1',
    },
    'the meeting in a frame': { token: ofApp(), page: 'https://intranet.example/', frames: [`${page}?jwt=x`] },
    'every room': { token: ofApp({ room: '*' }), page: `${page}?jwt=x` },
    'signed with a key pair': { token: ofApp({}, { alg: 'RS256', kid: 'k1' }), page },
    'a moderator': { token: ofApp({ context: { user: { ...user, moderator: true } } }), page },
    'the id of the user in it': { token: ofApp({ sub: 'u1' }), page },
    'an address that has a tenant': {
      token: ofApp(),
      page: 'https://meet.example.org/acme/teamroom?jwt=x',
    },
    'a tenant that is asked for with the room': { token: ofApp(), room: 'acme/teamroom' },
  },
  isNot: {
    'the domain': { token: jitsi(), page },
    'the domain in capitals': { token: jitsi({ sub: 'Meet.Example.ORG' }), page },
    'any domain': { token: jitsi({ sub: '*' }), page },
    'the app id, which is the tenant as well': {
      token: ofApp(),
      page: 'https://meet.example.org/my_app/teamroom?jwt=x',
    },
    'the tenant that is asked for': { token: jitsi({ sub: 'acme' }), room: 'acme/teamroom' },
    'the last of several tenants in the address': {
      token: jitsi({ sub: 'acme' }),
      page: 'https://meet.example.org/north/acme/teamroom?jwt=x',
    },
  },
};

const byKey = (claims: JsonObject = {}, header: JsonObject = {}) => jitsi(claims, { alg: 'RS256', ...header });

const keyNotNamed: Case = {
  isIt: ({ at }) => at === 'header.kid',
  likelihoods: ['certain', 'likely'],
  is: {
    'as asked': { token: byKey(), page },
    'without any page': { token: byKey() },
    RS512: { token: byKey({}, { alg: 'RS512' }), page },
    'every room': { token: byKey({ room: '*', sub: '*' }), page },
    'a key set in the header instead': { token: byKey({}, { jku: 'https://keys.example/set.json' }), page },
    'the name of the key among the claims': { token: byKey({ kid: 'k1' }), page },
    'null for a name': { token: byKey({}, { kid: null }), page },
    'a number for a name': { token: byKey({}, { kid: 7 }), page },
    'a list for a name': { token: byKey({}, { kid: ['k1'] }), page },
  },
  isNot: {
    'a name': { token: byKey({}, { kid: 'k1' }), page },
    'a name with a slash, as JaaS has it': { token: byKey({}, { kid: 'acme/k1' }), page },
    'a shared secret, for which there is no name': { token: jitsi(), page },
  },
};

const slugged: Case = {
  isIt: ({ at }) => at === 'claims.room',
  likelihoods: ['certain', 'likely'],
  is: {
    'as asked': { token: jitsi({ room: 'team_room' }), page: 'https://meet.example.org/team-room?jwt=x' },
    'the other way round': { token: jitsi({ room: 'team-room' }), page: 'https://meet.example.org/team_room?jwt=x' },
    'capitals in the address': {
      token: jitsi({ room: 'team_room' }),
      page: 'https://meet.example.org/Team-Room?jwt=x',
    },
    'the token in the fragment': {
      token: jitsi({ room: 'team_room' }),
      page: 'https://meet.example.org/team-room#jwt=x',
    },
    'the meeting in a frame': {
      token: jitsi({ room: 'team_room' }),
      page: 'https://intranet.example/calls',
      frames: ['https://meet.example.org/team-room?jwt=x'],
    },
    'a blank for what the address has as a hyphen': {
      token: jitsi({ room: 'team room' }),
      page: 'https://meet.example.org/team-room?jwt=x',
    },
    'nothing for what the address has as a hyphen': {
      token: jitsi({ room: 'teamroom' }),
      page: 'https://meet.example.org/team-room?jwt=x',
    },
    'the tenant written before the room': {
      token: jitsi({ room: 'acme/team-room', sub: 'acme' }),
      page: 'https://meet.example.org/acme/team-room?jwt=x',
    },
    'asked for by name': { token: jitsi({ room: 'team_room' }), room: 'team-room' },
    'a letter whose accent was taken off': {
      token: jitsi({ room: 'reunion' }),
      page: 'https://meet.example.org/r%C3%A9union?jwt=x',
    },
    'what is encoded twice in the address': {
      token: jitsi({ room: '50%25' }),
      page: 'https://meet.example.org/50%2525?jwt=x',
    },
  },
  isNot: {
    'the same, in another case': {
      token: jitsi({ room: 'Team-Room' }),
      page: 'https://meet.example.org/team-room?jwt=x',
    },
    'a letter as the client encodes it': {
      token: jitsi({ room: 'r%c3%a9union' }),
      page: 'https://meet.example.org/r%C3%A9union?jwt=x',
    },
    'every room': { token: jitsi({ room: '*' }), page: 'https://meet.example.org/team-room?jwt=x' },
    'a sign of percent as the client encodes it': {
      token: jitsi({ room: '50%25' }),
      page: 'https://meet.example.org/50%25?jwt=x',
    },
    'what is encoded twice, as the client encodes it': {
      token: jitsi({ room: '50%2525' }),
      page: 'https://meet.example.org/50%2525?jwt=x',
    },
  },
};

const bare = (claims: JsonObject = {}, header: JsonObject = {}) => {
  const { context: _, ...rest } = { context: null, ...claims };
  const all = { iss: 'my_app', aud: 'jitsi', sub: 'meet.example.org', room: 'teamroom', exp: now + hours(1), ...rest };
  const key = header.alg === 'RS256' ? rsaKeys().privateKey : undefined;
  return jitsiClaims(all, key, header);
};

const withoutContext: Case = {
  isIt: ({ at }) => at === 'claims.context',
  likelihoods: ['certain', 'likely', 'possible'],
  is: {
    'as asked': { token: bare({ iat: now - 60 }), page },
    'without any page': { token: bare() },
    'every room': { token: bare({ room: '*', sub: '*' }), page },
    'signed with a key pair': { token: bare({}, { alg: 'RS256', kid: 'k1' }), page },
    'the user at the top': { token: bare({ user_id: 'u1', name: 'Kim', email: 'kim@example.org' }), page },
    'an address with a tenant': { token: bare({ sub: 'acme' }), page: 'https://meet.example.org/acme/teamroom?jwt=x' },
    'a text in its place': { token: jitsi({ context: 'Kim' }), page },
    'a list in its place': { token: jitsi({ context: [{ user }] }), page },
    'null in its place': { token: jitsi({ context: null }), page },
  },
  isNot: {
    'one with a user': { token: jitsi(), page },
    'one that holds features alone': { token: jitsi({ context: { features: { recording: true } } }), page },
    'an empty one': { token: jitsi({ context: {} }), page },
  },
};

const { AccessToken } = agora006Package;
const { AccessToken2, ServiceRtc, ServiceRtm } = agora007Parts;

interface Rtc {
  uid?: string | number;
  channel?: string;
  /** Seconds from the issue, by number of the right; 0 lasts as long as the token. */
  rights?: Record<number, number>;
  lives?: number;
  messaging?: boolean;
}

/** Made an hour before the clock of the tests. */
function agora({ uid = 42, channel = 'standup', rights = { 1: minutes(10) }, lives = days(1), messaging }: Rtc = {}) {
  const made = new AccessToken2(agoraApp, certificate, now - hours(1), lives);
  const rtc = new ServiceRtc(channel, uid);
  for (const [right, seconds] of Object.entries(rights)) rtc.add_privilege(Number(right), seconds);
  made.add_service(rtc);
  if (messaging) {
    const rtm = new ServiceRtm('ada');
    rtm.add_privilege(1, 0);
    made.add_service(rtm);
  }
  return made.build();
}

/** The older form keeps moments, no spans. */
function agora006(joinEndsAt: number): string {
  const made = new AccessToken(agoraApp, certificate, 'standup', 42);
  made.ts = now + days(1);
  made.addPriviledge(1, joinEndsAt);
  return made.build();
}

const call = 'https://call.example';

const rightIsOver: Case = {
  isIt: ({ id, at }) => id === 'right-ended' && /privileges\.1$/.test(at ?? ''),
  likelihoods: ['certain', 'likely'],
  is: {
    'as asked': { token: agora(), page: call },
    'without any page': { token: agora() },
    'a user by name': { token: agora({ uid: 'ada' }), page: call },
    anybody: { token: agora({ uid: 0 }), page: call },
    'rights to send that have not ended': {
      token: agora({ rights: { 1: minutes(10), 2: days(1), 3: days(1), 4: days(1) } }),
      page: call,
    },
    'messages as well': { token: agora({ messaging: true }), page: call },
    'every channel': { token: agora({ channel: '*' }), page: call },
    'a right of a second': { token: agora({ rights: { 1: 1 } }), page: call },
    'the older form': { token: agora006(now - minutes(50)), page: call },
  },
  isNot: {
    'a right that lasts as long as the token': { token: agora({ rights: { 1: 0 } }), page: call },
    'a right that has not ended': { token: agora({ rights: { 1: hours(2) } }), page: call },
    'rights to send that have ended, beside one to join that has not': {
      token: agora({ rights: { 1: hours(2), 2: minutes(10), 3: minutes(10) } }),
      page: call,
    },
    'the older form, before the right ends': { token: agora006(now + minutes(10)), page: call },
  },
};

const twilio = (grants: JsonObject, claims: JsonObject = {}) =>
  twilioClaims({ exp: now + hours(1), grants: { video: { room: 'standup' }, ...grants }, ...claims });

const nobody: Case = {
  isIt: ({ at }) => at === 'claims.grants.identity',
  likelihoods: ['certain'],
  is: {
    'as asked': { token: twilio({}), page: call },
    'without any page': { token: twilio({}) },
    'every room': { token: twilio({ video: {} }), page: call },
    'an empty text': { token: twilio({ identity: '' }), page: call },
    'a blank': { token: twilio({ identity: ' ' }), page: call },
    null: { token: twilio({ identity: null }), page: call },
    'a number': { token: twilio({ identity: 7 }), page: call },
    'a list': { token: twilio({ identity: ['ada'] }), page: call },
    'an object': { token: twilio({ identity: { name: 'ada' } }), page: call },
    'the name at the top': { token: twilio({}, { identity: 'ada' }), page: call },
    'the name among the grants for video': {
      token: twilio({ video: { room: 'standup', identity: 'ada' } }),
      page: call,
    },
    'grants for messages beside it': { token: twilio({ chat: { service_sid: `IS${'3'.repeat(32)}` } }), page: call },
  },
  isNot: {
    'a name': { token: twilio({ identity: 'ada' }), page: call },
    'a name of digits': { token: twilio({ identity: '7' }), page: call },
  },
};

const at8x8 = `https://8x8.vc/${jaasAppId}`;

const elsewhere: Case = {
  isIt: ({ says }) => says.includes('opens meetings at 8x8.vc only'),
  likelihoods: ['certain', 'likely'],
  is: {
    'as asked': { token: jaasToken({ room: '*' }), page: `${page}?jwt=x` },
    'one room': { token: jaasToken({ room: 'teamroom' }), page: `${page}?jwt=x` },
    'the token in the fragment': { token: jaasToken({ room: '*' }), page: `${page}#jwt=x` },
    'a tenant in the address': {
      token: jaasToken({ room: '*' }),
      page: 'https://meet.example.org/acme/teamroom?jwt=x',
    },
    'the AppID in the address': {
      token: jaasToken({ room: '*' }),
      page: `https://meet.example.org/${jaasAppId}/teamroom?jwt=x`,
    },
    'the meeting in a frame': { token: jaasToken({ room: '*' }), page: call, frames: [`${page}?jwt=x`] },
    'the public server': { token: jaasToken({ room: '*' }), page: 'https://meet.jit.si/teamroom' },
    'known by its key alone': {
      token: jaasToken({ iss: 'my_app', aud: 'my_app', sub: 'meet.example.org', room: '*' }),
      page: `${page}?jwt=x`,
    },
    'a moderator': {
      token: jaasToken({
        room: '*',
        context: { user: { ...user, moderator: 'true' }, features: { recording: 'true' } },
      }),
      page: `${page}?jwt=x`,
    },
  },
  isNot: {
    'where it belongs': { token: jaasToken({ room: '*' }), page: `${at8x8}/teamroom` },
    'where it belongs, in capitals': {
      token: jaasToken({ room: '*' }),
      page: `${at8x8.toUpperCase().replace('HTTPS', 'https')}/teamroom`,
    },
    'where it belongs, in a frame': { token: jaasToken({ room: '*' }), page: call, frames: [`${at8x8}/teamroom`] },
    'a page that is no meeting': { token: jaasToken({ room: '*' }), page: `${call}/7` },
  },
};

const prefixed = (fields: Record<string, string | number> = {}) => opentokT1(fields);
const unprefixed = (fields: Record<string, string | number> = {}) => prefixed(fields).slice('T1=='.length);

const prefixLost: Case = {
  isIt: ({ says }) => says.includes('`T1==`'),
  likelihoods: ['certain'],
  is: {
    'as asked': { token: unprefixed({ role: 'moderator' }) },
    'another role': { token: unprefixed({ role: 'subscriber' }) },
    'with data of the connection': { token: unprefixed({ connection_data: 'name=Kim & co' }) },
    'without padding': { token: unprefixed().replace(/=+$/, '') },
    'in the alphabet of addresses': { token: unprefixed().replaceAll('+', '-').replaceAll('/', '_') },
    'in quotes': { token: `"${unprefixed()}"` },
    'in a JSON text': { token: JSON.stringify({ apiKey: '12345678', token: unprefixed() }) },
    'behind `Bearer`': { token: `Bearer ${unprefixed()}` },
    'with half of the prefix': { token: `==${unprefixed()}` },
  },
  isNot: {
    whole: { token: prefixed() },
    'whole, in an address': { token: `https://call.example/?token=${encodeURIComponent(prefixed())}` },
    'a JWT of the same session': {
      token: jwt({
        iss: '12345678',
        ist: 'project',
        iat: now,
        exp: now + hours(1),
        role: 'publisher',
        session_id: '1_MX40NTgyfn4xNzk1MTc2MDAwMDAwfn4',
        scope: 'session.connect',
      }),
    },
  },
};

const cases: Record<string, Case> = {
  'the app id in `sub`': subIsAppId,
  'a key pair, and no name of the key': keyNotNamed,
  'a room that was made a slug': slugged,
  'no context': withoutContext,
  'a right to join that has ended': rightIsOver,
  'nobody who joins': nobody,
  'a token of JaaS on another server': elsewhere,
  'the prefix of an OpenTok token lost': prefixLost,
};

describe.each(Object.entries(cases))('%s', (_, { isIt, likelihoods, is, isNot }) => {
  const named = ({ token, ...asked }: Question) => (answerFor(token, asked)?.causes ?? []).filter(isIt);

  test.each(Object.entries(is))('%s: named', (__, question) => {
    const found = named(question);
    expect(found.length).toBeGreaterThan(0);
    expect(likelihoods).toContain(found[0]?.likelihood);
  });

  test.each(Object.entries(isNot))('%s: not named', (__, question) => {
    expect(named(question)).toEqual([]);
  });

  test('has five neighbours and more that change nothing, and some that do', () => {
    expect(Object.keys(is).length).toBeGreaterThanOrEqual(6);
    expect(Object.keys(isNot).length).toBeGreaterThanOrEqual(2);
  });
});
