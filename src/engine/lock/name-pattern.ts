import { isDevelopmentHost, urlFrom } from '../text/hosts.ts';
import { isLike } from '../text/like.ts';
import { withUnseenSpelled } from '../text/unseen-characters.ts';
import { isWordLike } from './word-like.ts';

/** Longest name that is looked at, in characters; of what is longer, the rest is a `*`. */
const longest = 160;

/**
 * A name of a room, a key or a claim as a pattern: words stay, and what varies from run to run (numbers, dates, UUIDs, hashes,
 * random suffixes) is a `*`. Follows from the name alone, so that two runs agree. Doubtful runs of letters count as random: a
 * pattern that is too wide is quiet, one that is too narrow cries at every run.
 */
export function namePattern(name: string): string {
  const text = withoutPeople(name.slice(0, longest)).replace(uuids, '*').replace(codes, codePattern);
  const parts = text.split(/([\p{L}\p{N}\p{M}*]+)/u).map((part, index) => (index % 2 === 1 ? piece(part) : part));
  swallow(parts);
  const pattern = visible(collapsed(parts.join('')));
  return name.length > longest && !pattern.endsWith('*') ? `${pattern}*` : pattern;
}

/**
 * Without what stands for a person or is a secret whatever it reads like: a masked token, what comes before the `@` of an address, values of parameters,
 * what is told of a user in front of a host.
 */
function withoutPeople(text: string): string {
  return text
    .replace(/[^\s"…]{1,10}…[\da-f]{4,12}…\(\d{1,9} characters\)/g, '*')
    .replace(/\/\/[^\s/@]{1,100}@/g, '//*@')
    .replace(/(?<![^\s:/|,;<("'=_-])[^\s@/:|,;<>()"'=?&#*]{1,64}@(?=[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8})/gi, '*@')
    .replace(/(?<=(?:^|[?&;#])[\w.%-]{1,60}=)[^&;#\s]{1,160}/g, '*');
}

/** Codes of rooms as meeting services make them: `abc-defg-hij`. */
const codes = /(?<![\p{L}\p{N}])[a-z]{3}-[a-z]{4}-[a-z]{3}(?![\p{L}\p{N}])/gu;

/** Three words could be written like it, too. */
function codePattern(code: string): string {
  return code.split('-').every((part) => isWordLike(part, 2)) ? code : '*';
}

const uuids = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;

/** Words with figures that are no counters: names of standards and of vendors, versions. */
const fixed =
  /^(?:oauth2?|auth0|auth0spajs|v\d|h26[45]|vp[89]|av1|base64|utf8|i18n|l10n|k8s|s3|p2p|x509|web3|mp[34]|100ms|es\d|md5|sha\d{1,3}|http[23]|ipv[46])$/i;

/** A run of letters and figures: as it is, its letters with a `*`, or a `*`. */
function piece(run: string): string {
  if (run.includes('*') || /^\p{N}+$/u.test(run)) return '*';
  if (fixed.test(run)) return run;
  const [, letters = '', figures = ''] = /^([\p{L}\p{M}]+)(\p{N}*)$/u.exec(run) ?? [];
  if (letters === '' || !isWordy(letters)) return '*';
  if (figures === '') return run;
  // Short letters before figures are as likely the beginning of something random.
  return letters.length >= 4 && !/^[a-f]+$/i.test(letters) ? `${letters}*` : '*';
}

/** Words, also glued together by capitals: `persistRoot`, `APIkey`. */
function isWordy(letters: string): boolean {
  // Of other scripts no more is known than that nobody generates them.
  if (/[^A-Za-z]/.test(letters)) return letters.length <= 40;
  const glued = letters.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  if (glued.length > 1 && letters.length < glued.length * 3) return false;
  return glued.every((word) => isWordLike(word.toLowerCase()));
}

/** Words of three letters and less that stay beside what is random. */
const shortWords =
  /^(?:id|ids|sid|jwt|key|tok|zak|sdk|api|app|web|sso|otp|pin|url|uri|sig|kid|aud|iss|sub|sb|at|rt|db|on|of)$/i;

/** What is random may hold `-` and `_` itself (base64url): short runs that touch it are parts of it, but for the first of a name. */
function swallow(parts: string[]): void {
  const isShort = (at: number) => {
    const part = parts[at] ?? '';
    return part !== '' && part.length <= 3 && part !== '*' && !shortWords.test(part);
  };
  const isRandom = (at: number) => parts[at]?.endsWith('*') === true;
  const joined = (at: number) => /^[-_~]{1,3}$/.test(parts[at] ?? '');
  const first = parts.findIndex((part, index) => index % 2 === 1 && part !== '');
  for (let at = 3; at < parts.length; at += 2) if (isShort(at) && joined(at - 1) && isRandom(at - 2)) parts[at] = '*';
  for (let at = parts.length - 4; at > first; at -= 2)
    if (at % 2 === 1 && isShort(at) && joined(at + 1) && parts[at + 2] === '*') parts[at] = '*';
}

/** On one line, and nothing in it that is not seen or that moves what is. */
function visible(text: string): string {
  return withUnseenSpelled(text.replace(/\s+/g, ' '), (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

function collapsed(pattern: string): string {
  return pattern
    .replace(/\*(?:[-_.:+~=,TZ ]{0,3}\*){1,160}/g, '*')
    .replace(/(?<=[-_.:])[-_]{1,8}\*/g, '*')
    .replace(/\*[-_]{1,8}(?=$|[-_.:])/g, '*');
}

/** An origin as a pattern: ports of development hosts vary, and so may every label of a name but its last two. */
export function originPattern(origin: string): string {
  const url = urlFrom(origin);
  if (!url || url.host === '') return origin === 'null' ? 'an opaque origin' : namePattern(origin);
  const port = url.port === '' ? '' : isDevelopmentHost(url.hostname) ? ':*' : `:${url.port}`;
  return `${url.protocol}//${hostPattern(url.hostname)}${port}`;
}

/** A host name as a pattern; addresses in numbers stay. */
export function hostPattern(host: string): string {
  if (/^[\d.]+$|:/.test(host)) return host.slice(0, longest);
  const labels = host.split('.');
  return labels
    .slice(-12)
    .map((label, index, { length }) => (index >= length - 2 ? label : namePattern(label)))
    .join('.');
}

/** An address as a pattern: its origin, and its path step by step. Query and fragment are left out. */
export function addressPattern(address: string): string {
  const url = urlFrom(address);
  if (!url || url.host === '') return namePattern(address);
  const steps = url.pathname.split('/', 9).map((step) => namePattern(decoded(step)));
  return `${originPattern(url.origin)}${url.pathname === '/' ? '' : steps.join('/')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A name, an address or a host that a claim holds, whichever it is. */
export function valuePattern(value: string): string {
  const text = value.slice(0, 2 * longest);
  if (/^[a-z][a-z\d+.-]{1,20}:\/\//i.test(text)) return addressPattern(text);
  if (/^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/.test(text) && /\.[a-z]{2,24}$/i.test(text)) return hostPattern(text);
  return namePattern(text);
}

/**
 * Whether what is seen may be what was locked. A random suffix may read like a word in one of two runs, so either may be the
 * pattern; one that is nothing but `*` only where it was locked so, as somebody who edits the file may want it.
 */
export function isSamePattern(locked: string, seen: string): boolean {
  if (isLike(seen, locked)) return true;
  if (/[^*]{3}/.test(seen) && isLike(locked, seen)) return true;
  // Letters in front of a separator or of figures may be a part of what is random in both.
  if (locked.includes('*') && withoutLead(locked) === withoutLead(seen)) return true;
  return locked.includes('*') && seen.includes('*') && withoutStems(locked) === withoutStems(seen);
}

/** A pattern that ends in a few letters, a separator and a `*` without these letters. */
function withoutLead(pattern: string): string {
  return pattern.replace(/(?<=^|\s)[^*\s]{0,3}[-_]\*$/, '*');
}

/** A pattern in which a word behind a separator that goes on with a `*` is the `*` alone. */
function withoutStems(pattern: string): string {
  return pattern.replace(/(?<=[-_.:])[\p{L}\p{M}]{1,40}\*/gu, '*');
}
