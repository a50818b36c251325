import { meaningOf } from './claims.ts';
import { contained } from './contain.ts';
import type { Confidence, Json, JsonObject, Problem, Subject, Token } from './model.ts';
import { providers } from './providers/index.ts';
import type { ClaimType, JoinProblem, Provider } from './providers/provider.ts';
import { hasAt, shown, stringAt, valueAt } from './providers/reading.ts';
import { isOpaqueId, isSameRoom, roomsInUrl } from './rules/room-in-url.ts';
import { closestName } from './spelling.ts';
import { inWords, isoUtc } from './time-words.ts';
import { skewSeconds } from './times.ts';

/** One reason why joining with a token fails, or not as meant. */
export interface Cause extends JoinProblem {
  /** Stable kebab-case code, e.g. "expired", "room-differs". */
  id: string;
}

export interface Surroundings {
  /** Seconds since the epoch. */
  now: number;
  /** Address of the top page, or null when there is none (a file, a pasted token). */
  pageUrl: string | null;
  frames: readonly { url: string }[];
}

/**
 * Why can't I join with this token? Causes, the most likely first; none when the token itself explains nothing.
 * Pure; never throws on hostile input.
 */
export function diagnose(subject: Subject, surroundings: Surroundings): Cause[] {
  const provider = providers.find(({ id }) => id === subject.provider?.id) ?? null;
  const { token } = subject;
  const addresses = addressesOf(surroundings);
  const causes = caused('damage', () => damage(token));
  // A token of another kind fails for that alone; what it lacks as a meeting token is no cause.
  const [wrong] = caused('kind', () => [wrongKind(subject, provider) ?? []].flat());
  if (wrong && wrong.id !== failedId) return [...causes, wrong];
  if (wrong) causes.push(wrong);
  const asked: Record<string, (of: Provider) => Cause[]> = {
    missing: (of) => missing(subject, of),
    platform: (of) => (of.joinProblems?.(token, addresses) ?? []).map((problem) => ({ id: 'platform', ...problem })),
    misspelt: (of) => misspelt(token, of),
    mistyped: (of) => mistyped(token, of),
    'wrong-platform': (of) => wrongPlatform(of, addresses),
    room: (of) => wrongRoom(subject, of, surroundings),
    limits: (of) => outsideLimits(subject, of),
  };
  causes.push(
    ...caused('clock', () => clock(subject, provider, surroundings.now)),
    ...caused('algorithm', () => wrongAlgorithm(token, provider)),
    ...(provider ? Object.entries(asked) : []).flatMap(([id, ask]) => caused(id, () => ask(provider as Provider))),
  );
  return ranked(causes);
}

const failedId = 'unit-failed';

/** The causes of one kind. Looking for them may fail; then that is said, and the other kinds stand. */
function caused(id: string, look: () => Cause[]): Cause[] {
  const failed: Cause[] = [];
  const tell = ({ message }: Problem) =>
    failed.push({
      id: failedId,
      likelihood: 'possible',
      says: message,
      fix: 'Nothing in the token need change for it.',
      at: null,
    });
  return contained('cause', id, failed, tell, look);
}

const likelihoods: readonly Confidence[] = ['certain', 'likely', 'possible'];

/** Most likely first, in the order found among equals; of two causes of the same kind at one claim, the first stays. */
function ranked(causes: Cause[]): Cause[] {
  const seen = new Set<string>();
  return [...causes]
    .sort((a, b) => likelihoods.indexOf(a.likelihood) - likelihoods.indexOf(b.likelihood))
    .filter(({ at, says }) => {
      const key = at ?? says;
      return seen.has(key) ? false : seen.add(key);
    })
    .slice(0, 20);
}

function addressesOf({ pageUrl, frames }: Surroundings): URL[] {
  return [pageUrl, ...frames.slice(0, 100).map(({ url }) => url)].flatMap(parsed);
}

function parsed(address: string | null): URL[] {
  try {
    return address ? [new URL(address)] : [];
  } catch {
    return [];
  }
}

function damage({ problem }: Token): Cause[] {
  if (!problem) return [];
  return [
    {
      id: 'damaged',
      likelihood: 'certain',
      says: `The token is damaged and cannot be read as a whole: ${problem.message}`,
      fix: 'Copy the whole token from where it is issued, in one line.',
      at: null,
    },
  ];
}

const kinds: Partial<Record<Subject['facts']['use'], string>> = {
  access: 'an access token',
  id: 'an ID token',
  refresh: 'a refresh token',
  session: 'a session token',
  'client-assertion': 'a client assertion',
  'dpop-proof': 'a proof of possession',
  'request-object': 'a sign-in request',
  logout: 'a logout token',
  set: 'a security event',
  vc: 'a credential',
  'one-time': 'a one-time link token',
  'public-key-token': 'a public key',
};

/** A server credential, a sign-in token, or one no platform knows. */
function wrongKind({ facts, provider: recognised }: Subject, provider: Provider | null): Cause | null {
  const owner = recognised ? `${recognised.name}: ` : '';
  if (facts.use === 'service-key' || facts.role === 'server') {
    return {
      id: 'server-credential',
      likelihood: 'certain',
      says: `This is a credential for servers (${owner}${facts.product ?? 'service key'}), not a token to join with.`,
      fix: 'Let your server make a token for this participant and pass that one to the browser.',
      at: facts.roleClaim ? `claims.${facts.roleClaim}` : null,
    };
  }
  const kind = kinds[facts.use];
  if (provider?.kind !== 'video' && kind) {
    return {
      id: 'wrong-product',
      likelihood: 'certain',
      says: `This is ${kind}${recognised ? ` of ${recognised.name}` : ''}, not a token to join a call with.`,
      fix: 'Exchange it on your server for a meeting token of the video platform.',
      at: null,
    };
  }
  if (provider && provider.kind === 'video') return null;
  return {
    id: 'unknown-platform',
    likelihood: provider ? 'likely' : 'possible',
    says: recognised
      ? `This token belongs to ${recognised.name}, which is no video platform.`
      : 'No known video platform issues tokens of this shape.',
    fix: 'Check that the application passes the meeting token, and not another one.',
    at: null,
  };
}

function clock({ token, times }: Subject, provider: Provider | null, now: number): Cause[] {
  const causes: Cause[] = [];
  const names = { issuedAt: 'iat', notBefore: 'nbf', expiresAt: 'exp', ...provider?.timeClaims };
  const name = (key: keyof typeof names) => (hasAt(token.claims, names[key]) ? names[key] : defaults[key]);
  const fix = (rule: string, otherwise: string) => provider?.fixes[rule] ?? otherwise;
  for (const key of ['expiresAt', 'notBefore', 'issuedAt'] as const) {
    const value = valueAt(token.claims, name(key));
    const at = `claims.${name(key)}`;
    if (value === undefined || value === null) continue;
    // A platform may count from the issue (Agora), or in another unit.
    if (meaningOf(provider, name(key))?.unit !== 'seconds since the epoch') continue;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      causes.push({
        id: 'time-not-a-number',
        likelihood: key === 'issuedAt' ? 'possible' : 'certain',
        says: `\`${name(key)}\` is ${shown(value)}; it has to be a number of seconds.`,
        fix: fix('exp-not-numeric', 'Write a JSON number: `Math.floor(Date.now() / 1000) + 3600`.'),
        at,
      });
    } else if (value >= 946_684_800_000) {
      const never = key === 'notBefore';
      causes.push({
        id: 'time-in-milliseconds',
        likelihood: never ? 'certain' : 'likely',
        says: `\`${name(key)}\` is ${shown(value)}, which counts milliseconds; read as seconds it lies thousands of years ahead${never ? ', so the token never becomes valid' : ''}.`,
        fix: fix('time-claim-milliseconds', 'Divide by 1000 and round down.'),
        at,
      });
    } else if (key === 'expiresAt' && value > 0 && value < 100_000_000) {
      causes.push({
        id: 'time-relative',
        likelihood: 'certain',
        says: `\`${name(key)}\` is ${shown(value)}, which is a length of time and not a moment: it lies in the 1970s.`,
        fix: `Add the length to the present: \`Math.floor(Date.now() / 1000) + ${value}\`.`,
        at,
      });
    }
  }
  const { expiresAt, notBefore, issuedAt } = times;
  if (expiresAt !== null && expiresAt <= now) {
    causes.push({
      id: 'expired',
      likelihood: expiresAt <= now - skewSeconds ? 'certain' : 'likely',
      says: `The token expired ${inWords(now - expiresAt)} ago, at ${isoUtc(expiresAt)}.`,
      fix: fix('exp-expired', 'Ask for a new token shortly before joining.'),
      at: `claims.${name('expiresAt')}`,
    });
    // Tokens made to live for seconds (Galene) are always close to their end.
  } else if (expiresAt !== null && expiresAt - now <= Math.min(30, (times.lifetimeSeconds ?? 3600) / 4)) {
    causes.push({
      id: 'expires-at-once',
      likelihood: 'possible',
      says: `The token expires in ${inWords(expiresAt - now)}; joining may take longer.`,
      fix: fix('exp-expired', 'Ask for a new token shortly before joining.'),
      at: `claims.${name('expiresAt')}`,
    });
  }
  if (notBefore !== null && notBefore > now && notBefore < 946_684_800_000) {
    causes.push({
      id: 'not-yet-valid',
      likelihood: notBefore > now + skewSeconds ? 'certain' : 'likely',
      says: `The token becomes valid in ${inWords(notBefore - now)}, at ${isoUtc(notBefore)}.`,
      fix: fix(
        'nbf-future',
        'Set `nbf` to now or leave it out, and correct the clock of the server that makes the token.',
      ),
      at: `claims.${name('notBefore')}`,
    });
  }
  if (issuedAt !== null && issuedAt > now + skewSeconds && issuedAt < 946_684_800_000) {
    causes.push({
      id: 'clocks-differ',
      likelihood: 'likely',
      says: `The token was made ${inWords(issuedAt - now)} in the future, at ${isoUtc(issuedAt)}: the clock here or at its maker is wrong.`,
      fix: 'Correct the clock of this computer, or of the server that makes the token.',
      at: `claims.${name('issuedAt')}`,
    });
  }
  const start = notBefore ?? issuedAt;
  if (expiresAt !== null && start !== null && expiresAt <= start) {
    causes.push({
      id: 'never-valid',
      likelihood: 'certain',
      says: `The token ends before it starts: \`${name('expiresAt')}\` is not after \`${name(notBefore === null ? 'issuedAt' : 'notBefore')}\`.`,
      fix: fix('exp-not-after-nbf', 'Set `exp` later than `nbf` and `iat`.'),
      at: `claims.${name('expiresAt')}`,
    });
  }
  return causes;
}

const defaults = { issuedAt: 'iat', notBefore: 'nbf', expiresAt: 'exp' } as const;

function wrongAlgorithm({ header, form }: Token, provider: Provider | null): Cause[] {
  const alg = stringAt(header, 'alg');
  if (form === 'jws-unsecured' || alg?.trim().toLowerCase() === 'none') {
    return [
      {
        id: 'unsigned',
        likelihood: 'certain',
        says: 'The token is not signed (`alg` is "none"), and no platform should accept it.',
        fix: `Sign it${provider?.algorithms[0] ? ` with ${provider.algorithms[0]}` : ''}.`,
        at: 'header.alg',
      },
    ];
  }
  if (!alg || !provider || provider.kind !== 'video' || provider.algorithms.length === 0) return [];
  if (provider.algorithms.includes(alg)) return [];
  return [
    {
      id: 'wrong-algorithm',
      likelihood: 'certain',
      says: `The token is signed with ${shown(alg)}; ${provider.name} takes ${provider.algorithms.join(', ')}.`,
      fix: `Set the algorithm to ${provider.algorithms[0]} when signing.`,
      at: 'header.alg',
    },
  ];
}

function missing({ token, facts }: Subject, { required = {}, name, fixes, timeClaims }: Provider): Cause[] {
  if (!token.claims || token.problem) return [];
  return Object.entries(required).flatMap(([path, without]) => {
    const value = read(token, path);
    const blank = typeof value === 'string' && value.trim() === '';
    if (value !== undefined && value !== null && !blank) return [];
    const rule =
      path === (timeClaims?.expiresAt ?? 'exp')
        ? 'exp-missing'
        : path === facts.roomClaim
          ? 'video-room-missing'
          : null;
    return [
      {
        id: 'claim-missing',
        likelihood: 'certain' as const,
        says: `\`${path}\` is ${value === undefined ? 'missing' : 'empty'}; without it, ${without}.`,
        fix: (rule && fixes[rule]) || `Set \`${path}\` as ${name} documents it when making the token.`,
        at: place(path),
      },
    ];
  });
}

/** Claims under a name the platform does not read: known mistakes, and near ones inside the payload and its grants. */
function misspelt({ claims }: Token, provider: Provider): Cause[] {
  if (!claims) return [];
  const cause = (wrong: string, right: string, likelihood: Confidence): Cause => ({
    id: 'misspelt',
    likelihood,
    says: `\`${wrong}\` means nothing to ${provider.name}; the claim is called \`${right}\`${hasAt(claims, right) ? ', which is there as well' : ''}.`,
    fix: `Use \`${right}\`${hasAt(claims, right) ? ' only' : ` instead of \`${wrong}\``}.`,
    at: `claims.${wrong}`,
  });
  const known = Object.entries(provider.aliases ?? {}).filter(([wrong]) => hasAt(claims, wrong));
  const causes = known.map(([wrong, right]) => cause(wrong, right, hasAt(claims, right) ? 'possible' : 'likely'));
  for (const [path, names] of namesByParent(provider)) {
    const parent = path === '' ? claims : valueAt(claims, path);
    if (typeof parent !== 'object' || parent === null || Array.isArray(parent)) continue;
    const absent = names.filter((name) => !Object.hasOwn(parent, name));
    for (const member of Object.keys(parent).slice(0, 200)) {
      const full = path === '' ? member : `${path}.${member}`;
      if (meaningOf(provider, full) || known.some(([wrong]) => wrong === full)) continue;
      const close = closestName(member, absent);
      if (close) causes.push(cause(full.slice(0, 120), path === '' ? close : `${path}.${close}`, 'likely'));
    }
  }
  return causes;
}

/** Known members of each object a platform documents, by the object's path; objects with free members left out. */
function namesByParent({ claims }: Provider): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const path of Object.keys(claims)) {
    if (path.startsWith('header.') || path.includes('*')) continue;
    const dot = path.lastIndexOf('.');
    const parent = dot < 0 ? '' : path.slice(0, dot);
    names.set(parent, [...(names.get(parent) ?? []), path.slice(dot + 1)]);
  }
  return names;
}

/** Claims of a type or value the platform does not read. Times are judged with the clock. */
function mistyped(token: Token, provider: Provider): Cause[] {
  return Object.entries(provider.claims).flatMap(([path, { type, values, unit, whenAbsent }]) => {
    if (path.includes('*') || unit === 'seconds since the epoch') return [];
    const value = read(token, path);
    if (value === undefined) return [];
    const types = type === undefined ? [] : Array.isArray(type) ? (type as ClaimType[]) : [type as ClaimType];
    const needed = Object.hasOwn(provider.required ?? {}, path);
    if (types.length > 0 && !types.some((wanted) => isOf(wanted, value))) {
      return [
        {
          id: 'mistyped',
          likelihood: needed ? ('certain' as const) : ('likely' as const),
          says: `\`${path}\` is ${shown(value)}${typeof value === 'string' ? ', a text' : ''}; ${provider.name} reads ${types.map((wanted) => typeWords[wanted]).join(' or ')}.`,
          fix: `Write \`${path}\` as ${typeWords[types[0] as ClaimType]}${typeof value === 'string' && types[0] === 'boolean' ? ', without quotes' : ''}.`,
          at: place(path),
        },
      ];
    }
    if (values && typeof value === 'string' && !values.includes(value)) {
      return [
        {
          id: 'unknown-value',
          likelihood: needed ? ('certain' as const) : ('likely' as const),
          says: `\`${path}\` is ${shown(value)}; ${provider.name} ${values.length === 1 ? 'takes only' : 'knows'} ${values.map((known) => `"${known}"`).join(', ')}.`,
          fix:
            values.length === 1
              ? `Set \`${path}\` to "${values[0]}".`
              : `Use one of these${whenAbsent && whenAbsent.length < 40 ? `, or leave it out (${whenAbsent})` : ''}.`,
          at: place(path),
        },
      ];
    }
    return [];
  });
}

const typeWords: Record<ClaimType, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  'boolean-text': '"true" or "false"',
};

function isOf(type: ClaimType, value: Json): boolean {
  if (type === 'boolean-text') return value === 'true' || value === 'false';
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

/** A call page of another platform, and none of the token's own. */
function wrongPlatform(provider: Provider, addresses: readonly URL[]): Cause[] {
  const serves = ({ transport }: Provider) =>
    addresses.find((url) => transport.hosts.some((host) => isHost(url.hostname, host)));
  if (provider.transport.hosts.length === 0 || serves(provider)) return [];
  for (const other of providers) {
    if (
      other === provider ||
      other.kind !== 'video' ||
      other.transport.hosts.some((host) => provider.transport.hosts.includes(host))
    )
      continue;
    const url = serves(other);
    if (!url) continue;
    return [
      {
        id: 'wrong-platform',
        likelihood: 'likely',
        says: `The token is for ${provider.name}, but the page shows a call of ${other.name} (${url.hostname}).`,
        fix: `Pass a token of ${other.name}, or open the ${provider.name} call.`,
        at: null,
      },
    ];
  }
  return [];
}

function isHost(hostname: string, pattern: string): boolean {
  return pattern.startsWith('*.')
    ? hostname.endsWith(pattern.slice(1)) || hostname === pattern.slice(2)
    : hostname === pattern;
}

/**
 * The room the page wants to enter with a call token, as its addresses name it; null when they name none. Of several, the one
 * that the token opens.
 */
export function roomBeingJoined(
  subject: Subject,
  surroundings: Pick<Surroundings, 'pageUrl' | 'frames'>,
): string | null {
  const provider = providers.find(({ id }) => id === subject.provider?.id);
  if (!provider) return null;
  const told = roomsTold(subject, provider, surroundings);
  return (told.find(({ mayOpen }) => mayOpen) ?? told[0])?.only ?? null;
}

interface ToldRoom {
  only: string;
  /** Written the platform's own way. */
  certain: boolean;
  /** The token opens it, as far as is known. */
  mayOpen: boolean;
}

/** Rooms that addresses around a token name, the address that knows best first. None for tokens that open any room. */
function roomsTold(
  { token, facts, sightings }: Subject,
  provider: Provider,
  { pageUrl, frames }: Pick<Surroundings, 'pageUrl' | 'frames'>,
): ToldRoom[] {
  const { room } = facts;
  const isOne = facts.roomScope === 'one-room';
  const isSome = facts.roomScope === 'some-rooms' && provider.opensRoom !== undefined;
  if (!room || !(isOne || isSome) || provider.roomNamesAreInternal) return [];
  const mayOpen = (name: string) => (isOne ? isSameRoom(name, room) : provider.opensRoom?.(token, name) !== false);
  // The address the token stands in knows best, then the call's own frame, then the page.
  const own = sightings.find(({ place: { traits } }) => traits.urlPart !== null)?.place.url ?? null;
  return [own, ...frames.slice(0, 100).map(({ url }) => url), pageUrl].flatMap((address): ToldRoom[] => {
    const [url] = parsed(address);
    if (!url) return [];
    const exact = provider.roomInUrl?.(url) ?? null;
    if (exact !== null) return [{ only: exact, certain: true, mayOpen: mayOpen(exact) }];
    const [only, ...more] = roomsInUrl(address, provider);
    // An application's own addresses may hold ids that it maps to rooms.
    return only === undefined || more.length > 0 || isOpaqueId(only) || isOpaqueId(room)
      ? []
      : [{ only, certain: false, mayOpen: mayOpen(only) }];
  });
}

/** The addresses name one room, and it is not the token's. */
function wrongRoom(
  subject: Subject,
  provider: Provider,
  surroundings: Pick<Surroundings, 'pageUrl' | 'frames'>,
): Cause[] {
  const { facts } = subject;
  const { room } = facts;
  const isOne = facts.roomScope === 'one-room';
  const told = roomsTold(subject, provider, surroundings);
  const [first] = told;
  if (!room || !first || told.some(({ mayOpen }) => mayOpen)) return [];
  return [
    {
      id: 'room-differs',
      likelihood: first.certain ? 'certain' : 'likely',
      says: `The address names the room ${shown(first.only)}, but the token opens ${isOne ? '' : 'only rooms like '}${shown(room)}.`,
      fix: provider.fixes['video-room-mismatch'] ?? 'Make the token for the room being joined.',
      at: facts.roomClaim ? `claims.${facts.roomClaim}` : null,
    },
  ];
}

function outsideLimits({ token, times }: Subject, provider: Provider): Cause[] {
  const causes: Cause[] = [];
  const { floorSeconds, ceilingSeconds } = provider.lifetime;
  const seconds = times.lifetimeSeconds;
  const bound =
    seconds === null || seconds <= 0
      ? null
      : floorSeconds !== null && seconds < floorSeconds
        ? `at least ${inWords(floorSeconds)}`
        : ceilingSeconds !== null && seconds > ceilingSeconds
          ? `at most ${inWords(ceilingSeconds)}`
          : null;
  if (bound && seconds !== null) {
    causes.push({
      id: 'lifetime-outside-limits',
      likelihood: 'likely',
      says: `The token lives ${inWords(seconds)}; ${provider.name} takes ${bound}.`,
      fix: provider.fixes['video-lifetime-vendor'] ?? `Set the expiry so that the token lives ${bound}.`,
      at: `claims.${provider.timeClaims?.expiresAt ?? 'exp'}`,
    });
  }
  for (const { claim, max, unit } of provider.limits) {
    const value = claim === '' ? token.text : read(token, claim);
    if (value === undefined || sizeOf(value, unit, max) <= max) continue;
    causes.push({
      id: 'too-long',
      likelihood: claim === '' ? 'possible' : 'likely',
      says: `${claim === '' ? 'The token' : `\`${claim}\``} is longer than the ${max.toLocaleString('en-US')} ${unit} that ${provider.name} takes.`,
      fix:
        provider.fixes['video-connection-data-long'] ?? 'Shorten it, for example to an id that your server looks up.',
      at: claim === '' ? null : place(claim),
    });
  }
  return causes;
}

/** Length of a text, or of a map of texts with its names, counted no further than needed; 0 for anything else. */
function sizeOf(value: Json, unit: 'characters' | 'bytes', enough: number): number {
  const texts =
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [name, text] : []))
        : [];
  let size = 0;
  for (const text of texts) {
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      size += unit === 'characters' || code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (size > enough) return size;
    }
  }
  return size;
}

/** Value at a path as providers write them, header members included. */
function read(token: Token, path: string): Json | undefined {
  const { header, claims }: { header: JsonObject | null; claims: JsonObject | null } = token;
  return path.startsWith('header.') ? valueAt(header, path.slice(7)) : valueAt(claims, path);
}

const place = (path: string) => (path.startsWith('header.') ? path : `claims.${path}`);
