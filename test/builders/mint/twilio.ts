import Twilio from 'twilio';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

export const twilioSecret = 'a-throw-away-twilio-secret-of-some-length';

const { AccessToken } = Twilio.jwt;
const account = `AC${'0'.repeat(32)}`;
const key = `SK${'1'.repeat(32)}`;

function token(options: { ttl?: number; nbf?: number; region?: string } = {}) {
  return new AccessToken(account, key, twilioSecret, { identity: 'ada', ...options });
}

function video(room: string | undefined, options = {}) {
  const made = token(options);
  made.addGrant(new AccessToken.VideoGrant(room === undefined ? {} : { room }));
  return made;
}

/** What no SDK would write: the claims as given, under Twilio's header. */
export function twilioClaims(claims: JsonObject): string {
  return jwt({ jti: `${key}-${now}`, iss: key, sub: account, iat: now, ...claims }, { cty: 'twilio-fpa;v=1' });
}

export const twilio: Minted = {
  guest: () => video('DailyStandup').toJwt(),
  'longest allowed': () => video('DailyStandup', { ttl: hours(24) }).toJwt('HS512'),
  'without room': () => video(undefined, { ttl: hours(4), region: 'ie1' }).toJwt(),
  'beside voice and chat': () => {
    const made = video('DailyStandup');
    made.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true, outgoingApplicationSid: `AP${'2'.repeat(32)}` }));
    made.addGrant(new AccessToken.ChatGrant({ serviceSid: `IS${'3'.repeat(32)}` }));
    return made.toJwt();
  },
  'without expiry': () => twilioClaims({ grants: { identity: 'ada', video: { room: 'DailyStandup' } } }),
};

/** Same header, other products: not Twilio Video. */
export const twilioOthers: Minted = {
  'Twilio chat': () => {
    const made = token();
    made.addGrant(new AccessToken.ChatGrant({ serviceSid: `IS${'3'.repeat(32)}` }));
    return made.toJwt();
  },
  'Twilio voice': () => {
    const made = token();
    made.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true }));
    return made.toJwt();
  },
  'Twilio sync, without expiry': () => twilioClaims({ grants: { identity: 'ada', data_sync: {} } }),
};
