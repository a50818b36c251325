import { MistakesError, readChecked, withoutRoot } from '../text/checked-json.ts';
import { unseen } from '../text/unseen-characters.ts';
import { lockFile, type TokenLock } from './lock-file.ts';

/** Longest lock file, in characters. */
const longest = 16 << 20;

/** Why a file is no lock. */
export class LockError extends MistakesError {}

/** The text of a lock file, checked. Throws `LockError` and nothing else. */
export function parseLock(text: string): TokenLock {
  const file = { code: 'lock', longest, whole: 'The lock', shown: withoutRoot };
  const { value, problems } = readChecked(text, file, lockFile);
  if (value === null) throw new LockError(problems);
  const { $schema: _, ...lock } = value;
  return lock;
}

export const lockSchema = 'https://unpkg.com/roomkey/docs/lock.schema.json';

/**
 * A lock as text: JSON with a line for each thing that is said of a kind and one for each of its places, so that a difference of two locks
 * reads as what changed. The same lock is the same text, byte for byte. Ends in a line break.
 */
export function formatLock({ lock, policy, kinds, findings, unlisted }: TokenLock): string {
  const head = { $schema: lockSchema, lock, policy, findings, ...(unlisted && { unlisted }) };
  return `{\n${[...membersOf(head, '  '), `  "kinds": ${listOf(kinds.map(kindText), '  ')}`].join(',\n')}\n}\n`;
}

function kindText({ places, ...setting }: TokenLock['kinds'][number]): string {
  const lines = [...membersOf(setting, '      '), `      "places": ${listOf(places.map(inLine), '      ')}`];
  return `{\n${lines.join(',\n')}\n    }`;
}

function membersOf(value: object, indent: string): string[] {
  return Object.entries(value).map(([name, one]) => `${indent}${JSON.stringify(name)}: ${inLine(one)}`);
}

function listOf(items: readonly string[], indent: string): string {
  return `[\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}]`;
}

/** Flat values with spaces where people set them. */
function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{ ${membersOf(value, '').join(', ')} }`;
  return JSON.stringify(value).replace(unseen, escaped);
}

function escaped(found: string): string {
  return Array.from({ length: found.length }, (_, at) => {
    return `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}
