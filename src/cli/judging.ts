import { readFile } from 'node:fs/promises';
import { type Policy, policies } from '../engine/policies.ts';
import { UsageError } from './usage-error.ts';

/** Seconds since the epoch from `--now`: ISO 8601, or the seconds themselves. */
export function readNow(text: string): number {
  if (/^\d{1,12}(\.\d+)?$/.test(text)) return Number(text);
  const milliseconds = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(milliseconds)) return milliseconds / 1000;
  throw new UsageError(`--now takes a time such as 2026-11-20T12:00:00Z or seconds, not ${JSON.stringify(text)}`);
}

/** A policy by name, or from a JSON file whose members replace those of the policy it `extends` (standard when left out). */
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
  return parsePolicy(text, name);
}

function parsePolicy(text: string, name: string): Policy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${name} is not valid JSON`);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new UsageError(`${name} is not a policy: an object was expected`);
  }
  const { extends: base = 'standard', ...members } = value as Record<string, unknown>;
  const from =
    typeof base === 'string' && Object.hasOwn(policies, base) ? policies[base as keyof typeof policies] : null;
  if (!from) throw new UsageError(`${name} extends an unknown policy: ${JSON.stringify(base)}`);
  for (const [member, given] of Object.entries(members)) {
    const model = Object.hasOwn(from, member) ? from[member as keyof Policy] : undefined;
    if (model === undefined) throw new UsageError(`${name}: a policy has no member ${JSON.stringify(member)}`);
    if (kindOf(given) !== kindOf(model)) {
      throw new UsageError(`${name}: ${member} must be ${kindOf(model)}, not ${kindOf(given)}`);
    }
  }
  const own = members as Partial<Policy>;
  return {
    ...from,
    ...own,
    name: own.name ?? name,
    lifetimes: { ...from.lifetimes, ...own.lifetimes },
    severities: { ...from.severities, ...own.severities },
  };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : `a${typeof value === 'object' ? 'n' : ''} ${typeof value}`;
}
