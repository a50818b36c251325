import { removed } from './opaque-value.ts';

/** One stretch of a text and what takes its place. Offsets count characters of the text before the change. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Puts `redacted` in the place of a stretch. */
export function removal(start: number, end: number, bytes: boolean): Edit {
  if (!bytes) return { start, end, text: removed };
  // As long as what it stands for, so that lengths and offsets in binary data still fit.
  const length = end - start;
  return { start, end, text: length < removed.length ? '*'.repeat(length) : removed.padEnd(length, '*') };
}

/** Carries out edits, which are in order and do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const whole: string[] = [];
  let pieces: string[] = [];
  let at = 0;
  for (const edit of edits) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
    if (pieces.length < 4096) continue;
    whole.push(pieces.join(''));
    pieces = [];
  }
  pieces.push(text.slice(at));
  whole.push(pieces.join(''));
  return whole.join('');
}

/** Edits in order, without those that reach into one that starts before them. */
export function inOrder(edits: Edit[]): Edit[] {
  let isOrdered = true;
  for (let at = 1; at < edits.length && isOrdered; at += 1) {
    isOrdered = (edits[at] as Edit).start >= (edits[at - 1] as Edit).end;
  }
  if (isOrdered) return edits;
  const sorted = edits.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return sorted.filter((edit) => {
    if (edit.start < end) return false;
    end = edit.end;
    return true;
  });
}

/**
 * One list, perhaps one of the two: the edits of `text` that do what `first` and, on its result, `second` do. What neither touches stays out of the
 * outcome, so it stays as it was written. Both lists are in order; linear in their lengths.
 */
export function compose(text: string, first: Edit[], second: Edit[]): Edit[] {
  if (second.length === 0) return first;
  if (first.length === 0) return second;
  const out: Edit[] = [];
  let i = 0;
  let j = 0;
  /** How far the text between is ahead of `text` before the edits at hand. */
  let shift = 0;
  while (i < first.length || j < second.length) {
    const fromFirst = i < first.length ? (first[i] as Edit).start + shift : Number.POSITIVE_INFINITY;
    const start = Math.min(fromFirst, second[j]?.start ?? Number.POSITIVE_INFINITY);
    const group = { start, end: start, i, j, shift };
    let grows = true;
    while (grows) {
      grows = false;
      const one = first[i];
      if (one && one.start + shift <= group.end) {
        group.end = Math.max(group.end, one.start + shift + one.text.length);
        shift += one.text.length - (one.end - one.start);
        i += 1;
        grows = true;
      }
      const other = second[j];
      if (other && other.start <= group.end) {
        group.end = Math.max(group.end, other.end);
        j += 1;
        grows = true;
      }
    }
    const source = { start: group.start - group.shift, end: group.end - shift };
    const [one, other] = [first[group.i], second[group.j]];
    if (one && i === group.i + 1 && j === group.j) {
      out.push(one);
      continue;
    }
    if (other && j === group.j + 1 && i === group.i) {
      out.push({ ...source, text: other.text });
      continue;
    }
    const own = first.slice(group.i, i).map((edit) => moved(edit, -source.start));
    const between = applyEdits(text.slice(source.start, source.end), own);
    const later = second.slice(group.j, j).map((edit) => moved(edit, -group.start));
    out.push({ ...source, text: applyEdits(between, later) });
  }
  return out;
}

function moved(edit: Edit, by: number): Edit {
  return { start: edit.start + by, end: edit.end + by, text: edit.text };
}
