import type { Facts, Grant } from '../../../model/facts.ts';
import type { Json, JsonObject } from '../../../text/json.ts';
import { shown } from '../../../text/sentence.ts';
import { objectAt, stringAt, valueAt } from '../../../text/values.ts';
import { no, unsaid, yes } from '../grants.ts';
import type { ClaimMeaning, JoinProblem } from '../provider.ts';
import { leftOut, readRoomName } from './room-name.ts';

/* What Jitsi Meet itself reads below `context`: the same on a server of one's own and on JaaS. */

/** Every key of `context.features` the web client knows (jitsi-meet, react/features/base/jwt/constants.ts). */
export const features: Record<string, string> = {
  branding: 'Own branding.',
  calendar: 'Calendar integration.',
  'create-polls': 'May start polls; counts only in rooms that restrict polls.',
  'file-upload': 'May share files; the server checks it.',
  flip: 'May take the call over on another device, past lobby and password; the server checks it.',
  'inbound-call': 'The room can be called by phone.',
  livestreaming: 'May start a live stream; the server checks it.',
  'live-translation': 'May switch live translation on; the server checks it.',
  lobby: 'May use the lobby.',
  moderation: 'May use audio and video moderation.',
  'outbound-call': 'May call phone numbers; the server checks it.',
  recording: 'May start a recording; the server checks it.',
  room: 'May open rooms.',
  'screen-sharing': 'May share the screen.',
  'send-groupchat': 'May write to the chat; counts only in rooms that restrict it.',
  'send-private-message': 'May write private messages.',
  'list-visitors': 'May list the visitors.',
  'sip-inbound-call': 'SIP devices may call the room.',
  'sip-outbound-call': 'May call SIP devices.',
  transcription: 'May start a transcription; the server checks it.',
};

/** Keys that the server reads, and the web client’s own list lacks (mod_audio_translation_component.lua). */
const serverFeatures: Record<string, string> = {
  'live-translation-subscribe': 'May hear the translation of a speaker; everybody may, unless it is "false" here.',
};

/** True, false, or their texts: the only values Jitsi reads as a flag. Null for anything else. */
export function flagAt(claims: Json | null, path: string): boolean | null {
  const value = valueAt(claims, path);
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  return null;
}

/** Meaning of the claims below `context`, the same for both. */
export const contextClaims: Record<string, ClaimMeaning> = {
  context: { type: 'object', means: 'What Jitsi Meet knows about the user and the call.' },
  'context.user': { type: 'object', means: 'The participant, as shown to the others.' },
  'context.user.id': { type: 'string', means: 'Identity of the participant.' },
  'context.user.name': { type: 'string', means: 'Name shown to the others.' },
  'context.user.email': { type: 'string', means: 'E-mail address of the participant; the others can read it.' },
  'context.user.avatar': { type: 'string', means: 'Address of a picture shown to the others.' },
  'context.user.avatarUrl': {
    type: 'string',
    means: 'Address of a picture shown to the others; another name of `avatar`.',
  },
  'context.user.role': { type: 'string', means: '"visitor" lets the holder watch as a visitor.' },
  'context.user.hidden-from-recorder': {
    type: ['boolean', 'boolean-text'],
    means: 'Keeps the holder out of recordings and live streams. The others in the call see them.',
    whenAbsent: 'false',
  },
  'context.group': { type: 'string', means: 'A group, used by servers with moderated rooms.' },
  'context.features': {
    type: 'object',
    means: 'What the holder may use beyond the call itself; once it is there, it alone decides.',
    whenAbsent: 'moderators may use all of it, and others what a moderator passes on to them',
  },
  ...Object.fromEntries(
    Object.entries({ ...features, ...serverFeatures }).map(([key, means]) => [
      `context.features.${key}`,
      { type: ['boolean', 'boolean-text'], means },
    ]),
  ),
  'context.room': { type: 'object', means: 'How the `room` claim is to be read.' },
  'context.room.regex': {
    type: ['boolean', 'boolean-text'],
    means:
      'Makes `room` a Lua pattern: it opens each room whose whole name is what the pattern, or its first capture, matches. Lua patterns are not regular expressions.',
    whenAbsent: 'false: `room` is one name, or `*`',
  },
};

/** What `context.features` says of one feature. `absent` completes the words where the claim is not there at all. */
export function featureGrant(claims: Json | null, key: string, absent: string): Grant {
  const path = `context.features.${key}`;
  const value = valueAt(claims, path);
  const flag = flagAt(claims, path);
  if (flag) return yes(`\`${path}\` is ${shown(value)}`, path);
  if (value !== undefined) {
    return no(`\`${path}\` is ${shown(value)}${flag === null ? ', which counts as false' : ''}`, path);
  }
  if (!objectAt(claims, 'context.features')) return unsaid(absent, 'context.features');
  // The server's own features fall away once the claim is there; what the client alone decides stays as the client likes.
  return checkedByServer.includes(key)
    ? no(`\`context.features\` does not list \`${key}\``, 'context.features')
    : unsaid(
        `\`context.features\` does not list \`${key}\`: the server and the client version decide`,
        'context.features',
      );
}

/** Nothing hides a participant from the others; one flag keeps them out of what is recorded or streamed. */
export function mayHide(claims: Json | null): Grant {
  const path = 'context.user.hidden-from-recorder';
  return flagAt(claims, path)
    ? no(`\`${path}\` keeps the holder out of recordings and streams only: the others see them`, path)
    : no('no claim hides the holder from the others', null);
}

/**
 * Writing to the chat. The server asks for the feature only in rooms whose metadata restricts the chat
 * (mod_filter_messages.lua), the client only where the branding does.
 */
export function mayWrite(claims: Json | null, otherwise: Grant): Grant {
  if (!objectAt(claims, 'context.features')) return otherwise;
  const grant = featureGrant(claims, 'send-groupchat', '');
  if (grant.allowed) return grant;
  const { claim } = grant;
  const because = claim === 'context.features' ? '`context.features` does not list `send-groupchat`' : grant.because;
  return unsaid(`${because}, which counts only in rooms that restrict the chat`, claim);
}

const checkedByServer = ['recording', 'livestreaming', 'transcription', 'outbound-call'];

/** How far `room` reaches. */
export function roomScopeOf(claims: Json | null): 'one-room' | 'some-rooms' | 'all-rooms' | 'not-stated' {
  const room = stringAt(claims, 'room');
  if (!room) return 'not-stated';
  if (room === '*') return 'all-rooms';
  return flagAt(claims, 'context.room.regex') ? 'some-rooms' : 'one-room';
}

/** Claims that open more than one room. `sub: "*"` alone only widens the tenant. */
export function wildcardsOf(claims: Json | null): NonNullable<Facts['wildcards']> {
  const wildcards: NonNullable<Facts['wildcards']> = [];
  const scope = roomScopeOf(claims);
  if (scope === 'all-rooms') wildcards.push({ claim: 'room', says: '`room` is `*`, which opens every room' });
  if (scope === 'some-rooms') {
    wildcards.push({
      claim: 'context.room.regex',
      says: `\`room\` is the pattern ${shown(valueAt(claims, 'room'))}, which opens each room whose whole name it matches`,
    });
  }
  if (valueAt(claims, 'sub') === '*') wildcards.push({ claim: 'sub', says: '`sub` is `*`, which fits every tenant' });
  return wildcards;
}

/** What the web client complains about below `context`; no server refuses a token for it. */
export function contextProblems(claims: JsonObject | null): JoinProblem[] {
  const problems: JoinProblem[] = [];
  const user = objectAt(claims, 'context.user') ?? {};
  for (const key of ['id', 'name', 'email', 'avatar', 'avatarUrl']) {
    if (!Object.hasOwn(user, key) || typeof user[key] === 'string') continue;
    problems.push({
      likelihood: 'possible',
      says: `\`context.user.${key}\` is ${shown(user[key])}; Jitsi expects a text, and the others may see nothing of it.`,
      fix: `Set \`context.user.${key}\` to a text, or leave it out.`,
      at: `claims.context.user.${key}`,
    });
  }
  for (const [key, value] of Object.entries(objectAt(claims, 'context.features') ?? {}).slice(0, 50)) {
    const at = `claims.context.features.${key.slice(0, 64)}`;
    if (Object.hasOwn(serverFeatures, key)) {
      problems.push({
        likelihood: 'possible',
        says: `\`context.features\` holds ${shown(key)}, which the server reads but the web client does not know: it may report the token as faulty.`,
        fix: 'Leave it out, unless the clients in use know it.',
        at,
      });
    } else if (!Object.hasOwn(features, key)) {
      problems.push({
        likelihood: 'possible',
        says: `\`context.features\` holds ${shown(key)}, which Jitsi Meet does not know.`,
        fix: `Use one of the known names, such as ${nearest(key)}.`,
        at,
      });
    } else if (flagAt({ value }, 'value') === null) {
      problems.push({
        likelihood: 'possible',
        says: `\`context.features.${key}\` is ${shown(value)}; Jitsi reads only true, false, "true" and "false".`,
        fix: `Set \`context.features.${key}\` to true or false.`,
        at,
      });
    }
  }
  return problems;
}

function nearest(key: string): string {
  const plain = (text: string) => text.toLowerCase().replace(/[-_\s]/g, '');
  const same = Object.keys(features).find(
    (name) => plain(name) === plain(key) || plain(name).startsWith(plain(key).slice(0, 6)),
  );
  return `\`${same ?? 'recording'}\``;
}

/** Whether an address is that of a meeting: told by a known host or by what Jitsi Meet puts into its URLs. */
export function isJitsiMeeting(url: URL): boolean {
  return isSurelyJitsiMeeting(url) || /[?&#]jwt=/.test(`${url.search}${url.hash}`);
}

/** The same without the name of a parameter, which an application's own pages may have as well. */
export function isSurelyJitsiMeeting({ hostname, hash }: URL): boolean {
  return (
    /(^|\.)(jitsi\.net|meet\.jit\.si)$|(^|[.-])jitsi([.-]|$)/i.test(hostname) ||
    /[#&](config|interfaceConfig|userInfo|jitsi_meet_external_api_id)[.=]/.test(hash)
  );
}

/** The room in `https://<host>/[tenant/]<room>`, without what the web client takes out; null for what is no call page. */
export function roomInPath(url: URL, segments: number): string | null {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const last = parts.at(-1)?.replace(leftOut, '');
  if (!last || parts.length > segments || /\.(?:html?|js|css|json|png|svg|ico|txt)$/i.test(last)) return null;
  return readRoomName(last);
}
