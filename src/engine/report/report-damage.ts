import type { Problem } from '../model/capture.ts';
import { roles } from '../model/facts.ts';
import { reportInPart } from '../model/notes.ts';
import { type Severity, severities } from '../model/report.ts';
import { tokenUses } from '../model/token.ts';
import { list, number, record } from '../text/narrow.ts';

/**
 * What of a saved report was not read: lists that are none or too long, fewer tokens than it counts, and tokens that another version
 * tells of in words of its own. Where nothing says so, what is missing would pass for what is not there.
 *
 * @param most entries that are read of a list
 */
export function reportDamage(saved: Record<string, unknown>, most: number): Problem[] {
  const tokens = list(saved.tokens);
  const { tokens: present, gone } = record(saved.summary);
  const missing = (number(present) ?? 0) + (number(gone) ?? 0) - tokens.length;
  const strange = tokens.slice(0, most).filter(isStrange).length;
  const parts = ['tokens', 'findings', 'problems', 'inputs', 'lookedAt'];
  const noLists = parts.filter((name) => saved[name] !== undefined && !Array.isArray(saved[name]));
  if (saved.problems === undefined) noLists.push('problems');
  const isLookedAt =
    saved.lookedAt !== undefined || list(saved.inputs).some((input) => record(input).origins !== undefined);
  return [
    // Where a token was seen, somebody looked; of anywhere else nothing is known, and nothing was lost.
    ...(isLookedAt ? [] : [{ code: 'looks-untold', message: 'Where was looked is not told by the saved report.' }]),
    ...parts
      .filter((name) => list(saved[name]).length > most)
      .map((name) => inPart(`Of ${name} of the saved report only the first ${most} were read.`)),
    ...noLists.map((name) => inPart(`The saved report has no list of ${name}.`)),
    ...(missing > 0 ? [inPart(`The saved report counts ${missing} more ${word(missing)} than it holds.`)] : []),
    ...(strange > 0
      ? [inPart(`What ${strange} ${word(strange)} of the saved report may do is not told in words of this version.`)]
      : []),
  ];
}

/** That a saved report counts other findings than it holds, whichever of both is missing or made up. Without a count there is nothing to tell. */
export function miscounted(summary: Record<string, unknown>, held: Readonly<Record<Severity, number>>): Problem[] {
  const differs = (severity: Severity) => (number(summary[severity]) ?? held[severity]) !== held[severity];
  return severities.some(differs) ? [inPart('The saved report counts other findings than it holds.')] : [];
}

/** Whether it cannot be told what a token is for, or whose it is. */
function isStrange(token: unknown): boolean {
  const { use, role } = record(record(token).facts);
  return !tokenUses.some((one) => one === use) || !roles.some((one) => one === role);
}

const inPart = (message: string): Problem => ({ code: reportInPart, message });
const word = (count: number) => (count === 1 ? 'token' : 'tokens');
