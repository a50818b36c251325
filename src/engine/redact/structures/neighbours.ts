import { jsonString } from '../codecs/json-string.ts';
import type { Slot, Structure } from '../context.ts';
import { isNamedAlike, looksOpaque } from '../opaque-value.ts';
import { stopAt } from '../runs.ts';
import { suspicionOf } from '../suspicion.ts';
import { closingQuote } from './quoted.ts';

/**
 * A value that follows its name in whatever way a language or a tool writes two texts beside each other:
 * `setItem('token', '…')`, `name='sid', value='…'`, `Some("…")`, `<key>token</key><string>…`, `| token | …`, `password …`.
 * As nothing else tells, only what looks random counts, but for arguments of a call and texts in quotes.
 */
export const neighbours: Structure = {
  id: 'neighbours',
  signs: [],
  *slots(text, { isProgram }): Generator<Slot> {
    const alarms = new RegExp(alarm);
    let done = 0;
    for (let found = alarms.exec(text); found; found = alarms.exec(text)) {
      const start = startOfName(text, found.index, done);
      const end = endOfName(text, alarms.lastIndex);
      const name = text.slice(start, end);
      const suspicion = suspicionOf(name, 'text');
      const slot = suspicion ? valueNear(text, start, end, suspicion === 'certain') : null;
      done = slot ? slot.end : end;
      alarms.lastIndex = Math.max(done, alarms.lastIndex);
      if (!slot) continue;
      const value = text.slice(slot.start, slot.end);
      if (isProgram() && (slot.codec === undefined || isNamedAlike(value, name))) continue;
      yield { ...slot, name, held: 'text', at: 'near' };
    }
  },
};

/** Parts of names that tell, to find where a name could stand. */
const alarm =
  /tok|pass|pw|secret|key|auth|sess|sid|pin|otp|sig|cred|jwt|code|cookie|csrf|xsrf|psk|mac|salt|seed|ticket|login|grant|invite|bearer|assert|zak|dpop|saml|hmac|cvv|cvc|jws|jwe|pat|zat|tgt|access|refresh|resume|challenge|verifier|ufrag|hdne|contrase|senha|clave|mdp|jeton|kennwort|(?<![A-Za-z])API[A-Za-z0-9]/gi;

const nameCharacter = /[\w$.-]/;
const longestName = 80;

function startOfName(text: string, at: number, floor: number): number {
  let start = at;
  while (start > floor && at - start < longestName && nameCharacter.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function endOfName(text: string, at: number): number {
  let end = at;
  while (end < text.length && end - at < longestName && nameCharacter.test(text.charAt(end))) end += 1;
  return end;
}

function valueNear(text: string, nameStart: number, nameEnd: number, isCertain: boolean): Slot | null {
  const start = afterGlue(text, nameEnd);
  if (start === nameEnd) return null;
  const between = text.slice(nameEnd, start);
  if (between === '/' && !isSegment(text, nameStart, nameEnd)) return null;
  // A name that may mean many things needs more than a space behind it.
  if (!isCertain && /^[ \t/]*$/.test(between) && !isOwnLine(text, nameStart, start)) return null;
  const quote = /["'`]$/.exec(between)?.[0];
  const value = quote
    ? text.slice(start, endOfQuoted(text, start, quote))
    : bareValue(text, start, between.endsWith('/') ? afterSegment : afterBare);
  if (value.length < 3) return null;
  const slot = { start, end: start + value.length, ...(quote ? { codec: jsonString } : {}) };
  const isGiven = isCertain && quote !== undefined && isArgument(text, nameStart, between, start + value.length);
  if (isGiven) return { ...slot, suspicion: 'certain' };
  return looksOpaque(value) ? { ...slot, suspicion: 'likely' } : null;
}

/** A word without the signs of a sentence at its end. */
function bareValue(text: string, start: number, stops: RegExp): string {
  return text.slice(start, stopAt(text, start, stops)).replace(/[.,:!?*]{1,4}$/, '');
}

/** A segment of a path, whole: `/token/…`. */
function isSegment(text: string, start: number, end: number): boolean {
  return /^[a-z][a-z_-]+$/.test(text.slice(start, end)) && (start === 0 || /[/\s"'`]/.test(text.charAt(start - 1)));
}

/** A line of nothing but the name and one word. */
function isOwnLine(text: string, nameStart: number, start: number): boolean {
  return (
    /(?:^|[\r\n])$/.test(text.slice(Math.max(0, nameStart - 1), nameStart)) &&
    /^\S{3,4096}[ \t]{0,8}(?:$|[\r\n])/.test(text.slice(start, start + 4100))
  );
}

/** The second argument of a call whose first is the name, `PASSWORD '…'` of SQL, and a value wrapped up behind its name. */
function isArgument(text: string, nameStart: number, between: string, end: number): boolean {
  const isCall = /^(["'`]),\s{0,8}\1$/.test(between) && setter.test(text.slice(Math.max(0, nameStart - 40), nameStart));
  return (
    (isCall && /^["'`]\s{0,4}[),]/.test(text.slice(end, end + 8))) ||
    /^[ \t]{1,4}'$|^\s?[:=(]\s?(?:Some|Just)\("$/.test(between)
  );
}

/** What gives a value to a name. */
const setter =
  /(?:set\w*|add\w*|append|put|header|cookie|save|write|store|insert|define|param|field|env|with\w*)\(["'`]$/i;

/**
 * Behind all that may stand between a name and its value: signs, tags, words such as `value`. A new line only where a
 * sign says that something follows.
 */
function afterGlue(text: string, from: number): number {
  let at = from;
  let leads = false;
  for (let parts = 0; parts < mostParts && at < text.length; parts += 1) {
    const part = partAt(text, at, leads);
    if (!part) break;
    const { kind, end } = part;
    // A value may begin with what could be glue.
    if (kind === 'filler' && at === from) break;
    leads =
      kind === 'tag' || (kind === 'sign' && /[:=>({[,|"'`]/.test(text.charAt(end - 1))) || (leads && kind === 'space');
    at = end;
    if (kind === 'slash') return at;
  }
  return at;
}

const mostParts = 24;

type PartKind = 'space' | 'sign' | 'feed' | 'tag' | 'filler' | 'slash';

const parts: [PartKind, RegExp][] = [
  ['space', /[ \t]{1,60}/y],
  ['tag', /<\/?[A-Za-z!][^<>]{0,120}>/y],
  ['sign', /(?:\\?["'`]|=>|->|\/?>|[:=|,()[\]{}*;]|\.(?=\s)|-(?=\s))/y],
  ['feed', /\r?\n[ \t]{0,80}/y],
  [
    'filler',
    /(?:values?|val|strings?|str|text|raw|bytes|content|example|default|expression|data|to|is|was|as|set|b|u|r|Some|Just|Ok|String|Buffer|s:\d{1,6}|string\(\d{1,6}\)|\d{1,4}|[A-Z][A-Za-z]{1,20}-[A-Z]\w{1,30}(?= ["'])|[\w.]{1,40}(?=\(["']))(?=["'`:=\s()|<>,])/y,
  ],
  ['slash', /\/(?=[\w%])/y],
];

function partAt(text: string, at: number, leads: boolean): { kind: PartKind; end: number } | null {
  for (const [kind, pattern] of parts) {
    if (kind === 'feed' && !leads) continue;
    pattern.lastIndex = at;
    if (!pattern.test(text)) continue;
    // A length stands behind a sign: `,24:`, `string(24)`.
    if (kind === 'filler' && /\d/.test(text.charAt(at)) && !/[,(]/.test(text.charAt(at - 1))) continue;
    return { kind, end: pattern.lastIndex };
  }
  return null;
}

const afterBare = /[\s"'`<>&;,(){}[\]|\\]/g;
const afterSegment = /[\s"'`<>&;,(){}[\]|\\/?#]/g;
const longestValue = 1 << 16;

/** Where a text in quotes ends: at its quote, or with its line. */
function endOfQuoted(text: string, start: number, quote: string): number {
  const close = closingQuote(text, start, quote, { most: longestValue });
  const end = close < 0 ? start + longestValue : close;
  return Math.min(end, stopAt(text.slice(start, end), 0, lineBreak) + start);
}

const lineBreak = /[\r\n]/g;
