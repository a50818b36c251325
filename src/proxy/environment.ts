import { editDistance } from '../engine/text/edit-distance.ts';
import { closestName } from '../engine/text/spelling.ts';

/** Settings of the server itself, by the member they set. */
const settings = {
  ROOMKEY_ACCESS_KEYS: 'accessKeys',
  ROOMKEY_ORIGINS: 'origins',
  ROOMKEY_HOSTS: 'hosts',
  ROOMKEY_HOST: 'host',
  ROOMKEY_PORT: 'port',
} as const;

/** What may be set for a platform, behind `ROOMKEY_<PLATFORM>_`. */
const ofKey = {
  SECRET: 'secret',
  SECRET_BASE64: 'secretBase64',
  PUBLIC_KEY: 'publicKey',
  JWKS: 'jwks',
  DISCOVERY: 'discovery',
  KEY_SERVER: 'keyServer',
  ISSUER: 'issuer',
  AUDIENCE: 'audience',
  KID: 'kid',
  UPSTREAM: 'upstream',
  ASK_VENDOR: 'askVendor',
} as const;

/** The same, for a Jitsi server of one's own. */
const ofJitsi = {
  SIGNATURE_ALGORITHM: 'signatureAlgorithm',
  DOMAIN: 'domain',
  VERIFY_DOMAIN: 'verifyDomain',
  REQUIRE_ROOM: 'requireRoom',
  PATTERNS: 'patterns',
  ALLOW_EMPTY_TOKEN: 'allowEmptyToken',
} as const;

/** Names the configuration file; read by the command. */
const fileName = 'ROOMKEY_CONFIG';

/** Read by the tests of this project. */
const ofTests = ['ROOMKEY_BROWSER', 'ROOMKEY_TABLES_ONLY'];

export interface FromEnvironment {
  /** Members of the configuration. */
  settings: Record<string, unknown>;
  keys: Record<string, unknown>[];
  /** What cannot be meant, a clause each: names of variables, never values. */
  problems: string[];
}

/**
 * Reads every `ROOMKEY_…` variable. One that is unknown, empty or without the key it belongs to is a problem: a
 * misspelt `ROOMKEY_OIDC_ISUER` would otherwise leave a check out without a word.
 */
export function readEnvironment(
  environment: Record<string, string | undefined>,
  platforms: readonly string[],
): FromEnvironment {
  const found: FromEnvironment = { settings: {}, keys: [], problems: [] };
  const keys = new Map<string, Record<string, unknown>>();
  const known = knownNames(platforms);
  for (const [name, value] of Object.entries(environment)) {
    if (!/^ROOMKEY_/i.test(name) || value === undefined || ofTests.includes(name)) continue;
    const target = known.get(name);
    const isEmpty = value.trim() === '';
    if (name === fileName && !isEmpty) continue;
    if (!target && name !== fileName) found.problems.push(unknown(name, [fileName, ...known.keys()]));
    else if (!target || isEmpty) found.problems.push(`${name} is empty: set it or leave it out`);
    else read(name, target, value);
  }
  for (const [provider, key] of [...keys].sort(([a], [b]) => platforms.indexOf(a) - platforms.indexOf(b))) {
    const hasKey = ['secret', 'secretBase64', 'publicKey', 'jwks', 'discovery', 'keyServer'].some(
      (member) => member in key,
    );
    if (hasKey) found.keys.push({ provider, ...key });
    else found.problems.push(`${prefixOf(provider)}… is set, but no key of that platform`);
  }
  return found;

  function read(name: string, { platform, member }: Target, value: string) {
    const parsed = settingOf(member, value);
    if (parsed === null) found.problems.push(`${name} ${wanted[member] ?? 'cannot be read'}`);
    else if (platform === null) found.settings[member] = parsed;
    else keys.set(platform, { ...keys.get(platform), [member]: parsed });
  }
}

interface Target {
  platform: string | null;
  member: string;
}

function knownNames(platforms: readonly string[]): Map<string, Target> {
  const names = new Map<string, Target>();
  for (const [name, member] of Object.entries(settings)) names.set(name, { platform: null, member });
  for (const platform of platforms) {
    for (const [end, member] of Object.entries(platform === 'jitsi' ? { ...ofKey, ...ofJitsi } : ofKey))
      names.set(`${prefixOf(platform)}${end}`, { platform, member });
  }
  return names;
}

function prefixOf(platform: string): string {
  return `ROOMKEY_${platform.toUpperCase().replaceAll('-', '_')}_`;
}

function unknown(name: string, known: readonly string[]): string {
  // Somebody may have written a key where a name belongs, so what is shown of the name is bounded.
  const shown = name.replace(/[^\w]/g, '?').slice(0, 60);
  const meant = nearest(name, known);
  return `${shown} is no setting of this server${meant ? `; is ${meant} meant?` : ''}`;
}

/** A close name; else the one that takes the fewest letters to change, four at most. */
function nearest(name: string, known: readonly string[]): string | null {
  const close = closestName(name, known);
  if (close) return close;
  const upper = name.toUpperCase();
  let best: { name: string; distance: number } | null = null;
  for (const other of known) {
    const distance = editDistance(upper.slice(0, 64), other);
    if (distance <= 4 && (!best || distance < best.distance)) best = { name: other, distance };
  }
  return best?.name ?? null;
}

const wanted: Record<string, string> = {
  port: 'must be a port, a number from 0 to 65535',
  askVendor: 'must be true or false',
  verifyDomain: 'must be true or false',
  requireRoom: 'must be true or false',
  allowEmptyToken: 'must be true or false',
};

function settingOf(member: string, value: string): unknown {
  switch (member) {
    case 'accessKeys':
    case 'origins':
    case 'hosts':
    case 'issuer':
    case 'audience':
      return list(value);
    case 'port':
      return /^\d{1,5}$/.test(value.trim()) && Number(value) <= 65_535 ? Number(value) : null;
    case 'askVendor':
    case 'verifyDomain':
    case 'requireRoom':
    case 'allowEmptyToken':
      return value === 'true' ? true : value === 'false' ? false : null;
    case 'publicKey':
      return value.replaceAll('\\n', '\n');
    default:
      return value;
  }
}

function list(value: string): string[] | null {
  const parts = value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  return parts.length ? parts : null;
}
