import type { Json } from './json.ts';

/** Text cut to a length for display, with an ellipsis where something was left out. */
export function clip(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** A claim's value for a sentence: scalars as JSON, cut; anything larger by its kind, since nesting has no limit. */
export function quote(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'string') return JSON.stringify(clip(value));
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
