import { decodePercent } from '../encodings/percent.ts';

/** What stands where a secret stood, in this copy or in one that somebody made before. */
export const removed = 'redacted';

/** A value that says nothing any more, or never did. */
export function isPlaceholder(text: string): boolean {
  let end = text.length;
  // In binary data asterisks make up the length.
  while (end > 0 && text.charCodeAt(end - 1) === 0x2a) end -= 1;
  return end <= 80 && placeholder.test(text.slice(0, end).trim());
}

const placeholder =
  /^(?:…|[[<({]{0,3}(?:redacted|removed|hidden|masked|filtered|sanitized|omitted)[\])}>]{0,3}|x{3,64}|null|undefined|none|true|false|deleted)?$/i;

/** Texts that have a plain meaning of their own: numbers, versions, dates, times, languages, media types, addresses of mail. */
const plainKinds = [
  /^[+-]?\d{1,15}(?:\.\d{1,10})?(?:[eE][+-]?\d{1,3})?(?:\s?[a-zA-Z%]{1,3})?$/,
  /^v?\d{1,6}(?:\.\d{1,10}){1,20}(?:[-+][a-zA-Z]{1,10}(?:\.?\d{1,6})?)?$/,
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
  /^\d{1,5}[x×:]\d{1,5}$/,
  /^(?:\d{1,2}:){1,2}\d{1,2}(?:\.\d{1,9})?$/,
  /^[a-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}$/,
  /^[a-z]{2,20}\/[a-z0-9.+*-]{1,60}$/,
  /^[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}$/,
  /^[a-z][a-z0-9+.-]{1,20}:\/\//i,
  /^(?:\/[a-z_-]{1,20}){1,10}\/?$/i,
  /^(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}(?::\d{1,5})?$/,
  /^(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?$/,
  /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i,
];

/** A word as people write it, also glued to others by capitals, with a number behind it at most. */
const wordy = /^(?:[A-Z]{1,19}|[a-z]{1,19}|(?:[A-Z]?[a-z]{2,15}|[A-Z]{2,3}(?![a-zA-Z])|Ids?$){1,6}|\d{1,15})\d{0,4}$/;

const uuid = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

/**
 * Whether a value could be a random credential: eight or more characters without white space that are no word, number,
 * date or address. Asked only where a name, or the lack of one, already speaks for a credential.
 */
export function looksOpaque(value: string): boolean {
  const text = decodePercent(value.trim());
  if (text.length < 8 || isPlaceholder(text)) return false;
  if (text.length > 4096) return true;
  if (/\s/.test(text) || plainKinds.some((kind) => kind.test(text))) return false;
  if (uuid.test(text)) return true;
  const pieces = text.split(/[^A-Za-z0-9]{1,16}/);
  if (pieces.some((piece) => piece.length >= 8 && !wordy.test(piece))) return true;
  const strange = pieces.filter((piece) => piece.length > 0 && !wordy.test(piece)).join('').length;
  return text.length >= 16 && strange * 2 >= text.length;
}
