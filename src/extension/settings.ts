import { defaultSettings, type Settings } from '../panel/host.ts';

const policies: readonly Settings['policy'][] = ['standard', 'strict', 'relaxed'];

/** Settings as stored, whatever an older version or another hand left there. */
export function readSettings(stored: unknown): Settings {
  if (typeof stored !== 'object' || stored === null) return { ...defaultSettings, pageMarks: {} };
  const { policy, pageMarks } = stored as { policy?: unknown; pageMarks?: unknown };
  const marks: Settings['pageMarks'] = {};
  if (typeof pageMarks === 'object' && pageMarks !== null) {
    for (const [origin, mark] of Object.entries(pageMarks))
      if (mark === 'guest' || mark === 'host') marks[origin] = mark;
  }
  return { policy: policies.find((one) => one === policy) ?? defaultSettings.policy, pageMarks: marks };
}
