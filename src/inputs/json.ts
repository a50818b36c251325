import type { Capture } from '../engine/model/capture.ts';
import { walkJson } from '../engine/text/json.ts';
import { record } from '../engine/text/narrow.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';
import { parseJsonText } from './bytes/read-json.ts';
import { emptyCapture, type Input, InputError, type ReadContext } from './input.ts';
import { isStorageState, storageStateCaptures } from './storage-state-capture.ts';
import { text } from './text.ts';

/** Any JSON: paths to each token are told by the search itself. */
export const json: Input = {
  id: 'json',
  name: 'JSON',
  matches: (head) => /^\s*(?:\{\s*["}]|\[\s*["{[\]])/.test(head) && !isJsonLines(head),
  async read(window, context, emit) {
    if (!(await readWholeJson(window, context, emit, largestLookedOver))) await text.read(window, context, emit);
  },
};

/** Plain JSON of more bytes is searched as text without a word on its faults. */
const largestLookedOver = 32 << 20;
/** Bytes from which on JSON is looked over before it is parsed, and the most values that are parsed. */
const heavyBytes = 1 << 20;
const mostValues = 1_000_000;

/**
 * JSON of at most so many bytes: a storage state by its parts, anything else as the text it is. What cannot be parsed is
 * searched as text too, and `InputError` tells. Resolves to false for a larger one, of which nothing is read then.
 */
export async function readWholeJson(
  window: ByteWindow,
  context: ReadContext,
  emit: (capture: Capture) => void,
  largest: number,
): Promise<boolean> {
  const isSmall = context.bytes === null || context.bytes <= largest;
  const whole = isSmall ? await window.atLeast(largest + 1) : null;
  if (!whole || whole.length > largest) return false;
  const { state, failure } = stateIn(whole);
  if (state) {
    for (const capture of storageStateCaptures(state, context.now)) emit(capture);
    return true;
  }
  emit({
    ...emptyCapture(context.now),
    texts: [{ name: context.name, text: byteWork.utf8(whole), from: { line: 1, column: 1 } }],
  });
  if (failure) throw new InputError(failure.code, `${failure.message}; it was searched as text`, failure.position);
  return true;
}

/** The storage state that some JSON is, or what is wrong with it; neither for JSON of another kind. */
function stateIn(bytes: Uint8Array): { state: object | null; failure: InputError | null } {
  const text = byteWork.utf8(bytes).replace(/^\ufeff/, '');
  const seen = bytes.length < heavyBytes ? null : lookOver(text);
  if (seen && (seen.failure || !seen.isState)) return { state: null, failure: seen.failure };
  try {
    const value = parseJsonText(text);
    return { state: isStorageState(value) ? record(value) : null, failure: null };
  } catch (error) {
    if (error instanceof InputError) return { state: null, failure: error };
    throw error;
  }
}

/** What a text is, without parsing it: parsed, ten megabytes of brackets take seventy times as much memory. */
function lookOver(text: string): { isState: boolean; failure: InputError | null } {
  const names = new Set<string>();
  let values = 0;
  const count = () => {
    values += 1;
  };
  const end = walkJson(text, {
    string: count,
    number: count,
    close: count,
    member(start, end, stack) {
      if (stack.length === 1 && end - start < 10) names.add(text.slice(start, end));
    },
  });
  const isState = names.has('cookies') && names.has('origins');
  const invalid = (at: number) => new InputError('input-invalid', 'is not valid JSON', at);
  const stop = end < 0 ? text[-end - 1] : undefined;
  const tooMany = stop === '[' || stop === '{' || (isState && values > mostValues);
  const words = `holds more than ${mostValues.toLocaleString('en-US')} values`;
  if (tooMany) return { isState, failure: new InputError('input-too-large', words) };
  if (end < 0) return { isState, failure: invalid(-end - 1) };
  const rest = text.slice(end).trimStart();
  return { isState, failure: rest === '' ? null : invalid(text.length - rest.length) };
}

/** One JSON value per line is a log, not a broken file. */
function isJsonLines(head: string): boolean {
  const [line = '', next] = head.trimStart().split('\n', 2);
  if (!next?.trim()) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
