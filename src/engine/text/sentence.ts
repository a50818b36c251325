/** Values from outside as they may stand in a sentence. */
import { withoutCutRun } from './cut-run.ts';
import type { Json } from './json.ts';
import { valueAt } from './values.ts';

/** Text cut to a length for display, with an ellipsis where something was left out. No pair of surrogates is parted. */
export function clip(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The same for names that a page gives, which may be tokens: what is cut within one no mask would know again, so little of it is kept. */
export function clipName(name: string, length = 60): string {
  return name.length <= length ? name : `${withoutCutRun(clip(name, length).slice(0, -1))}…`;
}

/** A value as the object of a sentence: scalars as JSON, of a text 60 characters at most. */
export function quote(value: Json | undefined): string {
  return inWords(value, (text) => JSON.stringify(clip(text)));
}

/** The same for a clause, which often holds several: a text takes 50 characters at most, quotes and escapes included. */
export function shown(value: Json | undefined): string {
  return inWords(value, (text) => {
    const quoted = JSON.stringify(text.slice(0, 49));
    return quoted.length > 50 ? `${quoted.slice(0, 47)}…"` : quoted;
  });
}

/** Anything larger than a scalar by its kind, since nesting has no limit. */
function inWords(value: Json | undefined, quoted: (text: string) => string): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** Half a sentence about one claim: "`room` is absent", "`room` is 7". */
export function stated(claims: Json | null | undefined, path: string): string {
  return `\`${path}\` is ${shown(valueAt(claims, path))}`;
}

/** Names in a sentence: "a, b and c". */
export function listed(names: readonly string[]): string {
  return joined(names, 'and');
}

/** Names in a sentence, one of which it is: "a, b or c". */
export function anyOf(names: readonly string[]): string {
  return joined(names, 'or');
}

function joined(names: readonly string[], last: 'and' | 'or'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}
