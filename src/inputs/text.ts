import type { Capture, LineColumn } from '../engine/model/capture.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';
import { isLevelLog, piecesOfLevelLog } from './bytes/level-log.ts';
import { parseJsonText, readText, tooLarge } from './bytes/read-json.ts';
import { narrowed } from './bytes/utf8-window.ts';
import { emptyCapture, type Input, InputError, type ReadContext } from './input.ts';
import { beginsMessage } from './message-text.ts';
import { endInLines } from './place-in-lines.ts';

/** Any text. Large ones are read in stretches that end at white space, where no token goes on. */
export const text: Input = {
  id: 'text',
  isWhole: true,
  name: 'any text',
  matches: () => true,
  read: (window, context, emit) => readStretches(window, context, emit, 'utf8'),
};

/** Searches as text what cannot be read as the kind it is, and then fails for that reason. */
export async function readAsText(
  window: ByteWindow,
  context: ReadContext,
  emit: (capture: Capture) => void,
  { code, message, position }: InputError,
): Promise<never> {
  await text.read(window, context, emit);
  throw new InputError(code, `${message}; it was searched as text`, position);
}

/** The whole of an input as JSON; what is too large or no JSON is searched as text, and `InputError` then tells why. */
export async function readJsonOrText(
  window: ByteWindow,
  context: ReadContext,
  emit: (capture: Capture) => void,
): Promise<unknown> {
  const text = await readText(window);
  if (text === null) return readAsText(window, context, emit, tooLarge());
  try {
    return parseJsonText(text);
  } catch (error) {
    if (error instanceof InputError) return readAsText(window, context, emit, error);
    throw error;
  }
}

/** Bytes that are no text. Tokens are ASCII, so they are found all the same. */
export const binary: Input = {
  id: 'binary',
  isWhole: true,
  name: 'any binary file',
  // What bodies of messages hold is theirs.
  matches: (head) => (head.includes('\0') || isNoise(head)) && !beginsMessage(head),
  read: (window, context, emit) =>
    isLevelLog(window.bytes(0, window.length))
      ? readRecords(window, context, emit)
      : readStretches(window, context, emit, 'latin1'),
};

/**
 * Whether a text is of bytes that stand for anything, and happen to hold no zero: more than one of twenty is no UTF-8, and more than one
 * of fifty a control character, which no text of another encoding has.
 */
function isNoise(head: string): boolean {
  let broken = 0;
  let control = 0;
  for (let at = 0; at < head.length; at += 1) {
    const code = head.charCodeAt(at);
    if (code === 0xfffd) broken += 1;
    else if (code < 32 && (code < 7 || code > 13) && code !== 27) control += 1;
  }
  return broken > head.length / 20 && control > head.length / 50;
}

/** Longest text of records that is searched at once, in characters. */
const longestRecords = 16 << 20;

/** Records of a database's log, put together from the blocks in which they are written. */
async function readRecords(
  window: ByteWindow,
  { now, name }: ReadContext,
  emit: (capture: Capture) => void,
): Promise<void> {
  let pieces: string[] = [];
  let length = 0;
  let start = 0;
  const search = () => {
    const text = pieces.join('');
    for (const one of [{ text, start: 0 }, ...wideTexts(text)])
      emit({ ...emptyCapture(now), texts: [{ name, text: one.text, start: start + one.start }] });
    pieces = [];
    length = 0;
  };
  for await (const piece of piecesOfLevelLog(window)) {
    if (pieces.length === 0) start = piece.start;
    pieces.push(byteWork.latin1(piece.bytes), piece.goesOn ? '' : '\n');
    length += piece.bytes.length;
    if (length >= longestRecords && (!piece.goesOn || length >= 2 * longestRecords)) search();
  }
  if (pieces.length > 0) search();
}

const stretchBytes = 16 << 20;

async function readStretches(
  window: ByteWindow,
  { now, name }: ReadContext,
  emit: (capture: Capture) => void,
  encoding: 'utf8' | 'latin1',
): Promise<void> {
  let start = 0;
  let from: LineColumn = { line: 1, column: 1 };
  for (;;) {
    window.discard(start);
    while (window.base + window.length - start < stretchBytes && (await window.fill())) {}
    const end = window.base + window.length;
    const bytes = window.bytes(start, end);
    if (bytes.length === 0) return;
    const cut = window.ended ? bytes.length : lastBreak(bytes);
    const isText = encoding === 'utf8';
    const some = bytes.subarray(0, cut);
    const text = byteWork[encoding](isText && byteWork.indexOf(some, 0) >= 0 ? narrowed(some) : some);
    emit({ ...emptyCapture(now), texts: [{ name, text, start, ...(isText && { from }) }] });
    if (isText) from = endInLines(text, from);
    else
      for (const one of wideTexts(text))
        emit({ ...emptyCapture(now), texts: [{ name, ...one, start: start + one.start }] });
    start += cut;
    if (window.ended && start >= end) return;
  }
}

/** Stretches of a binary that are ASCII in UTF-16, as databases of browsers and programs hold it, each byte a character. */
function* wideTexts(bytes: string): Generator<{ text: string; start: number }> {
  for (const { 0: wide, index } of bytes.matchAll(/(?:[\x20-\x7e]\0){20}(?:[\x20-\x7e]\0)*/g))
    yield { text: wide.replaceAll('\0', ''), start: index };
}

/** Where the last white space or quote stands; the end when there is none. */
function lastBreak(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at > 0; at -= 1) {
    const byte = bytes[at] as number;
    if (byte <= 0x20 || byte === 0x22 || byte === 0x27) return at;
  }
  return bytes.length;
}
