import type { JsonObject } from '../../../src/engine/text/json.ts';
import { hours, jwt, now } from '../tokens.ts';
import { rsaKeys } from './keys.ts';
import type { Minted } from './minted.ts';

export const jaasAppId = 'vpaas-magic-cookie-0123456789abcdef0123456789abcdef';

/** Exactly these claims, signed as 8x8 expects: RS256, with the id of the uploaded key in the header. */
export function jaasClaims(claims: JsonObject, header: JsonObject = {}, privateKey = rsaKeys().privateKey): string {
  return jwt(claims, { alg: 'RS256', kid: `${jaasAppId}/abc123`, ...header }, privateKey);
}

/** A meeting token as 8x8's samples make it, for the room "standup" and three hours, with `claims` on top. */
export function jaasToken(claims: JsonObject = {}, header: JsonObject = {}, privateKey?: string): string {
  return jaasClaims(
    {
      ...common,
      room: 'standup',
      context: context('false', 'Grace'),
      iat: now,
      nbf: now - 10,
      exp: now + hours(3),
      ...claims,
    },
    header,
    privateKey,
  );
}

const common = { aud: 'jitsi', iss: 'chat', sub: jaasAppId };
const features = { livestreaming: 'true', recording: 'true', transcription: 'true', 'outbound-call': 'true' };

function context(moderator: string, name: string): JsonObject {
  return {
    user: { id: 'u1', name, avatar: '', email: '', moderator },
    features: moderator === 'true' ? features : { recording: 'false' },
    room: { regex: false },
  };
}

/** 8x8 has no server SDK; its documentation and samples give the shape. */
export const jaas: Minted = {
  guest: () => jaasToken(),
  host: () => jaasToken({ context: context('true', 'Ada') }),
  'without expiry': () => jaasClaims({ ...common, room: 'standup', context: context('false', 'Grace') }),
  'without room': () => jaasClaims({ ...common, context: context('true', 'Ada'), exp: now + hours(3) }),
  'every room': () => jaasToken({ room: '*', context: context('true', 'Ada') }),
  server: () => jaasToken({ admin: true, room: '*' }),
  'known by its key only': () => jaasToken({ iss: 'my_app', aud: 'my_app' }),
};
