import type { Cookie } from '../engine/model/capture.ts';
import { seconds } from '../engine/text/narrow.ts';
import { sameSiteIn } from '../engine/text/same-site.ts';
import { batchSize, linesOf } from './batches.ts';
import { readText, tooLarge } from './bytes/read-json.ts';
import { emptyCapture, type Input, InputError } from './input.ts';
import { readAsText } from './text.ts';

/**
 * The Netscape cookie file that curl, wget, Python and browser extensions write (https://curl.se/docs/http-cookies.html, read 2026-11), and that
 * of libwww-perl, which Python's LWPCookieJar writes (https://github.com/python/cpython/blob/main/Lib/http/cookiejar.py, read 2026-11).
 */
export const cookieJar: Input = {
  id: 'cookie-jar',
  name: 'Netscape or curl cookie jar',
  matches: (head) =>
    /^# (?:Netscape )?HTTP Cookie File/i.test(head) ||
    /^#LWP-Cookies-\d/.test(head) ||
    /^Set-Cookie3: [^\s=;]{1,300}=/m.test(head.slice(0, 4000)) ||
    spacedLine.test(head) ||
    /^(?:#HttpOnly_)?[\w.-]+(?::\d{1,5})?\t(?:TRUE|FALSE)\t\/[^\t\n]*\t(?:TRUE|FALSE)\t(?:-?\d+(?:\.\d*)?)?\t[^\t\n]*\t/im.test(
      head,
    ),
  async read(window, context, emit) {
    const { now, name } = context;
    const text = await readText(window);
    if (text === null) return readAsText(window, context, emit, tooLarge());
    const isPerl = /^#LWP-Cookies-\d/.test(text);
    let cookies: Cookie[] = [];
    let rest: string[] = [];
    let number = 0;
    let last = '';
    const odd = { count: 0, first: 0 };
    for (const line of linesOf(text)) {
      number += 1;
      last = line;
      const cookie = cookieOf(line) ?? perlCookieOf(line, isPerl);
      if (cookie) cookies.push(cookie);
      else if (line.trim()) rest.push(line);
      // More than the format has: of a value with a tab, or what a writer tells besides.
      if (cookie && !line.startsWith('Set-Cookie3:')) rest.push(...line.split('\t').slice(7));
      if (!cookie && line.trim() && !line.startsWith('#')) {
        odd.count += 1;
        odd.first ||= number;
      }
      if (cookies.length + rest.length >= batchSize) handOn();
    }
    handOn();
    if (odd.first === number && last.includes('\t'))
      throw new InputError('input-truncated', 'is cut off in its last cookie; it was searched as text');
    if (odd.count > 0) {
      const lines = odd.count === 1 ? 'a line that is no cookie' : `${odd.count} lines that are no cookies, the first`;
      const message = `${name} has ${lines} (line ${odd.first}), searched as text.`;
      emit({ ...emptyCapture(now), problems: [{ code: 'input-invalid', message }] });
    }

    function handOn(): void {
      emit({ ...emptyCapture(now), cookies, texts: rest.length > 0 ? [{ name, text: rest.join('\n') }] : [] });
      cookies = [];
      rest = [];
    }
  },
};

/** A line whose tabs became spaces, as they do where a file is copied from a terminal or a page. */
const spacedLine =
  /^(?:#HttpOnly_)?[\w.-]{1,300}(?::\d{1,5})? {1,100}(?:TRUE|FALSE) {1,100}\/\S{0,1000} {1,100}(?:TRUE|FALSE) {1,100}-?\d{1,20}(?:\.\d{0,9})? {1,100}[^\s=;]{1,300} {1,100}\S/im;

/** The seven fields of a line; of one that tells no expiry, with an empty one in its place. */
function fieldsOf(line: string): string[] {
  const fields = line.includes('\t') || !spacedLine.test(line) ? line.split('\t') : spaced(line);
  const [, subdomains = '', path, safe = '', name = ''] = fields;
  const isWithout = fields.length === 6 && path?.startsWith('/') && !/^-?[\d.]*$/.test(name);
  if (!isWithout || !/^(?:true|false)$/i.test(subdomains) || !/^(?:true|false)$/i.test(safe)) return fields;
  return [...fields.slice(0, 4), '', ...fields.slice(4)];
}

/** The value is the last, and may have spaces. */
function spaced(line: string): string[] {
  const [whole = '', ...fields] = /^(\S+) +(\S+) +(\S+) +(\S+) +(\S+) +(\S+) +(.*)$/.exec(line) ?? [];
  return whole === '' ? [line] : fields;
}

/**
 * domain, include subdomains, path, secure, expiry in seconds (0 = session), name, value; `#HttpOnly_` before the domain. Extensions write
 * `true` in small letters, expiries with fractions, and -1.
 */
function cookieOf(line: string): Cookie | null {
  const httpOnly = line.startsWith('#HttpOnly_');
  const fields = fieldsOf(httpOnly ? line.slice('#HttpOnly_'.length) : line);
  const [domain = '', subdomains, path = '/', safe = '', expires, name, value] = fields;
  if (fields.length < 7 || domain.startsWith('#') || name === undefined || value === undefined) return null;
  // wget puts a port behind what was asked for at one of its own.
  const [, host = '', port = ''] = /^\.?(.*?)(:\d{1,5})?$/.exec(domain) ?? [];
  const expiresAt = expiryOf(expires ?? '');
  const session = expiresAt === null;
  const secure = flagOf(safe);
  const isForAll = flagOf(subdomains ?? '') ?? domain.startsWith('.');
  return {
    name,
    value,
    domain: host,
    hostOnly: !isForAll,
    path,
    httpOnly,
    secure,
    // The format has no field for it.
    sameSite: null,
    session,
    expiresAt,
    partitionedBy: null,
    url: `${secure === false ? 'http' : 'https'}://${host}${port}${path}`,
  };
}

/** `Set-Cookie3: name=value; path="/"; domain="…"; path_spec; secure; expires="2026-12-01 00:00:00Z"; version=0`, names and values quoted where they need it. Where it is not whole, as EditThisCookie writes it, no flag is told. */
function perlCookieOf(line: string, isWhole: boolean): Cookie | null {
  if (!line.startsWith('Set-Cookie3:')) return null;
  const pairs = [...line.slice('Set-Cookie3:'.length).matchAll(perlPair)].map(
    ({ 1: name = '', 2: value }) => [name, value?.trim().replace(/^"|"$/g, '').replace(/\\(.)/g, '$1')] as const,
  );
  const [[name, value = ''] = ['']] = pairs;
  const attributes = new Map(pairs.slice(1).map(([name, value = '']) => [name.toLowerCase(), value]));
  const domain = attributes.get('domain') ?? '';
  if (name === '' || domain === '') return null;
  const host = domain.replace(/^\./, '');
  const path = attributes.get('path') ?? '/';
  const expires = attributes.get('expires') ?? '';
  const expiresAt = Number(expires) || seconds(expires.replace(' ', 'T'));
  const secure = isWhole ? attributes.has('secure') : null;
  return {
    name,
    value,
    domain: host,
    hostOnly: !domain.startsWith('.'),
    path,
    httpOnly: isWhole ? attributes.has('httponly') : null,
    secure,
    sameSite: sameSiteIn(attributes.get('samesite') ?? ''),
    session: expiresAt === null,
    expiresAt,
    partitionedBy: null,
    url: `${secure === false ? 'http' : 'https'}://${host}${path}`,
  };
}

const perlPair = /([^\s=;,"]{1,300})(?:\s{0,9}=([^;]*))?(?:;|$)/g;

/** What a field says; null for a word that is none of those that writers use, as one of another language. */
function flagOf(field: string): boolean | null {
  if (/^(?:true|1|yes)$/i.test(field)) return true;
  return /^(?:false|0|no)?$/i.test(field) ? false : null;
}

/** Seconds between 1601, from which Chromium counts microseconds, and 1970. */
const from1601 = 11_644_473_600;

/** Seconds since the epoch, told in seconds, in milliseconds, in microseconds as Chromium counts them, or as a date; null where there is none. */
function expiryOf(field: string): number | null {
  const told = Number(field);
  if (Number.isNaN(told)) return seconds(field);
  if (!(told > 0)) return null;
  if (told < 1e11) return told;
  return told < 1e14 ? told / 1000 : told / 1e6 - from1601;
}
