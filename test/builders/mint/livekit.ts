import { AccessToken, TrackSource, type VideoGrant } from 'livekit-server-sdk';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

export const livekitSecret = 'a-throw-away-livekit-secret-of-some-length';

const key = 'APIabcdef12345';

function minted(identity: string, grant: VideoGrant, more: (token: AccessToken) => void = () => {}): Promise<string> {
  const token = new AccessToken(key, livekitSecret, { identity, name: 'Ada' });
  token.addGrant(grant);
  more(token);
  return token.toJwt();
}

/** What no SDK would write: the claims as given, with the issuer and times of an ordinary token. */
export function livekitClaims(claims: JsonObject): string {
  return jwt({ iss: key, sub: 'ada', nbf: now, exp: now + hours(1), ...claims });
}

const standup = { roomJoin: true, room: 'standup' };

export const livekit: Minted = {
  guest: () => minted('ada', standup),
  host: () => minted('ada', { ...standup, roomAdmin: true }),
  viewer: () => minted('ada', { ...standup, canPublish: false, canSubscribe: true }),
  'one source only': () => minted('ada', { ...standup, canPublishSources: [TrackSource.MICROPHONE] }),
  server: () => minted('', { roomCreate: true, roomList: true, roomRecord: true, ingressAdmin: true }),
  'telephone server': () => minted('', {}, (token) => token.addSIPGrant({ admin: true, call: true })),
  'hidden recorder': () => minted('egress', { ...standup, hidden: true, recorder: true, canPublish: false }),
  attributes: () =>
    minted('ada', { ...standup, canPublishData: false }, (token) => {
      token.metadata = '{"team":"blue"}';
      token.attributes = { seat: '4' };
    }),
  'without room': () => minted('ada', { roomJoin: true }),
  'room named *': () => minted('ada', { roomJoin: true, room: '*' }),
  'without expiry': () => jwt({ iss: key, sub: 'ada', nbf: now, video: standup }),
  'Element Call': () =>
    jwt({
      iss: key,
      sub: 'b1946ac92492d2347c6235b4d2611184',
      iat: now,
      nbf: now,
      exp: now + hours(1),
      video: {
        roomJoin: true,
        room: '5891b5b522d5df086d0ff0b110fbd9d2',
        canPublish: true,
        canSubscribe: true,
        canUpdateOwnMetadata: true,
      },
    }),
};
