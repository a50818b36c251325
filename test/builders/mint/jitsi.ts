import type { JsonObject } from '../../../src/engine/text/json.ts';
import { hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

/** Exactly these claims, signed as a Jitsi server with an app secret expects: HS256. */
export function jitsiClaims(claims: JsonObject, secret?: string, header: JsonObject = {}): string {
  return jwt(claims, header, secret);
}

/** A meeting token for the room "standup" of meet.example.com, one hour long, with `claims` on top. */
export function jitsiToken(claims: JsonObject = {}, secret?: string): string {
  return jitsiClaims(
    {
      aud: 'my_app',
      iss: 'my_app',
      sub: 'meet.example.com',
      room: 'standup',
      iat: now,
      exp: now + hours(1),
      ...claims,
    },
    secret,
  );
}

const ada = { id: 'u1', name: 'Ada', email: 'ada@example.com', avatar: 'https://example.com/a.png' };

/** Jitsi has no server SDK; the Prosody plug-ins give the shape. */
export const jitsi: Minted = {
  guest: () => jitsiToken({ context: { user: { id: 'u2', name: 'Grace' } } }),
  host: () =>
    jitsiToken({
      context: {
        user: { ...ada, affiliation: 'owner', moderator: true },
        features: { recording: true, livestreaming: false },
        group: 'g1',
      },
    }),
  'host by text': () => jitsiToken({ context: { user: { ...ada, moderator: 'true' } } }),
  visitor: () => jitsiToken({ context: { user: { id: 'u3', role: 'visitor' } } }),
  'without expiry': () =>
    jitsiClaims({ aud: 'my_app', iss: 'my_app', sub: 'meet.example.com', room: 'standup', context: { user: ada } }),
  'without room': () =>
    jitsiClaims({ aud: 'my_app', iss: 'my_app', sub: '*', exp: now + hours(1), context: { user: ada, features: {} } }),
  'every room': () => jitsiToken({ room: '*', sub: '*', context: { user: ada } }),
  'rooms by pattern': () => jitsiToken({ room: 'standup%-%d+', context: { user: ada, room: { regex: true } } }),
  'without context': () => jitsiToken(),
  'moderator at the top': () => jitsiToken({ moderator: true, context: { user: { name: 'Ada', email: '' } } }),
  ClanMeeting: () =>
    jitsiClaims(
      {
        aud: 'clanmeeting',
        iss: 'production',
        sub: 'consumer-1',
        room: 'standup',
        exp: now + hours(1),
        context: { user: { id: 'u1', name: 'Ada' } },
      },
      undefined,
      { kid: 'consumer-1' },
    ),
};
