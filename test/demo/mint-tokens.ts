import { createHmac, generateKeyPairSync, randomBytes, randomInt, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import type { JsonObject } from '../../src/engine/text/json.ts';
import { days, hours, jwt, minutes } from '../builders/tokens.ts';

export const room = 'standup';
export const dailyDomain = '30f866c3-9123-452a-8723-ff58322d09c5';
export const supabaseProject = 'qwhxkzvmpdtnyrba';

export type DemoTokens = ReturnType<typeof mintTokens>;

/** What a validation server needs to judge the demo site's tokens. Exists for one run only. */
export interface DemoKeys {
  /** Of every platform that signs with a shared secret. */
  secret: string;
  /** Of those that sign with a key pair. */
  publicKey: string;
}

/** The key pair of platforms that sign with one. Making it takes a third of a second. */
export const demoKeyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Every token of the demo site, signed with keys that exist for this run only. `now` in seconds since the epoch. */
export function mintTokens(now: number, { privateKey, publicKey } = demoKeyPair()) {
  const secret = randomBytes(32).toString('hex');
  const forged = (claims: JsonObject) => jwt(claims, {}, randomBytes(32).toString('hex'));
  const signed = (claims: JsonObject, header: JsonObject = {}) => jwt(claims, header, secret);
  const signedRsa = (claims: JsonObject, keyid?: string) =>
    jsonwebtoken.sign(JSON.stringify(claims), privateKey as never, {
      algorithm: 'RS256',
      header: { alg: 'RS256', typ: 'JWT', ...(keyid ? { kid: keyid } : {}) },
    });

  const daily = (claims: JsonObject) => signed({ d: dailyDomain, iat: now, ...claims });
  const jitsi = (user: JsonObject, claims: JsonObject) =>
    signed({
      context: { user: { id: randomUUID(), ...user } },
      aud: 'jitsi',
      iss: 'northwind',
      sub: 'meet.northwind.example',
      iat: now,
      ...claims,
    });

  const applicationId = randomUUID();
  const vonageSession = (key: string) =>
    `1_${Buffer.from(`1~${key}~~${now * 1000}~${randomBytes(15).toString('base64url')}~`).toString('base64url')}`;
  const vonage = (role: string, connectionData: string) =>
    signedRsa({
      scope: 'session.connect',
      session_id: vonageSessionId,
      role,
      initial_layout_class_list: '',
      exp: now + hours(2),
      sub: 'video',
      acl: { paths: { '/session/**': {} } },
      connection_data: connectionData,
      jti: randomUUID(),
      iat: now,
      application_id: applicationId,
    });
  const vonageSessionId = vonageSession(applicationId);

  const openTokKey = '46123456';
  const openTokSessionId = vonageSession(openTokKey);
  const openTokClaims = (role: string) => ({
    session_id: openTokSessionId,
    create_time: now,
    nonce: randomInt(1e9) / 1e9,
    role,
    expire_time: now + hours(24),
    connection_data: 'seat=3',
    initial_layout_class_list: '',
    scope: 'session.connect',
  });
  const openTokLegacy = () => {
    const data = Object.entries(openTokClaims('publisher'))
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
    const sig = createHmac('sha1', secret).update(data).digest('hex');
    return `T1==${Buffer.from(`partner_id=${openTokKey}&sig=${sig}:${data}`).toString('base64')}`;
  };

  const appId = `vpaas-magic-cookie-${randomBytes(16).toString('hex')}`;
  const jaas = (moderator: boolean) =>
    signedRsa(
      {
        aud: 'jitsi',
        context: {
          user: { id: randomUUID(), name: 'Grace', avatar: '', email: '', moderator: String(moderator) },
          features: {
            livestreaming: 'false',
            recording: String(moderator),
            transcription: 'false',
            'outbound-call': 'false',
          },
          room: { regex: false },
        },
        iss: 'chat',
        room: 'design-review',
        sub: appId,
        exp: now + hours(3),
        nbf: now - 10,
        iat: now,
      },
      `${appId}/4f2a91`,
    );

  const guest = { u: 'Grace', ud: randomUUID() };
  const speaker = { u: 'Katherine', ud: randomUUID() };
  const host = { u: 'Ada', ud: randomUUID(), o: true };
  const keys: DemoKeys = { secret, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
  return {
    keys,
    room,
    openTokSessionId,
    vonageSessionId,
    /** The app's own session, for its server only. */
    session: signed({
      iss: 'https://northwind.example',
      aud: 'northwind-app',
      sub: 'u_1842',
      sid: randomUUID(),
      iat: now,
      exp: now + hours(8),
    }),
    /** The session after POST /renew. */
    renewed: signed({
      iss: 'https://northwind.example',
      aud: 'northwind-app',
      sub: 'u_1842',
      sid: randomUUID(),
      iat: now,
      exp: now + hours(9),
    }),
    supabase: signed({
      iss: `https://${supabaseProject}.supabase.co/auth/v1`,
      sub: randomUUID(),
      aud: 'authenticated',
      role: 'authenticated',
      session_id: randomUUID(),
      iat: now,
      exp: now + hours(1),
    }),
    supabaseRefresh: randomBytes(9).toString('base64url'),
    /** What POST /join hands out; the page deletes it once it is in the call. */
    joining: daily({ r: room, ...guest, exp: now + minutes(30), ejt: true }),
    /** What it hands to somebody who only listens, and whose page keeps it in memory alone. */
    listening: daily({ r: room, u: 'Margaret', ud: 'margaret', exp: now + minutes(20), ejt: true }),
    /** What the page of the green room holds of a speaker who waits there, each in a place of its own. */
    rehearsal: signed({
      iss: 'APInorthwind',
      sub: 'katherine',
      name: 'Katherine',
      nbf: now,
      exp: now + hours(1),
      video: { roomJoin: true, room: 'rehearsal' },
    }),
    backupLine: signed({
      app_key: 'NORTHWINDVIDEO',
      tpc: 'backup-line',
      role_type: 0,
      user_identity: 'Katherine',
      version: 1,
      iat: now,
      exp: now + hours(1),
    }),
    fromLobby: daily({ r: 'all-hands', ...speaker, exp: now + hours(1), ejt: true }),
    fromAgenda: jitsi({ name: 'Katherine', affiliation: 'member' }, { room: 'agenda', exp: now + hours(1) }),
    offline: jwt(
      {
        jti: `SK${'4'.repeat(32)}-${now}`,
        iss: `SK${'4'.repeat(32)}`,
        sub: `AC${'5'.repeat(32)}`,
        grants: { identity: 'katherine', video: { room: 'all-hands' } },
        iat: now,
        exp: now + hours(1),
      },
      { cty: 'twilio-fpa;v=1' },
      secret,
    ),
    seat: signed({ user_id: 'katherine', call_cids: ['default:all-hands'], iat: now, exp: now + hours(1) }),
    toStage: daily({ r: 'stage', ...speaker, exp: now + hours(1), ejt: true }),
    dailyGuest: daily({ r: room, ...guest, exp: now + hours(1), ejt: true }),
    dailyHost: daily({ r: room, ...host, exp: now + hours(2), ejt: true }),
    /** Somebody made himself host, without the key. */
    dailyHostLeft: forged({ d: dailyDomain, iat: now, r: room, ...host, exp: now + hours(3) }),
    dailyQuarter: daily({ r: room, ...guest, iat: now - 60, exp: now - 60 + days(90) }),
    dailyNoExpiry: daily({ r: room, ...guest, iat: now - days(3) }),
    dailyNoRoom: daily({ ...guest, exp: now + hours(1) }),
    dailyExpired: daily({ r: room, ...guest, iat: now - days(10) - hours(1), exp: now - days(10) }),
    jitsiGuest: jitsi({ name: 'Grace', affiliation: 'member' }, { room, exp: now + hours(1) }),
    jitsiHost: jitsi({ name: 'Ada', affiliation: 'owner', moderator: true }, { room, exp: now + hours(2) }),
    jitsiRetro: jitsi({ name: 'Grace', affiliation: 'member' }, { room: 'retro', exp: now + hours(1) }),
    jitsiAnyRoom: jitsi({ name: 'Grace', affiliation: 'member' }, { room: '*', exp: now + hours(1) }),
    jitsiTomorrow: jitsi(
      { name: 'Grace', affiliation: 'member' },
      { room: 'planning', nbf: now + days(1), exp: now + days(1) + hours(2) },
    ),
    jaasGuest: jaas(false),
    jaasHost: jaas(true),
    vonageGuest: vonage('publisher', 'userId=42'),
    vonageHost: vonage('moderator', 'userId=7'),
    openTokLegacy: openTokLegacy(),
    openTokHost: signed({
      iss: openTokKey,
      ist: 'project',
      iat: now,
      exp: now + hours(24),
      ...openTokClaims('moderator'),
    }),
  };
}
