import { parsePolicy } from '../engine/audit/policy/parse-policy.ts';
import { type Policy, policies } from '../engine/audit/policy/policies.ts';
import { rules } from '../engine/audit/rules/index.ts';
import { MistakesError } from '../engine/text/checked-json.ts';
import { urlFrom } from '../engine/text/hosts.ts';
import { quoted } from './one-line.ts';
import { readFileText } from './read-file.ts';
import { UsageError } from './usage-error.ts';

const timeShape = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Seconds since the epoch from `--now`: ISO 8601, or the seconds themselves. */
export function readNow(text: string): number {
  if (/^\d{1,12}(\.\d{1,9})?$/.test(text)) return Number(text);
  const [whole, year, month, day] = timeShape.exec(text) ?? [];
  const milliseconds = whole === undefined ? Number.NaN : Date.parse(whole);
  // The platform takes the 31st of February for a day in March.
  const isDay = Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number.isFinite(milliseconds) && isDay) return milliseconds / 1000;
  throw new UsageError(`--now takes a time such as 2026-11-20T12:00:00Z or seconds, not ${quoted(text)}`);
}

/** The file from `--output`; `-` is standard output, as when nothing is given. */
export function readOutput(name: string | undefined): string | undefined {
  return name === '-' ? undefined : name;
}

/** The address of a page from `--page`. */
export function readPage(text: string): string {
  if (urlFrom(text) && /^https?:/i.test(text)) return text;
  throw new UsageError(`--page takes the address of a page such as https://call.example/standup, not ${quoted(text)}`);
}

/** The name of a room from `--room`. */
export function readRoom(text: string): string {
  if (text.trim() === '') throw new UsageError('--room takes the name of a room, not an empty text');
  if (!/^https?:\/\//i.test(text)) return text;
  throw new UsageError(`--room takes the name of a room, not an address such as ${quoted(text)}; --page takes that`);
}

/** A policy by name, or from a JSON file (docs/policy.schema.json). Of a file with mistakes, every mistake is named. */
export async function readPolicy(name: string): Promise<Policy> {
  const known = Object.hasOwn(policies, name) ? policies[name as keyof typeof policies] : null;
  if (known) return known;
  let text: string;
  try {
    text = await readFileText(name);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (!error.message.endsWith('does not exist')) throw new UsageError(`the policy ${error.message}`);
    throw new UsageError(`the policy ${quoted(name)} is neither standard, strict, relaxed nor a file that can be read`);
  }
  const { policy, problems } = parsePolicy(text, { name, ruleIds: rules.map(({ id }) => id) });
  if (policy) return policy;
  throw mistakesIn(name, problems, 'policy');
}

/**
 * A file that a user wrote, read as `parse` does, which throws `MistakesError`. Of a file with mistakes, every mistake is named.
 *
 * @param what that the file should be: "lock"
 */
export async function readWritten<Read>(file: string, parse: (text: string) => Read, what: string): Promise<Read> {
  const text = await readFileText(file);
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof MistakesError) throw mistakesIn(file, error.problems, what);
    throw error;
  }
}

function mistakesIn(file: string, problems: readonly { message: string }[], what: string): UsageError {
  const [first = `${file} is no ${what}`, ...others] = problems.map(({ message }) => `${file}: ${message}`);
  return new UsageError(first, ...others);
}
