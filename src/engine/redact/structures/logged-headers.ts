import { jsonString } from '../codecs/json-string.ts';
import type { Slot } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';
import { closingQuote } from './quoted.ts';

/** Characters of a line before a header that are looked at. */
const longestPrefix = 240;

/** A header that begins in the midst of a line. */
interface Place {
  /** Offset of the name, and of the value. */
  at: number;
  start: number;
  name: string;
  isProgram: () => boolean;
}

/**
 * The value of a header behind what loggers, proxies, shells and tools put before it: times, levels, names of threads,
 * marks of direction, an opening quote or bracket. It ends with its line, or with what was opened. Behind a word of a
 * sentence it ends where its grammar does. Null for what only speaks about a header.
 */
export function loggedHeader(text: string, place: Place): Slot | null {
  const { at, start, name, isProgram } = place;
  if (!isHeaderName(name)) return null;
  const lead = leadOf(text, at);
  if (lead === null || !isPrefix(lead, isProgram)) return inSentence(text, start, name);
  const opener = openerOf(lead);
  const end = endOfValue(text, start, opener);
  const value = text.slice(start, end);
  if (value.trim() === '' || isStatement(name, value) || interpolated.test(value)) return null;
  return { start, end, ...(/['"`]/.test(opener) && value.includes('\\') ? { codec: jsonString } : {}) };
}

/** Names that stand for nothing else; a single word such as `token` is the subject of too many messages. */
function isHeaderName(name: string): boolean {
  if (/^(?:(?:proxy-)?authorization|(?:set-)?cookie2?|sec-websocket-protocol|apikey)$/i.test(name)) return true;
  return /^x-|^HTTP_[A-Z]|[a-z\d]-[a-z]/i.test(name) && suspicionOf(name, 'header') !== null;
}

/** What stands before in the same line; null when that is too long to be a prefix. */
function leadOf(text: string, at: number): string | null {
  const from = Math.max(0, at - longestPrefix);
  const before = text.slice(from, at);
  const feed = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'));
  return feed < 0 && from > 0 ? null : before.slice(feed + 1);
}

/** Whether a line begins as machines begin it: not with a sentence, and with no piece of a program. */
function isPrefix(lead: string, isProgram: () => boolean): boolean {
  if (/^\s*(?:\/\/|\/\*|#|--|;|<!--)\s*$/.test(lead)) return !isProgram();
  if (/\t$| {2}$|["'`[]$/.test(lead)) return true;
  const last = lead.trimEnd().split(/\s/).at(-1) ?? '';
  if (last === '<') return lead.endsWith(' ');
  if (/[{(?!&\\]$|(?<![<=-])=$|(?<=[^,;.])(?<!:\d\d(?:\.\d{1,9})?)[,;.]{1,8}$/.test(last)) return false;
  return !/^["'`([]*\p{L}[\p{L}\p{M}'’]*$/u.test(last) || level.test(last);
}

/** Levels of loggers, and other words in capitals. */
const level =
  /^(?:\p{Lu}+|[Tt]race|[Dd]ebug|[Vv]erbose|[Ii]nfo|[Nn]otice|[Ww]arn|[Ww]arning|[Ee]rror|[Ff]atal|std(?:out|err))$/u;

/** The quote or bracket that is open where the header begins; empty when none is. */
function openerOf(lead: string): string {
  let open = '';
  for (let at = 0; at < lead.length; at += 1) {
    const sign = lead.charAt(at);
    if (sign === '\\') at += 1;
    else if (open !== '') open = sign === open ? '' : open;
    else if (/["'`]/.test(sign) && /(?:^|[^\w)\]])[bruf]{0,2}$/i.test(lead.slice(Math.max(0, at - 3), at))) open = sign;
  }
  return open === '' && lead.endsWith('[') ? '[' : open;
}

function endOfValue(text: string, start: number, opener: string): number {
  const stop = lineEnd(text, start);
  if (opener === '') return stop;
  const value = text.slice(start, stop);
  const broken = value.search(/\\[rn]|\[\\[rn]\]/);
  const end = opener === '[' ? value.search(/\](?=[\s\]]{0,40}$)/) : closeOf(value, opener);
  const ends = [broken, end].filter((one) => one >= 0);
  return start + Math.min(value.length, ...ends);
}

/** The closing quote; parameters of a scheme have quotes of their own (`username="ada"`), which some tools do not escape. */
function closeOf(value: string, quote: string): number {
  for (let end = closingQuote(value, 0, quote); end >= 0; end = closingQuote(value, end + 1, quote)) {
    const isInner = value.charAt(end - 1) === '=' && /^[^\s,;)\]}>|]/.test(value.slice(end + 1, end + 2));
    if (quote !== '"' || !isInner) return end;
    end = closingQuote(value, end + 1, quote);
    if (end < 0) return -1;
  }
  return -1;
}

/** Where a program puts a value in: `{key}`, `#{key}`, `$KEY`, `%s`, `<key>`. */
const interpolated =
  /^(?:[A-Za-z]{1,20}\s{1,4})?(?:[#$%]?\{[^{}]{0,200}\}|\$\(?\w{1,80}\)?|%[sdv@]|<[^<>]{1,80}>)\s{0,8}$/;

/** Words about a header and not its value: `header is missing`, `not set`, `granted by the host`. */
function isStatement(name: string, value: string): boolean {
  const words = value.replace(scheme, '').trim();
  if (/^(?:set-)?cookie2?$/i.test(name) && /\s/.test(words) && !words.includes('=')) return true;
  if (words.length > 400 || !/^[\p{L}\s,.:;!?'’"()-]+$/u.test(words)) return false;
  if (subject.test(words)) return true;
  return /authorization$/i.test(name) && /\s\S+\s/.test(words) && joint.test(words);
}

const scheme = /^\s{0,8}(?:bearer|basic|digest|dpop|negotiate|ntlm)\s{1,8}/i;
const subject =
  /^(?:headers?|is|was|are|were|not|none|missing|required|must|should|has|cannot|absent|invalid|expired|rejected|refused|blocked|malformed|unsupported|ignored|stripped|your)(?![\p{L}-])/iu;
const joint = /\s(?:is|was|are|were|be|been|has|have|had|not|cannot|for|from|by|with|to)\s/i;

/** The value as far as its grammar reaches; what has none is left to the structures that read names and values anywhere. */
function inSentence(text: string, start: number, name: string): Slot | null {
  const grammar = grammars.find(([names]) => names.test(name))?.[1];
  if (!grammar) return null;
  grammar.lastIndex = start;
  return grammar.test(text) ? { start, end: grammar.lastIndex } : null;
}

/** Parameters of a scheme (RFC 9110 §11.4), pairs of cookies (RFC 6265 §4.2.1), subprotocols (RFC 6455 §11.3.4). */
const grammars: [RegExp, RegExp][] = [
  [
    /^(?:proxy-)?authorization$/i,
    /[A-Za-z][\w-]{0,40}[ \t]{1,4}[\w-]{1,64}=(?:"[^"\r\n\\]{0,4096}"|[^\s,;"'<>\\]{1,4096})(?:[ \t]{0,4},[ \t]{0,4}[\w-]{1,64}=(?:"[^"\r\n\\]{0,4096}"|[^\s,;"'<>\\]{1,4096})){0,40}/y,
  ],
  [
    /^(?:set-)?cookie2?$/i,
    /[^\s;,="'`(){}\\]{1,256}=[^\s;,"'`\\]{1,4096}(?:;[ \t]{0,4}[^\s;,="'`(){}\\]{1,256}=[^\s;,"'`\\]{1,4096}){0,100}/y,
  ],
  [/^sec-websocket-protocol$/i, /[\w.=|:~+/-]{1,4096}(?:,[ \t]{0,4}[\w.=|:~+/-]{1,4096}){0,40}/y],
];

/** Where a line ends, without its line break. */
export function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const end = feed < 0 ? text.length : feed;
  return text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
}
