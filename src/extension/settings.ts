import { type Mute, policies } from '../engine/audit/policy/policies.ts';
import { insecureUrl } from '../introspection/ask.ts';
import { type BackendSettings, defaultSettings, type OwnPolicy, type Preset, type Settings } from '../panel/host.ts';

const timeZones = ['local', 'utc'] as const;

/** Settings as stored, whatever an older version or another hand left there. */
export function readSettings(stored: unknown): Settings {
  if (typeof stored !== 'object' || stored === null) return { ...defaultSettings, pageMarks: {} };
  const { policy, sitePolicies, ownPolicies, mutes, pageMarks, timeZone, backends } = stored as Partial<
    Record<keyof Settings, unknown>
  >;
  const marks = members(pageMarks).filter(
    (entry): entry is [string, 'guest' | 'host'] => entry[1] === 'guest' || entry[1] === 'host',
  );
  const zone = timeZones.find((one) => one === timeZone);
  const list = Array.isArray(backends) ? backends.flatMap((one) => readBackend(one) ?? []) : [];
  const own = Array.isArray(ownPolicies) ? ownPolicies.flatMap((one) => readOwnPolicy(one) ?? []) : [];
  const isKnown = (name: unknown): name is string =>
    typeof name === 'string' && (Object.hasOwn(policies, name) || own.some((one) => one.name === name));
  const bySite = members(sitePolicies).filter((entry): entry is [string, string] => isKnown(entry[1]));
  const accepted = Array.isArray(mutes) ? mutes.flatMap((one) => readMute(one) ?? []) : [];
  return {
    policy: isKnown(policy) ? policy : defaultSettings.policy,
    ...(bySite.length ? { sitePolicies: Object.fromEntries(bySite) } : {}),
    ...(own.length ? { ownPolicies: own } : {}),
    ...(accepted.length ? { mutes: accepted } : {}),
    pageMarks: Object.fromEntries(marks),
    ...(zone ? { timeZone: zone } : {}),
    ...(list.length ? { backends: list } : {}),
  };
}

/** What an administrator set, as the managed storage answers. */
export function readPreset(stored: unknown): Preset {
  const { policy } = Object.fromEntries(members(stored));
  return { policy: typeof policy === 'string' && policy.trim() !== '' ? policy : null };
}

function readOwnPolicy(stored: unknown): OwnPolicy | null {
  const { name, text } = Object.fromEntries(members(stored));
  return typeof name === 'string' && name !== '' && typeof text === 'string' ? { name, text } : null;
}

/** A mute that says where it holds. Half of one is left out: it would mute more than was accepted. */
function readMute(stored: unknown): Mute | null {
  const { rule, token = null, place = null, origin = null, reason } = Object.fromEntries(members(stored));
  if (typeof rule !== 'string' || typeof reason !== 'string') return null;
  if (!isTextOrNull(token) || !isTextOrNull(place) || !isTextOrNull(origin)) return null;
  return token === null && place === null && origin === null ? null : { rule, token, place, origin, reason };
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

const members = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** A backend that tokens may be sent to, or null: a URL that another hand made insecure is not used. */
function readBackend(stored: unknown): BackendSettings | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { id, url, sites, providers, header } = stored as Partial<Record<keyof BackendSettings, unknown>>;
  if (typeof id !== 'string' || typeof url !== 'string' || insecureUrl(url) !== null) return null;
  const named = strings(sites);
  // None named means every site, which is not what another hand's odd ones meant.
  if (named.length === 0 && sites !== undefined && !(Array.isArray(sites) && sites.length === 0)) return null;
  return {
    id,
    url,
    sites: named,
    providers: strings(providers),
    header: typeof header === 'string' && header !== '' ? header : null,
  };
}

const strings = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
