import type { ByteWindow } from './byte-window.ts';
import { byteWork } from './byte-work.ts';
import { InputError } from './input-error.ts';
import { narrowed } from './utf8-window.ts';

/** Texts that are parsed whole: storage states, saved pages of an API. Larger ones are searched as text. */
export const largestJson = 64 << 20;

/** Why an input is not read as the kind it is. */
export const tooLarge = () => new InputError('input-too-large', 'is larger than 64 MB for its kind');

/** The whole input as text; null when it is too large to hold, and nothing of it is discarded then. */
export async function readText(window: ByteWindow): Promise<string | null> {
  const bytes = await window.atLeast(largestJson + 1);
  if (bytes.length > largestJson) return null;
  return withLines(byteWork.utf8(byteWork.indexOf(bytes, 0) < 0 ? bytes : narrowed(bytes)).replace(/^\ufeff/, ''));
}

/** A text whose lines end with a carriage return alone, as those of the Macintosh did, with line feeds; any other as it is. */
export function withLines(text: string): string {
  return text.includes('\n') ? text : text.replaceAll('\r', '\n');
}

/** A text, parsed; the error says where it stops making sense. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError('input-invalid', 'is not valid JSON', positionOf(error, text));
  }
}

/** The whole input, parsed; fails when it is too large, and as `parseJsonText` does. */
export async function readJson(window: ByteWindow): Promise<{ text: string; value: unknown }> {
  const text = await readText(window);
  if (text === null) throw tooLarge();
  return { text, value: parseJsonText(text) };
}

/** V8 tells the place in words: "… at position 12", "Unexpected end of JSON input". */
function positionOf(error: unknown, text: string): number | null {
  const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
  if (position !== undefined) return Number(position);
  return /end of JSON/.test(String(error)) ? text.length : null;
}
