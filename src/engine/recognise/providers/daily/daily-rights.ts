import type { Facts, Grant } from '../../../model/facts.ts';
import { isObject, type Json } from '../../../text/json.ts';
import { listed, shown, stated } from '../../../text/sentence.ts';
import { booleanAt, hasAt, objectAt, stringAt, valueAt } from '../../../text/values.ts';
import { grants, no, unsaid, yes } from '../grants.ts';
import { roomScope } from '../room-scope.ts';
import { recordings } from './daily-claims.ts';

/** Role and privileges of a meeting token: `o` and the permissions below `p`, the token before the room. */
export function dailyRights(
  claims: Json | null,
): Pick<Facts, 'role' | 'vendorRole' | 'roleBecause' | 'roleClaim' | 'privileges'> {
  const admin = adminOf(claims);
  return { ...roleOf(claims, admin), privileges: privilegesOf(claims, admin) };
}

/** `p.ca`: participants, streaming, transcription. */
export const admins = ['p', 's', 't'];
/** `p.cs`: video, audio, screen video and audio, custom video and audio. */
export const sendable = ['v', 'a', 'sv', 'sa', 'cv', 'ca'];

/** Admin powers as Daily computes them: an owner has all, `p.ca` may narrow, and an owner always keeps `p`. */
interface Admin {
  owner: boolean;
  /** Powers that `p.ca` names: all three for `true`, none for `false`; null when it says nothing readable. */
  named: Set<string> | null;
  participants: Grant;
  streaming: Grant;
  transcription: Grant;
}

function adminOf(claims: Json | null): Admin {
  const owner = booleanAt(claims, 'o') === true;
  const named = permissionSet(valueAt(claims, 'p.ca'), admins);
  const value = shown(valueAt(claims, 'p.ca'));
  const power = (letter: string): Grant => {
    if (owner && letter === 'p') return yes('`o` is true, and an owner always administers participants', 'o');
    if (named?.has(letter)) return yes(`\`p.ca\` is ${value}`, 'p.ca');
    if (named) return no(`\`p.ca\` is ${value}`, 'p.ca');
    if (owner) return yes('`o` is true', 'o');
    const neither = hasAt(claims, 'p.ca')
      ? `${ownerWords(claims)} and \`p.ca\` is ${value}, which Daily does not read`
      : hasAt(claims, 'o')
        ? `${ownerWords(claims)} and \`p.ca\` is absent`
        : '`o` and `p.ca` are absent';
    return unsaid(
      `${neither}: the room's own permissions decide, and give it to owners only unless set otherwise`,
      hasAt(claims, 'p.ca') ? 'p.ca' : 'o',
    );
  };
  return { owner, named, participants: power('p'), streaming: power('s'), transcription: power('t') };
}

function ownerWords(claims: Json | null): string {
  const value = valueAt(claims, 'o');
  if (value === undefined) return '`o` is absent';
  if (typeof value === 'boolean') return `\`o\` is ${value}`;
  return `\`o\` is ${shown(value)}, which is not the boolean true,`;
}

function roleOf(
  claims: Json | null,
  { owner, named }: Admin,
): Pick<Facts, 'role' | 'vendorRole' | 'roleBecause' | 'roleClaim'> {
  if (owner) return { role: 'host', vendorRole: 'owner', roleBecause: '`o` is true', roleClaim: 'o' };
  if (named && named.size > 0) {
    return {
      role: 'host',
      vendorRole: 'admin',
      roleBecause: `\`p.ca\` is ${shown(valueAt(claims, 'p.ca'))}`,
      roleClaim: 'p.ca',
    };
  }
  if (permissionSet(valueAt(claims, 'p.cs'), sendable)?.size === 0) {
    return {
      role: 'viewer',
      vendorRole: null,
      roleBecause: `\`p.cs\` is ${shown(valueAt(claims, 'p.cs'))}: nothing may be sent`,
      roleClaim: 'p.cs',
    };
  }
  return {
    role: 'participant',
    vendorRole: null,
    roleBecause: `${ownerWords(claims)} and \`p.ca\` gives no power`,
    roleClaim: 'o',
  };
}

/** `true`, `false` or a comma list, as a set of the letters in `all`; null for anything else. */
export function permissionSet(value: Json | undefined, all: string[]): Set<string> | null {
  if (value === true) return new Set(all);
  if (value === false) return new Set();
  if (typeof value !== 'string') return null;
  const listed = value
    .slice(0, 256)
    .split(',')
    .map((part) => part.trim());
  return new Set(listed.filter((part) => all.includes(part)));
}

function privilegesOf(claims: Json | null, admin: Admin): Facts['privileges'] {
  const { owner, participants, streaming, transcription } = admin;
  const knocks = booleanAt(claims, 'k') === true;
  return grants([
    ['join', mayJoin(claims)],
    ['subscribe', mayReceive(claims, owner)],
    ['publish-audio', maySend(claims, owner, ['a'])],
    ['publish-video', maySend(claims, owner, ['v'])],
    ['share-screen', mayShare(claims, owner)],
    ['send-data', unsaid("no claim speaks of messages: the room's settings and the app decide")],
    ['mute-others', 'change-permissions', 'admit-others', participants],
    [
      'remove-others',
      participants.allowed && !owner
        ? yes(`${participants.because}; owners and other admins excepted`, 'p.ca')
        : participants,
    ],
    ['record', mayRecord(claims, admin)],
    ['live-stream', streaming],
    ['transcribe', transcription],
    ['dial-out', mayDialOut(claims, admin)],
    ['manage-rooms', no('a meeting token only opens calls; rooms are managed with the API key')],
    ['join-hidden', mayHide(claims, owner)],
    [
      'bypass-lobby',
      knocks
        ? no('`k` is true', 'k')
        : yes(
            hasAt(claims, 'k')
              ? `\`k\` is ${shown(valueAt(claims, 'k'))}`
              : '`k` is absent, and a token skips the lobby',
            'k',
          ),
    ],
  ]);
}

function mayJoin(claims: Json | null): Grant {
  if (booleanAt(claims, 'k') === true) {
    return unsaid(
      '`k` is true: the holder knocks, and somebody in the call lets them in where the room has knocking on',
      'k',
    );
  }
  const room = stringAt(claims, 'r');
  if (room) return yes(`\`r\` names the room ${shown(room)}`, 'r');
  if (roomScope(valueAt(claims, 'r'), 'all-rooms') === 'all-rooms')
    return yes(`${stated(claims, 'r')}, which opens every room of the domain`, 'r');
  return unsaid(`${stated(claims, 'r')}, which is no room name`, 'r');
}

function maySend(claims: Json | null, owner: boolean, letters: string[]): Grant {
  const value = valueAt(claims, 'p.cs');
  const named = permissionSet(value, sendable);
  if (named)
    return letters.some((letter) => named.has(letter))
      ? yes(`\`p.cs\` is ${shown(value)}`, 'p.cs')
      : no(`\`p.cs\` is ${shown(value)}`, 'p.cs');
  if (owner) return yes('`o` is true', 'o');
  return unsaid(
    `${stated(claims, 'p.cs')}: the room's permissions decide, and a broadcast room lets only owners send`,
    'p.cs',
  );
}

function mayShare(claims: Json | null, owner: boolean): Grant {
  const screen = booleanAt(claims, 'ss');
  if (screen === false) return no('`ss` is false', 'ss');
  const send = maySend(claims, owner, ['sv', 'sa']);
  if (send.allowed !== null) return send;
  if (screen) return yes('`ss` is true', 'ss');
  return unsaid(`${stated(claims, 'ss')}: the room's settings decide, and allow it unless set otherwise`, 'ss');
}

function mayReceive(claims: Json | null, owner: boolean): Grant {
  const base = valueAt(claims, 'p.cr.b');
  const own = ['p.cr.u', 'p.cr.p'].filter((path) => Object.keys(objectAt(claims, path) ?? {}).length > 0);
  const except = own.length > 0 ? `, with rules of their own in ${listed(own.map((path) => `\`${path}\``))}` : '';
  if (base === true) return yes(`\`p.cr.b\` is true${except}`, 'p.cr.b');
  if (base === false) {
    return own.length > 0 ? unsaid(`\`p.cr.b\` is false${except}`, 'p.cr.b') : no('`p.cr.b` is false', 'p.cr.b');
  }
  if (isObject(base)) {
    const flags = ['v', 'a', 'sv', 'sa'].flatMap((key) => booleanAt(base, key) ?? []);
    if (flags.includes(true)) return yes(`\`p.cr.b\` allows some kinds of media${except}`, 'p.cr.b');
    if (flags.length === 4 && own.length === 0) return no('`p.cr.b` refuses video, audio and screen', 'p.cr.b');
    return unsaid(`\`p.cr.b\` leaves kinds of media open${except}: the room's permissions decide those`, 'p.cr.b');
  }
  if (owner) return yes(`\`o\` is true${except}`, 'o');
  return unsaid(
    `${stated(claims, 'p.cr.b')}${except}: the room's permissions decide, and allow it unless set otherwise`,
    'p.cr',
  );
}

/**
 * Daily's pages disagree: the guide to daily-react lets only owners and streaming admins start a recording, the guide to
 * recording any participant of a room that has it on. Both let owners and streaming admins.
 */
function mayRecord(claims: Json | null, { owner, named, streaming }: Admin): Grant {
  const kind = stringAt(claims, 'er');
  const isKind = kind !== null && recordings.includes(kind);
  const er =
    kind !== null && !isKind ? `\`er\` is ${shown(kind)}, which is no kind of recording` : stated(claims, 'er');
  const power = streaming.allowed ? streaming : owner ? yes('`o` is true', 'o') : null;
  if (isKind && (power || named === null)) return yes(`\`er\` is ${shown(kind)}`, 'er');
  if (power && !hasAt(claims, 'er'))
    return yes(`${power.because}, and owners and streaming admins may wherever the room has recording on`, power.claim);
  const others = 'Daily lets only owners and streaming admins on one page, and any participant on another';
  if (isKind) return unsaid(`\`er\` is ${shown(kind)}, but ${streaming.because}: ${others}`, 'p.ca');
  if (booleanAt(claims, 'sr') === true) {
    return unsaid(`\`sr\` is true, but ${er}: a recording starts only where the room has cloud recording on`, 'er');
  }
  return unsaid(`${er}: where the room or domain has recording on, ${others}`, 'er');
}

/** `startDialOut()` asks for an owner or admin on its own page, for an owner in the guide to dialling. */
function mayDialOut(claims: Json | null, { owner, named, participants }: Admin): Grant {
  if (owner) return yes('`o` is true, and owners may call out wherever the room has `enable_dialout`', 'o');
  const ca = `\`p.ca\` is ${shown(valueAt(claims, 'p.ca'))}`;
  if (named?.size === 0) return no(`${ca}, and only owners and admins call out`, 'p.ca');
  if (named)
    return unsaid(`${ca}: Daily lets owners and admins call out on one page, and owners only on another`, 'p.ca');
  return unsaid(
    `${participants.because}; only owners and admins call out, in rooms with \`enable_dialout\``,
    participants.claim,
  );
}

function mayHide(claims: Json | null, owner: boolean): Grant {
  const presence = booleanAt(claims, 'p.hp');
  if (presence === false) return yes('`p.hp` is false', 'p.hp');
  if (presence === true) return no('`p.hp` is true', 'p.hp');
  if (owner) return no('`o` is true, and an owner is present unless `p.hp` says otherwise', 'o');
  return unsaid(
    `${stated(claims, 'p.hp')}: the room's permissions decide, and show everybody unless set otherwise`,
    'p.hp',
  );
}
