import type { Token } from '../../../model/token.ts';
import type { Json, JsonObject } from '../../../text/json.ts';
import { shown } from '../../../text/sentence.ts';
import { memberOf, stringAt, valueAt } from '../../../text/values.ts';
import type { JoinProblem } from '../provider.ts';
import { flagAt } from './jitsi-context.ts';
import { countQuantifiers, foreignIn, foundInRoom, luaMatch, mostQuantifiers } from './lua-pattern.ts';
import { luaLower, roomAndTenant, sentRoomName, sentTenant } from './room-name.ts';

/*
 * What the token plug-ins of Prosody compare when somebody joins (jitsi-meet, resources/prosody-plugins: token/util.lib.lua,
 * luajwtjitsi.lib.lua, mod_token_verification.lua, read 2026-11), with their settings as they are when nobody sets them.
 */

/** Whether `room` is to be read as a Lua pattern. `*` opens every room all the same. */
function isPattern(claims: Json | null): boolean {
  return flagAt(claims, 'context.room.regex') === true && stringAt(claims, 'room') !== '*';
}

/** Whether the server lets a token into the room of that name; null where its version, or what is not known, decides. */
export function opensRoom({ claims }: Pick<Token, 'claims'>, name: string): boolean | null {
  const claim = stringAt(claims, 'room');
  if (claim === null) return null;
  if (claim === '*') return true;
  const room = sentRoomName(name);
  if (!isPattern(claims)) return luaLower(claim) === room;
  const { earlier, now } = patternAnswers(claim, room);
  return earlier === now ? now : null;
}

/**
 * Servers of 2026-02 put the pattern into lower case before they tried it; later ones take it as it is written. What comes back of
 * it is compared with the whole name.
 */
function patternAnswers(pattern: string, room: string): { earlier: boolean; now: boolean } {
  return {
    earlier: foundInRoom(luaLower(pattern), room) === room,
    now: foundInRoom(pattern, room) === room,
  };
}

/** What is wrong with the pattern itself, whatever the room. */
export function patternProblems({ claims }: Pick<Token, 'claims'>): JoinProblem[] {
  const pattern = stringAt(claims, 'room');
  if (pattern === null || !isPattern(claims)) return [];
  const odd = patternFault(pattern);
  if (odd === null) return [];
  return [
    {
      likelihood: 'likely',
      says: `\`context.room.regex\` is true, so \`room\` is read as a Lua pattern, and ${odd}.`,
      fix: 'Write the pattern in Lua: `%d` for a digit, `%-` for a hyphen; it has no alternatives and no groups with `?:`.',
      at: 'claims.room',
    },
  ];
}

function patternFault(pattern: string): string | null {
  const foreign = foreignIn(pattern);
  if (foreign !== null) return `\`${foreign}\` means nothing there`;
  const quantifiers = countQuantifiers(pattern);
  if (quantifiers > mostQuantifiers) {
    return `it has ${quantifiers} quantifiers, where the server allows three (\`token_regex_max_quantifiers\`)`;
  }
  const answer = luaMatch(pattern, '');
  return 'problem' in answer ? answer.problem : null;
}

/** The meeting that an address opens, or that somebody asks for, as the server is asked for it. */
interface Meeting {
  /** Host of the address, in lower case; null where there is none. */
  host: string | null;
  room: string;
  tenant: string | null;
}

/**
 * The meeting that the page or one of its frames is: an address written as Jitsi Meet writes them, or else one that names the
 * room of the token. What is asked for by name counts before any address, its tenant too where it has one (`acme/standup`).
 *
 * @param isMeeting whether an address is that of a meeting by its look alone
 */
export function meetingOf(
  { claims }: Pick<Token, 'claims'>,
  addresses: readonly URL[],
  asked: string | null,
  isMeeting: (url: URL) => boolean,
): Meeting | null {
  const claim = stringAt(claims, 'room');
  const fits = (url: URL) => claim !== null && roomAndTenant(url)?.room === luaLower(claim);
  const url = addresses.find(isMeeting) ?? addresses.find(fits);
  const named = url && roomAndTenant(url);
  const shown = url && named ? { host: url.hostname.toLowerCase(), ...named } : null;
  if (asked === null) return shown;
  const { room, tenant } = askedMeeting(asked);
  return room === '' ? shown : { host: shown?.host ?? null, room, tenant: tenant ?? shown?.tenant ?? null };
}

/** Room and tenant of a meeting that is asked for by name, as the server is asked for them. */
export function askedMeeting(asked: string): { room: string; tenant: string | null } {
  const slash = asked.lastIndexOf('/');
  return { room: sentRoomName(asked.slice(slash + 1)), tenant: sentTenant(asked.slice(0, Math.max(0, slash))) };
}

/** A pattern that only servers of one age find fitting. */
export function patternAges({ claims }: Pick<Token, 'claims'>, meeting: Meeting | null): JoinProblem[] {
  const pattern = stringAt(claims, 'room');
  if (!meeting || pattern === null || !isPattern(claims)) return [];
  const { earlier, now } = patternAnswers(pattern, meeting.room);
  if (earlier === now) return [];
  return [
    {
      likelihood: now ? 'likely' : 'possible',
      says: now
        ? `The pattern ${shown(pattern)} fits the room ${shown(meeting.room)} as it is written; servers of early 2026 and before read it in lower case, and then it does not.`
        : `The pattern ${shown(pattern)} fits the room ${shown(meeting.room)} only in lower case; servers of early 2026 and before read it so, later ones take it as it is written and refuse.`,
      fix: 'Write the pattern so that it fits in both ways: lower case only, and no class in capitals.',
      at: 'claims.room',
    },
  ];
}

/** `sub` names the domain, or the tenant where the address has one; the server compares it unless it is told not to. */
export function subProblems({ claims }: Pick<Token, 'claims'>, meeting: Meeting | null): JoinProblem[] {
  const claim = stringAt(claims, 'sub');
  if (!meeting || claim === null || claim === '') return [];
  const sub = claim.toLowerCase();
  const { host, tenant } = meeting;
  const compared = tenant ?? host;
  if (compared === null || sub === '*' || sub === compared) return [];
  // The domain that Prosody goes by need not be that of the address.
  const mayBeDomain = tenant === null && /[.:]/.test(sub);
  const wanted =
    tenant === null ? `the domain of the meeting (${host})` : `the tenant of the address (${shown(tenant)})`;
  return [
    {
      likelihood: mayBeDomain ? 'possible' : 'likely',
      says: mayBeDomain
        ? `\`sub\` is ${shown(claim)}, the address is at ${host}: refused unless that is the domain the server calls its own, or it does not compare \`sub\` (\`enable_domain_verification\`).`
        : `\`sub\` is ${shown(claim)}; it must be ${wanted} or \`*\`, unless the server does not compare it (\`enable_domain_verification\`, which is on by default).`,
      fix:
        tenant === null ? 'Set `sub` to the domain of the meeting, or to `*`.' : 'Set `sub` to the tenant, or to `*`.',
      at: 'claims.sub',
    },
  ];
}

/** A tenant that differs refuses nobody by itself, but it takes rights away. */
export function tenantProblems({ claims }: Pick<Token, 'claims'>, meeting: Meeting | null): JoinProblem[] {
  const tenant = stringAt(claims, 'context.tenant');
  if (!meeting || (meeting.host === null && meeting.tenant === null)) return [];
  if (tenant === null || tenant.toLowerCase().replaceAll('.', '_') === (meeting.tenant ?? '')) return [];
  return [
    {
      likelihood: 'possible',
      says: `\`context.tenant\` is ${shown(tenant)}, and the address ${meeting.tenant === null ? 'names no tenant' : `is of ${shown(meeting.tenant)}`}: rooms that refuse people without a token refuse this one as well, and its rights as moderator may be taken away.`,
      fix: 'Set `context.tenant` to the tenant in the address of the meeting.',
      at: 'claims.context.tenant',
    },
  ];
}

/** Values that JSON allows and the plug-ins stumble over, or read otherwise than meant. */
export function shapeProblems({ claims }: Pick<Token, 'claims'>): JoinProblem[] {
  if (!claims) return [];
  return [...nullTimes(claims), ...contextShape(claims), ...audienceShape(claims)];
}

/** `null` is a value to the server, and none that it can calculate with. */
function nullTimes(claims: JsonObject): JoinProblem[] {
  return ['exp', 'nbf']
    .filter((name) => memberOf(claims, name) === null)
    .map((name) => ({
      likelihood: 'certain',
      says: `\`${name}\` is null; the server asks for a number wherever the claim is there, and refuses it.`,
      fix: name === 'nbf' ? 'Leave `nbf` out, or set it to a number.' : 'Set `exp` to a number of seconds.',
      at: `claims.${name}`,
    }));
}

function contextShape(claims: JsonObject): JoinProblem[] {
  const context = memberOf(claims, 'context');
  const at = 'claims.context';
  const fix = 'Set `context` to an object: `{ "user": { "id": "…", "name": "…" } }`.';
  if (context === undefined) {
    return [
      {
        likelihood: 'possible',
        says: 'There is no `context`; a server takes the token all the same unless it was set up to ask for it, but after a refusal the web client names it among its reasons ("context object is missing").',
        fix,
        at,
      },
    ];
  }
  if (context === null || typeof context === 'number' || typeof context === 'boolean') {
    return [
      {
        likelihood: 'certain',
        says: `\`context\` is ${shown(context)}, at which the server's plug-in fails: it gives no answer.`,
        fix,
        at,
      },
    ];
  }
  if (typeof context === 'string' || Array.isArray(context)) {
    return [
      {
        likelihood: 'possible',
        says: `\`context\` is ${shown(context)}, in which the server finds nobody: the holder joins without name and rights.`,
        fix,
        at,
      },
    ];
  }
  return [];
}

function audienceShape(claims: JsonObject): JoinProblem[] {
  const audience = memberOf(claims, 'aud');
  if (audience === undefined || (typeof audience === 'string' && audience !== '')) return [];
  return [
    {
      likelihood: 'possible',
      says: `\`aud\` is ${shown(audience)}; the server takes that only while it accepts any audience, as it does unless \`asap_accepted_audiences\` is set: it compares the whole value with each name.`,
      fix: 'Set `aud` to one text, a name that the server accepts.',
      at: 'claims.aud',
    },
  ];
}

/** The header, which is compared to the letter. */
export function headerProblems({ header }: Pick<Token, 'header'>): JoinProblem[] {
  const typ = valueAt(header, 'typ');
  const problems: JoinProblem[] = [];
  if (header && typ !== 'JWT') {
    problems.push({
      likelihood: 'certain',
      says:
        typ === undefined
          ? 'The header has no `typ`; Prosody refuses tokens without `typ: "JWT"`.'
          : `The header says \`typ: ${shown(typ)}\`; Prosody accepts only "JWT".`,
      fix: 'Set `typ: "JWT"` in the header when signing.',
      at: 'header.typ',
    });
  }
  const alg = stringAt(header, 'alg') ?? '';
  if (/^[HR]S(?:384|512)$/.test(alg)) {
    problems.push({
      likelihood: 'possible',
      says: `The token is signed with ${alg}; the server takes exactly one algorithm, ${alg.startsWith('H') ? 'HS256' : 'RS256'} unless \`signature_algorithm\` says otherwise.`,
      fix: `Sign with ${alg.startsWith('H') ? 'HS256' : 'RS256'}.`,
      at: 'header.alg',
    });
  }
  if (alg.startsWith('RS') && stringAt(header, 'kid') === null) {
    const kid = valueAt(header, 'kid');
    problems.push({
      likelihood: 'likely',
      says: `The token is signed with ${alg}, and ${kid === undefined ? 'its header has no `kid`' : `the \`kid\` of its header is ${shown(kid)}`}: a server that looks keys up (\`asap_key_server\`, \`cache_keys_url\`) cannot find the public key and refuses it.`,
      fix: 'Set `kid` in the header to the id under which the server finds the public key.',
      at: 'header.kid',
    });
  }
  return problems;
}
