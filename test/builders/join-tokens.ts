import type { JsonObject } from '../../src/engine/text/json.ts';
import { daily, hours, jwt, now } from './tokens.ts';

/** Join tokens of several platforms for the rules' tables; `undefined` leaves a claim out. */
type Changes = Record<string, JsonObject[string] | undefined>;

function claims(base: JsonObject, changes: Changes): JsonObject {
  return JSON.parse(JSON.stringify({ ...base, ...changes })) as JsonObject;
}

const times: JsonObject = { iat: now - 60, exp: now + hours(1) };

/** Daily, a guest of one room for an hour. */
export function dailyToken(changes: Changes = {}): string {
  return jwt(claims({ r: 'standup', d: daily.domain, ud: 'f81d4fae', ...times }, changes));
}

/** Daily, the same for an owner. */
export function dailyHost(changes: Changes = {}): string {
  return dailyToken({ o: true, ...changes });
}

/** Self-hosted Jitsi. */
export function jitsiToken(changes: Changes = {}, user: JsonObject = { id: 'u1', name: 'Ada' }): string {
  return jwt(
    claims(
      { aud: 'my_app', iss: 'my_app', sub: 'meet.acme.com', room: 'standup', context: { user }, ...times },
      changes,
    ),
  );
}

/** Vonage Video (unified). */
export function vonageToken(changes: Changes = {}): string {
  return jwt(
    claims(
      {
        application_id: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
        scope: 'session.connect',
        session_id: '1_MX4xMjM0NTY3OH5-MTc5NTE3NTk0MDAwMH5hYmNkZWZ-fg',
        role: 'publisher',
        sub: 'video',
        acl: { paths: { '/session/**': {} } },
        initial_layout_class_list: '',
        jti: '9bb3dfe0-7b86-482b-9dd2-d3825e790fa5',
        ...times,
      },
      changes,
    ),
  );
}

/** LiveKit, with changes to the `video` grant. */
export function livekitToken(video: Changes = {}, changes: Changes = {}): string {
  return jwt(
    claims(
      {
        iss: 'APIabcdef12345',
        sub: 'user-1',
        nbf: now - 60,
        exp: now + hours(1),
        video: claims({ roomJoin: true, room: 'standup' }, video),
      },
      changes,
    ),
  );
}

/** Twilio Video, with changes to its grants. */
export function twilioToken(grants: Changes = {}, changes: Changes = {}): string {
  return jwt(
    claims(
      {
        jti: 'SK11111111111111111111111111111111-1795190930',
        iss: 'SK11111111111111111111111111111111',
        sub: 'AC00000000000000000000000000000000',
        grants: claims({ identity: 'ada', video: { room: 'standup' } }, grants),
        ...times,
      },
      changes,
    ),
    { cty: 'twilio-fpa;v=1' },
  );
}

/** Zoom Video SDK. */
export function zoomToken(changes: Changes = {}): string {
  return jwt(claims({ app_key: 'VIDEOKEY', role_type: 0, tpc: 'standup', version: 1, ...times }, changes));
}

/** Stream Video, a call token. */
export function streamToken(changes: Changes = {}): string {
  return jwt(claims({ user_id: 'john', call_cids: ['default:standup'], ...times }, changes));
}
