import { hasMoreValues, walkJson } from '../engine/json.ts';
import { byteWork } from './bytes.ts';
import { emptyCapture, type Input, InputError } from './input.ts';
import { record } from './narrow.ts';
import { readJson } from './read-json.ts';
import { isStorageState, storageStateCapture } from './storage-state-capture.ts';
import { text } from './text.ts';

/** Any JSON: paths to each token are told by the search itself. */
export const json: Input = {
  id: 'json',
  name: 'JSON',
  matches: (head) => /^\s*(?:\{\s*["}]|\[\s*["{[\]])/.test(head) && !isJsonLines(head),
  async read(window, context, emit) {
    if (context.bytes === null || context.bytes <= largestParsed) {
      const whole = await window.atLeast(largestParsed + 1);
      if (whole.length <= largestParsed) {
        let failure: unknown = heavyFailure(whole);
        try {
          if (failure === null) {
            const { value } = await readJson(window);
            if (isStorageState(value)) {
              emit(storageStateCapture(record(value), context.now));
              return;
            }
          }
        } catch (error) {
          failure = error;
        }
        emit({ ...emptyCapture(context.now), texts: [{ name: context.name, text: byteWork.utf8(whole) }] });
        if (failure instanceof InputError) {
          throw new InputError(failure.code, `${failure.message}; it was searched as text`, failure.position);
        }
        return;
      }
    }
    await text.read(window, context, emit);
  },
};

const largestParsed = 32 << 20;
/** Bytes from which on JSON is looked over before it is parsed, and the most values that are parsed. */
const heavyBytes = 1 << 20;
const mostValues = 3_000_000;

/** Why a text is not worth parsing: parsed, ten megabytes of brackets take seventy times as much memory. */
function heavyFailure(bytes: Uint8Array): unknown {
  if (bytes.length < heavyBytes) return null;
  const text = byteWork.utf8(bytes).replace(/^\ufeff/, '');
  const end = walkJson(text);
  if (end < 0) return new InputError('input-invalid', 'is not valid JSON', -end - 1);
  return hasMoreValues(text, mostValues)
    ? new InputError('input-too-large', `holds more than ${mostValues.toLocaleString('en-US')} values`)
    : null;
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
