import { decodePercent } from '../find/encodings/percent.ts';
import { wordsOf } from './suspicion.ts';

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

/** What stands for a value that is elsewhere: `${TOKEN}`, `$TOKEN`, `{{ token }}`, `%s`, `<token>`, `process.env.TOKEN`. */
const reference =
  /^(?:\$\{[^{}]{0,400}\}|\$[A-Z_][A-Z0-9_]{1,60}|\$\$?\([^()]{0,200}\)|\{\{[^{}]{0,200}\}\}|%[sdjo]|%\([\w.]{1,60}\)s|%[A-Z_]{2,60}%|<[a-z][\w -]{1,60}>|\{[a-z_]{1,40}\}|process\.env[.[][\w"'\]]{1,60}|\.{2,}|<%[^%]{0,200}%>)$/;

/** Words of types and switches, which stand where a value is described and not given. */
const described =
  /^(?:string|str|text|varchar(?:\(\d{1,5}\))?|char|integer|int|bigint|number|float|boolean|bool|object|array|bytes|buffer|uuid|any|unknown|void|never|symbol|function|optional|required|nullable|hidden|include|same-origin|omit|basic|bearer|digest|none|yes|no|on|off|enabled|disabled|password|username|email|latest|workspace:[*^~])(?:\[\]|\?)?;?$/i;

/** A range of versions: `^4.0.0`, `>=1.2 <2`. */
const versions =
  /^(?:(?:[~^>=<]{1,2}\s?)?v?\d{1,5}(?:\.(?:\d{1,8}|x|\*)){1,3}(?:-[a-z.]{1,10}\d{0,5})?(?:\s?(?:\|\||-|\s)\s?)?){1,6}$/;

/**
 * Whether a value under a name that tells of a credential is none all the same: a reference, a type, a range of
 * versions, an alphabet, a sentence of a form or a message.
 */
export function saysNothing(value: string, name: string): boolean {
  const text = value.trim();
  if (text.length > 2000) return false;
  if (text.length < 3 || /^(?:\w{1,12}\+)?jwt$/i.test(text) || /^\/[a-z_/*-]{0,80}$/.test(text)) return true;
  if (isPlaceholder(text) || reference.test(text) || described.test(text)) return true;
  if (/^v?\d{1,5}\.\d{1,5}\.\d{1,5}(?:-[a-z.\d]{1,20})?$/.test(text) || /^#[\da-f]{3,8}$/i.test(text)) return true;
  if (text.length <= 60 && text.includes('.') && versions.test(text) && /^[~^>=<v]|[<>|^~ ]|\.[x*]$/.test(text))
    return true;
  if (name === 'pass' && /\S\s+\S+\s+\S/.test(text)) return true;
  if (/^\/[\^([\\]/.test(text)) return true;
  if (isAlphabet(text)) return true;
  if (/sid$/i.test(name) && vendorId.test(text)) return true;
  return isSentence(text) || isLabel(text, name) || echoes(text, name);
}

/** What LiveKit and Twilio call rooms, people, tracks and calls by, and the names of rules in policies of AWS. */
const vendorId =
  /^(?:(?:RM|PA|TR|EG|IN|ND|ST|SC|RO|PC|AC|CA|MT|NT|IS|CR|SK|CF|RE|HX|WS|JO)_?[A-Za-z0-9]{8,34}|[A-Z][a-z]{2,20}(?:[A-Z][a-z]{1,20}){1,4})$/;

/** Words as in a sentence: a capital or a sign of a sentence, and no figures. A passphrase has neither. */
function isSentence(text: string): boolean {
  if (/\d/.test(text)) return false;
  const all = text.split(/\s+/);
  if (all.length < 3 || all.some((word) => word.length > 40)) return false;
  const joints = all.filter((word) => /^(?:is|the|are|be|not|cannot|of|for|and|if|was|está|não|um)$/.test(word)).length;
  return (
    (all.length > 4 && joints > 1) ||
    /^\p{Lu}/u.test(text) ||
    /[.!?…:,](?:\s|$)/u.test(text) ||
    /[’'](?:t|s|re|ve)\b/.test(text)
  );
}

/** What stands on a button or in front of a field: `Forgot password?`. */
function isLabel(text: string, name: string): boolean {
  return (
    /^\p{Lu}\p{L}*(?: \p{L}+){1,3}[?:.…]?$/u.test(text) && wordsOf(text).some((word) => wordsOf(name).includes(word))
  );
}

/** Nothing but words that the name has, too: `refresh_token` under `REFRESH_TOKEN`. */
function echoes(text: string, name: string): boolean {
  if (text.length > 60 || !/^[\p{L}\s:_-]+$/u.test(text)) return false;
  const known = new Set(wordsOf(name));
  const words = wordsOf(text);
  if (words.length > 0 && words.join('') === wordsOf(name).join('')) return true;
  return words.length > 0 && words.every((word) => known.has(word));
}

/** A name of something that the program calls after it: `acquireTokenStart` under `ACQUIRE_TOKEN_START`. */
export function isNamedAlike(value: string, name: string): boolean {
  if (value.length > 80 || !/^[A-Za-z:_/.-]+(?:V\d{1,2})?$/.test(value)) return false;
  const known = new Set(wordsOf(name));
  return wordsOf(value).some((word) => known.has(word));
}

/** The characters that a program encodes with, each of them once; a secret that holds the alphabet repeats some. */
function isAlphabet(text: string): boolean {
  return /abcdefghijklmnop|ABCDEFGHIJKLMNOP/.test(text) && text.length >= 26 && new Set(text).size === text.length;
}

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
  // Codes of errors.
  /^0x[0-9a-f]{1,16}$/i,
  /^[a-z][a-z0-9+.-]{1,20}:\/\//i,
  /^(?:\/[a-z_-]{1,20}){1,10}\/?$/i,
  /^(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}(?::\d{1,5})?$/,
  /^(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?$/,
  /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i,
];

/** Words as people write them, also glued together by capitals, with a number behind them at most. */
function isWordy(text: string): boolean {
  if (text.length > 120) return false;
  const stem = text.replace(/\d{1,4}$/, '');
  if (/^\d{0,15}$/.test(stem)) return text.length <= 19;
  if (/^(?:[A-Z]{1,19}|[a-z]{1,19})$/.test(stem)) return true;
  const words = stem.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  const isSpoken = words.every((word) => /^(?:[A-Z][a-z]{1,15}|[a-z]{2,15}|[A-Z]{1,3})$/.test(word));
  return isSpoken && words.length <= 12 && stem.length >= words.length * 3;
}

const uuid = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

/**
 * Whether a value could be a random credential: eight or more characters without white space that are no word, number,
 * date or address. Asked only where a name, or the lack of one, already speaks for a credential.
 */
export function looksOpaque(value: string): boolean {
  const text = decodePercent(value.trim());
  if (text.length < 8 || isPlaceholder(text) || reference.test(text)) return false;
  if (text.length > 4096) return true;
  if (/\s/.test(text) || isAlphabet(text) || plainKinds.some((kind) => kind.test(text))) return false;
  if (uuid.test(text)) return true;
  if (isPassword(text)) return true;
  const pieces = text.split(/[^A-Za-z0-9]{1,16}/);
  if (pieces.some((piece) => piece.length >= 8 && !isWordy(piece))) return true;
  const strange = pieces.filter((piece) => piece.length > 0 && !isWordy(piece)).join('').length;
  return text.length >= 16 && strange * 2 >= text.length;
}

/** Signs between letters and figures, as people are told to choose passwords. */
function isPassword(text: string): boolean {
  return (
    text.length <= 64 &&
    /[a-zA-Z][^\s]{0,40}[!@#$%^][^\s]{0,40}[\da-zA-Z]/.test(text) &&
    /\d/.test(text) &&
    /^[\w!@#$%^*?~+.-]{9,64}$/.test(text) &&
    !/^[$%@#]/.test(text)
  );
}
