import type { Cookie } from '../engine/model/capture.ts';
import { batchSize, linesOf } from './batches.ts';
import { readText, tooLarge } from './bytes/read-json.ts';
import { emptyCapture, type Input } from './input.ts';
import { readAsText } from './text.ts';

/** The Netscape cookie file that curl, wget and browser extensions write (https://curl.se/docs/http-cookies.html, read 2026-11). */
export const cookieJar: Input = {
  id: 'cookie-jar',
  name: 'Netscape or curl cookie jar',
  matches: (head) =>
    /^# (?:Netscape )?HTTP Cookie File/.test(head) ||
    /^(?:#HttpOnly_)?[\w.-]+\t(?:TRUE|FALSE)\t\/[^\t\n]*\t(?:TRUE|FALSE)\t-?\d+(?:\.\d*)?\t[^\t\n]*\t/im.test(head),
  async read(window, context, emit) {
    const { now, name } = context;
    const text = await readText(window);
    if (text === null) return readAsText(window, context, emit, tooLarge());
    let cookies: Cookie[] = [];
    let rest: string[] = [];
    for (const line of linesOf(text)) {
      const cookie = cookieOf(line);
      if (cookie) cookies.push(cookie);
      else if (line.trim()) rest.push(line);
      if (cookies.length + rest.length >= batchSize) handOn();
    }
    handOn();

    function handOn(): void {
      emit({ ...emptyCapture(now), cookies, texts: rest.length > 0 ? [{ name, text: rest.join('\n') }] : [] });
      cookies = [];
      rest = [];
    }
  },
};

/**
 * domain, include subdomains, path, secure, expiry in seconds (0 = session), name, value; `#HttpOnly_` before the domain. Extensions write
 * `true` in small letters, expiries with fractions, and -1.
 */
function cookieOf(line: string): Cookie | null {
  const httpOnly = line.startsWith('#HttpOnly_');
  const fields = (httpOnly ? line.slice('#HttpOnly_'.length) : line).split('\t');
  const [domain = '', subdomains, path = '/', safe = '', expires, name, value] = fields;
  if (fields.length < 7 || domain.startsWith('#') || name === undefined || value === undefined) return null;
  const host = domain.replace(/^\./, '');
  const expiresAt = Number(expires);
  const session = !(expiresAt > 0);
  const secure = isTrue(safe);
  return {
    name,
    value,
    domain: host,
    hostOnly: !isTrue(subdomains ?? ''),
    path,
    httpOnly,
    secure,
    // The format has no field for it.
    sameSite: null,
    session,
    expiresAt: session ? null : expiresAt,
    partitionedBy: null,
    url: `${secure ? 'https' : 'http'}://${host}${path}`,
  };
}

function isTrue(field: string): boolean {
  return field.toUpperCase() === 'TRUE';
}
