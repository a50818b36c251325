import type { IrregularityCode, Token } from '../../engine/model/token.ts';
import { askedMeeting } from '../../engine/recognise/providers/jitsi/jitsi-join.ts';
import { foundInRoom } from '../../engine/recognise/providers/jitsi/lua-pattern.ts';
import { luaLower, sentTenant } from '../../engine/recognise/providers/jitsi/room-name.ts';
import { isObject, type Json } from '../../engine/text/json.ts';
import { hasAt, memberOf, valueAt } from '../../engine/text/values.ts';
import type { Check, CheckName } from '../../introspection/reply.ts';
import { type Key, type Verdict, verifySignedText } from '../../verify/index.ts';
import { timeInWords } from '../time-check.ts';
import { isPinned } from './general.ts';
import { inSpiteOf, irregularitiesIn, plainJwsProblem } from './plain-jws.ts';
import type { Question, Taken } from './profile.ts';

/*
 * What the token plug-ins of Prosody do (jitsi-meet, resources/prosody-plugins: luajwtjitsi.lib.lua, token/util.lib.lua,
 * mod_auth_token.lua, mod_token_verification.lua; read 2026-11), the same on a server of one's own and on JaaS. Lua values differ
 * from JSON's in ways that decide: `false` is as good as absent where a claim is tried first, `null` is a value of its own.
 */

/** How one server is set up; in brackets what Jitsi calls it. */
export interface JitsiServer {
  /** The one algorithm that is taken (`signature_algorithm`). */
  algorithm: string;
  /** Accepted issuers (`asap_accepted_issuers`, else `app_id`); null where the configuration names none. `*` takes any. */
  issuers: readonly string[] | null;
  /** Accepted audiences (`asap_accepted_audiences`); `*` takes any. */
  audiences: readonly string[];
  /** The domain that `sub` names where the page has no tenant (`muc_mapper_domain_base`); null where it is not known. */
  domain: string | null;
  /** Whether `sub` is compared (`enable_domain_verification`). */
  verifiesDomain: boolean;
  /** Whether a token must have `room` (`asap_require_room_claim`). */
  requiresRoom: boolean;
  /** Whether the public key is looked up by `kid` (`asap_key_server`, `cache_keys_url`). */
  looksKeysUp: boolean;
  /** How patterns are read (`token_regex_enabled`): up to early 2026 in lower case, later as they are written. */
  patterns: 'off' | 'lower-case' | 'as-written';
}

/** What its base64 and JSON readers take though standards forbid it. */
const tolerated: IrregularityCode[] = [
  'padding',
  'trailing-bits',
  'duplicate-member',
  'control-characters',
  'invalid-utf8',
];

export function checkJitsiShape(token: Token, server: JitsiServer): { check: Check; taken: Taken[] } {
  const problem = readingProblem(token) ?? headerProblem(token, server) ?? claimsProblem(token.claims, server);
  if (problem !== null) return { check: failed('shape', problem), taken: [] };
  const taken = takenIn(token);
  return { check: passed('shape', `The token reads as one that Jitsi’s own server takes.${inSpiteOf(taken)}`), taken };
}

function readingProblem(token: Token): string | null {
  const problem = plainJwsProblem(token, tolerated);
  if (problem !== null) return problem;
  // Half a character is an error to the server's JSON reader, and none to others.
  const written = JSON.stringify([token.header, token.claims]);
  return written.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/.test(written)
    ? 'The server cannot read it: half a character is escaped in its JSON.'
    : null;
}

function headerProblem({ header }: Token, { looksKeysUp }: JitsiServer): string | null {
  if (memberOf(header, 'typ') !== 'JWT') return 'The header’s `typ` must be "JWT".';
  return looksKeysUp && typeof memberOf(header, 'kid') !== 'string'
    ? 'The header’s `kid` must name the key, which the server looks up.'
    : null;
}

/** Claims that are missing, or at which the plug-ins fail, in every room. */
function claimsProblem(claims: Json | null, server: JitsiServer): string | null {
  const context = memberOf(claims, 'context');
  if (context === null || typeof context === 'number' || typeof context === 'boolean') {
    return `The plug-in fails at a \`context\` that is ${JSON.stringify(context)}.`;
  }
  const sub = memberOf(claims, 'sub');
  const room = memberOf(claims, 'room');
  if (sub === undefined) return '`sub` is missing.';
  if (room === undefined && server.requiresRoom) return '`room` is missing.';
  if (room === false && server.requiresRoom && server.verifiesDomain) return '`room` is false, and so none.';
  if (room !== undefined && room !== false && typeof room !== 'string') return '`room` is not a text.';
  return server.verifiesDomain ? comparisonProblem(claims, server) : null;
}

/** Values at which the comparison with room, domain and tenant fails. */
function comparisonProblem(claims: Json | null, { patterns }: JitsiServer): string | null {
  const [sub, room] = [memberOf(claims, 'sub'), memberOf(claims, 'room')];
  const about = valueAt(claims, 'context.room');
  const isOdd = about === null || about === true || typeof about === 'number';
  if (patterns === 'lower-case' && room !== '*' && isOdd) {
    return `The plug-in of early 2026 and before fails at a \`context.room\` that is ${JSON.stringify(about)}.`;
  }
  if (room === undefined || room === false) {
    return isPattern(claims) ? 'The plug-in fails where `room` is to be read as a pattern and is none.' : null;
  }
  if (typeof sub !== 'string' && typeof sub !== 'number') return 'The plug-in fails at a `sub` that is not a text.';
  const tenant = valueAt(claims, 'context.tenant');
  return tenant === undefined || tenant === false || typeof tenant === 'string' || typeof tenant === 'number'
    ? null
    : 'The plug-in fails at a `context.tenant` that is not a text.';
}

function takenIn(token: Token): Taken[] {
  const odd = irregularitiesIn(token, tolerated);
  if (!hasAt(token.header, 'crit')) return odd;
  return [
    ...odd,
    { code: 'unknown-crit', says: '`crit` names what a reader must understand, and it is not looked at.' },
  ];
}

/** No clock difference is forgiven; `iat` is not looked at. */
export function checkJitsiTime(claims: Json | null, now: number, ignoreNbf: boolean): Check {
  const seconds = Math.floor(now);
  for (const name of ['exp', 'nbf']) {
    const value = memberOf(claims, name);
    if (value !== undefined && value !== false && typeof value !== 'number') {
      return failed('time', `Its \`${name}\` must be a number.`);
    }
  }
  const [exp, nbf] = [memberOf(claims, 'exp'), memberOf(claims, 'nbf')];
  if (typeof exp === 'number' && seconds >= exp) {
    return failed('time', `It expired at ${timeInWords(exp)}; the server forgives no clock difference.`);
  }
  if (typeof nbf === 'number' && seconds < nbf && !ignoreNbf) {
    return failed('time', `It is not valid before ${timeInWords(nbf)}; the server forgives no clock difference.`);
  }
  return passed('time', typeof exp === 'number' ? `It is valid until ${timeInWords(exp)}.` : 'It has no expiry.');
}

/** Issuer and audience are compared whole: a list is no name. */
export function checkJitsiParties({ token, key }: Question, { issuers, audiences }: JitsiServer): Check {
  const { header, claims } = token;
  const [iss, aud] = [memberOf(claims, 'iss'), memberOf(claims, 'aud')];
  const accepts = (names: readonly string[], value: Json) => names.some((one) => one === '*' || one === value);
  if (iss === undefined) return failed('issuer', '`iss` is missing.');
  if (issuers && !accepts(issuers, iss)) return failed('issuer', '`iss` is not an accepted issuer.');
  if (aud === undefined) return failed('issuer', '`aud` is missing.');
  if (!accepts(audiences, aud)) {
    return failed(
      'issuer',
      Array.isArray(aud)
        ? '`aud` is a list, which the server compares whole with each accepted audience.'
        : '`aud` is not an accepted audience.',
    );
  }
  if (key.kid !== undefined && memberOf(header, 'kid') !== key.kid) {
    return failed('issuer', 'The key id is not an accepted one.');
  }
  return isPinned(key) || issuers
    ? passed('issuer', 'Issuer, audience and key id are accepted ones.')
    : { name: 'issuer', outcome: 'not-checked', reason: 'No accepted issuer is named; the key alone decides.' };
}

/** Exactly the algorithm of the server, over the text as it stands, whatever else the header says. */
export async function verifyForJitsi(
  { text, header }: Token,
  { algorithm }: JitsiServer,
  keys: readonly Key[],
): Promise<Verdict> {
  const alg = memberOf(header, 'alg');
  if (alg !== algorithm) {
    const shown = typeof alg === 'string' ? JSON.stringify(alg.slice(0, 40)) : '(none)';
    return { outcome: 'failed', reason: `The token’s algorithm is ${shown}; the server takes ${algorithm} only.` };
  }
  return verifySignedText(text, algorithm, memberOf(header, 'kid'), keys);
}

/**
 * Whether the plug-in lets the token into the room of that name, on a page of that tenant; the two may be asked for in one, as the
 * path of the page has them (`acme/standup`).
 */
export function checkJitsiRoom(claims: Json | null, server: JitsiServer, asked: string, askedTenant?: string): Check {
  const { room: name, tenant: inPath } = askedMeeting(asked);
  if (name === '') return failed('room', 'The address names no room behind its last slash.');
  const tenant = inPath ?? (askedTenant === undefined ? null : sentTenant(askedTenant));
  const claim = memberOf(claims, 'room');
  const isNone = claim === undefined || claim === false;
  if (!server.verifiesDomain) {
    // Later versions keep a pattern as it is written even where it counts for none.
    const isKept = server.patterns === 'as-written' && isPattern(claims);
    const room = typeof claim !== 'string' ? null : isKept ? claim : luaLower(claim);
    return checkRoomAlone(room, isNone, name, tenant);
  }
  if (isNone) return passed('room', 'It names no room, and the server asks for none.');
  if (typeof claim !== 'string') return failed('room', '`room` is not a text.');
  const opened = claim === '*' ? name : isPattern(claims) ? matched(claim, name, server) : luaLower(claim);
  if (opened === null && !server.requiresRoom) {
    return passed('room', 'Its pattern does not fit, and the server does not ask for a room.');
  }
  if (opened !== name) return failed('room', roomReason(claims, claim));
  return checkSub(claims, server, tenant) ?? passed('room', `It opens the room.${tenantNote(claims, tenant)}`);
}

/** With the check of domains off, patterns count for nothing and tenants do not differ. */
function checkRoomAlone(room: string | null, isNone: boolean, name: string, tenant: string | null): Check {
  if (isNone) return passed('room', 'It names no room, and the server asks for none.');
  const node = tenant === null ? name : `[${tenant}]${name}`;
  return room !== null && (room === '*' || room === node || node.endsWith(`]${room}`))
    ? passed('room', 'It opens the room.')
    : failed('room', `It is for another room${room === null ? '' : `, ${JSON.stringify(room.slice(0, 100))}`}.`);
}

/** `sub` against the tenant of the page, or the domain where it has none; null when it fits. */
export function checkSub(claims: Json | null, { domain }: JitsiServer, tenant: string | null): Check | null {
  const claim = memberOf(claims, 'sub');
  // Lua writes 7 as 7.0, so a number fits no name.
  if (typeof claim !== 'string') return failed('room', '`sub` is not a text.');
  const sub = luaLower(claim);
  if (sub === '*') return null;
  if (tenant !== null) return sub === tenant ? null : failed('room', '`sub` is not the tenant of the page.');
  if (domain !== null) {
    return sub === domain.toLowerCase()
      ? null
      : failed('room', '`sub` is not the server’s domain. Where the page has a tenant, send it as `tenant`.');
  }
  return {
    name: 'room',
    outcome: 'not-checked',
    reason: '`sub` names a domain or tenant, and neither is known here: configure `domain`, or `verifyDomain: false`.',
  };
}

function isPattern(claims: Json | null): boolean {
  const about = valueAt(claims, 'context.room');
  const regex = isObject(about) ? memberOf(about, 'regex') : undefined;
  return regex === true || regex === 'true';
}

/** What the pattern finds in the name, or its first capture; null where it finds nothing, undefined where it is refused. */
function matched(pattern: string, name: string, { patterns }: JitsiServer): string | null | undefined {
  if (patterns === 'off') return undefined;
  return foundInRoom(patterns === 'lower-case' ? luaLower(pattern) : pattern, name);
}

function roomReason(claims: Json | null, claim: string): string {
  return isPattern(claims)
    ? 'It is for other rooms: what its pattern finds, or its first capture, is not the whole name asked for.'
    : `It is for another room, ${JSON.stringify(claim.slice(0, 100))}.`;
}

/** Such a session is marked: rooms that let nobody in unauthenticated refuse it, modules may take its rights. */
function tenantNote(claims: Json | null, tenant: string | null): string {
  const own = valueAt(claims, 'context.tenant');
  return typeof own === 'string' && own.toLowerCase().replaceAll('.', '_') !== (tenant ?? '')
    ? ' Its `context.tenant` is not that of the page: rooms that refuse people without a token refuse it, too.'
    : '';
}

function passed(name: CheckName, reason: string): Check {
  return { name, outcome: 'passed', reason };
}

function failed(name: CheckName, reason: string): Check {
  return { name, outcome: 'failed', reason };
}
