import { readFile } from 'node:fs/promises';
import { type Policy, policies } from '../engine/policies.ts';
import { parsePolicy } from '../engine/policy-file.ts';
import { rules } from '../engine/rules/index.ts';
import { UsageError } from './usage-error.ts';

/** Seconds since the epoch from `--now`: ISO 8601, or the seconds themselves. */
export function readNow(text: string): number {
  if (/^\d{1,12}(\.\d+)?$/.test(text)) return Number(text);
  const milliseconds = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(milliseconds)) return milliseconds / 1000;
  throw new UsageError(`--now takes a time such as 2026-11-20T12:00:00Z or seconds, not ${JSON.stringify(text)}`);
}

/** A policy by name, or from a JSON file (docs/policy.schema.json). Of a file with mistakes, every mistake is named. */
export async function readPolicy(name: string): Promise<Policy> {
  const known = Object.hasOwn(policies, name) ? policies[name as keyof typeof policies] : null;
  if (known) return known;
  let text: string;
  try {
    text = await readFile(name, 'utf8');
  } catch {
    throw new UsageError(
      `the policy ${JSON.stringify(name)} is neither standard, strict, relaxed nor a file that can be read`,
    );
  }
  const { policy, problems } = parsePolicy(text, { name, ruleIds: rules.map(({ id }) => id) });
  if (!policy) throw new UsageError([`${name}:`, ...problems.map(({ message }) => message)].join('\n  '));
  return policy;
}
