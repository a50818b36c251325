import { readBytes } from './codecs/bytes.ts';
import { type Redacted, type RedactOptions, redactText } from './redact-text.ts';

export interface RedactedBytes extends Omit<Redacted, 'text'> {
  /** The very same bytes when there was nothing to remove. */
  bytes: Uint8Array;
}

/**
 * A file's bytes as `redactText` redacts a text, written as they were read: UTF-8, UTF-16, a text of one byte a
 * character, gzip. Bytes that are no text are searched, and counted as unread. Never throws.
 */
export function redactBytes(bytes: Uint8Array, options: RedactOptions = {}): RedactedBytes {
  const read = readBytes(bytes);
  const { text, ...redacted } = redactText(read.text, { ...options, bytes: read.bytes === true });
  if (read.unread) redacted.unread.set(read.unread, 1);
  else if (read.bytes) redacted.unread.set('It is a binary file; only what stands in it as text was read.', 1);
  return { ...redacted, bytes: text === read.text ? bytes : read.encode(text) };
}
