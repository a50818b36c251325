import { type Severity, severities } from '../model/report.ts';
import type { ModifierId, Rule } from './rules/rule.ts';

/** What each modifier means, for legends and reports. */
export const modifierWords: Record<ModifierId, string> = {
  M1: 'it has expired, so a copy is worth less',
  M2: 'it is public by design',
  M3: 'the page runs on a development host',
  M4: 'it is a published sample',
  M5: 'it carries host, administrator or long-term power',
  M6: 'it is bound to a key that its sender proved to hold',
};

const ladder: readonly Severity[] = [...severities].reverse();

/** Moves a severity by whole levels, never below info or above critical. */
export function shift(severity: Severity, levels: number): Severity {
  const at = Math.min(ladder.length - 1, Math.max(0, ladder.indexOf(severity) + levels));
  return ladder[at] ?? severity;
}

/** The less severe of two. */
export function atMost(severity: Severity, limit: Severity): Severity {
  return ladder.indexOf(severity) > ladder.indexOf(limit) ? limit : severity;
}

/** The more severe of two. */
export function atLeast(severity: Severity, limit: Severity): Severity {
  return ladder.indexOf(severity) < ladder.indexOf(limit) ? limit : severity;
}

/** Applies the modifiers that hold to one rule's severity. */
export function modify(
  severity: Severity,
  rule: Rule,
  holds: ReadonlySet<ModifierId>,
): { severity: Severity; modifiers: ModifierId[] } {
  const modifiers: ModifierId[] = [];
  const concerns = (id: ModifierId, concerned: boolean) => concerned && holds.has(id) && !rule.immuneTo?.includes(id);
  const exposes = rule.group === 'storage' || rule.group === 'transport';
  if (concerns('M4', true)) set('M4', 'info');
  else if (concerns('M2', exposes || rule.group === 'time')) set('M2', 'info');
  else if (concerns('M3', rule.group === 'transport' || rule.id.startsWith('cookie-'))) set('M3', 'info');
  else {
    if (concerns('M5', rule.aboutTheft === true)) set('M5', shift(severity, 1));
    if (concerns('M1', exposes)) set('M1', shift(severity, -1));
    if (concerns('M6', rule.aboutTheft === true)) set('M6', shift(severity, -1));
  }
  return { severity, modifiers };

  function set(id: ModifierId, changed: Severity) {
    if (changed !== severity) modifiers.push(id);
    severity = changed;
  }
}
