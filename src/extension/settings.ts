import { insecureUrl } from '../contract/ask.ts';
import type { BackendSettings } from '../panel/backend-host.ts';
import { defaultSettings, type Settings } from '../panel/host.ts';

const policies: readonly Settings['policy'][] = ['standard', 'strict', 'relaxed'];
const timeZones = ['local', 'utc'] as const;

/** Settings as stored, whatever an older version or another hand left there. */
export function readSettings(stored: unknown): Settings {
  if (typeof stored !== 'object' || stored === null) return { ...defaultSettings, pageMarks: {} };
  const { policy, pageMarks, timeZone, backends } = stored as Partial<Record<keyof Settings, unknown>>;
  const marks: Settings['pageMarks'] = {};
  if (typeof pageMarks === 'object' && pageMarks !== null) {
    for (const [origin, mark] of Object.entries(pageMarks))
      if (mark === 'guest' || mark === 'host') marks[origin] = mark;
  }
  const zone = timeZones.find((one) => one === timeZone);
  const list = Array.isArray(backends) ? backends.flatMap((one) => readBackend(one) ?? []) : [];
  return {
    policy: policies.find((one) => one === policy) ?? defaultSettings.policy,
    pageMarks: marks,
    ...(zone ? { timeZone: zone } : {}),
    ...(list.length ? { backends: list } : {}),
  };
}

/** A backend that tokens may be sent to, or null: a URL that another hand made insecure is not used. */
function readBackend(stored: unknown): BackendSettings | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { id, url, sites, providers, header } = stored as Partial<Record<keyof BackendSettings, unknown>>;
  if (typeof id !== 'string' || typeof url !== 'string' || insecureUrl(url) !== null) return null;
  return {
    id,
    url,
    sites: strings(sites),
    providers: strings(providers),
    header: typeof header === 'string' && header !== '' ? header : null,
  };
}

const strings = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
