import { urlFrom } from '../engine/text/hosts.ts';
import { walkJson } from '../engine/text/json.ts';
import { list, record, string } from '../engine/text/narrow.ts';
import { batches } from './batches.ts';
import { byteWork } from './bytes/byte-work.ts';
import { readText, tooLarge } from './bytes/read-json.ts';
import { cookiesInTable, isCookieTable } from './cookie-table.ts';
import { longTexts, readable } from './har-entry.ts';
import { emptyCapture, type Input } from './input.ts';
import { storageStateCaptures } from './storage-state-capture.ts';
import { readAsText, readJsonOrText } from './text.ts';

/**
 * A list of cookies in JSON, or one: EditThisCookie, Cookie-Editor and J2TEAM Cookies (chrome.cookies.Cookie), Cookie Quick Manager,
 * Selenium, Cypress and WebDriver (§14), Puppeteer, the DevTools protocol (Network.Cookie), WebDriver BiDi and tough-cookie.
 */
export const cookieList: Input = {
  id: 'cookie-list',
  name: 'List of cookies in JSON or CSV (EditThisCookie, Cookie-Editor, Selenium, Puppeteer, DevTools protocol)',
  matches: (head) => {
    if (isCookieTable(head)) return true;
    const [start] = beginning.exec(head) ?? [];
    const at = start === undefined ? head.search(/\S/) : start.length - 1;
    return isCookie(head, at) && !/"origins"\s*:\s*\[/.test(head);
  },
  async read(window, context, emit) {
    const { now, name } = context;
    const isTable = isCookieTable(byteWork.utf8(await window.atLeast(2000)).replace(/^\ufeff/, ''));
    const value = isTable ? await readTable(window, context, emit) : await readJsonOrText(window, context, emit);
    const all = cookiesIn(value).map(asUsual);
    for (const capture of storageStateCaptures({ cookies: all.filter(isCookieLike) }, now)) emit(capture);
    const { cookies, result, ...others } = Array.isArray(value) ? {} : record(value);
    const beside = cookies || result ? longTexts({ ...others, result: { ...record(result), cookies: undefined } }) : [];
    for (const text of beside) emit({ ...emptyCapture(now), texts: [{ name, text }] });
    for (const some of batches(all.filter((one) => !isCookieLike(one))))
      emit({ ...emptyCapture(now), texts: some.map((one) => ({ name, text: JSON.stringify(one) ?? '' })) });
  },
};

async function readTable(...[window, context, emit]: Parameters<Input['read']>): Promise<unknown[]> {
  const text = await readText(window);
  return text === null ? readAsText(window, context, emit, tooLarge()) : cookiesInTable(text);
}

/** The list itself, or an answer of the protocol or an export that holds it behind a few members of its own. */
const beginning =
  /^\s*(?:\{\s*(?:"\w{1,40}"\s*:\s*(?:"[^"\\]{0,500}"|[\w.-]{1,40})\s*,\s*){0,9}(?:"result"\s*:\s*\{\s*)?"cookies"\s*:\s*)?\[\s*\{/;

function cookiesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const { cookies, result } = record(value);
  return Array.isArray(cookies ?? record(result).cookies) ? list(cookies ?? record(result).cookies) : [value];
}

/** Members that lists of cookies have, in small letters without what parts them, by the names that Playwright gives them. */
const usualNames = new Map(
  Object.entries({
    name: 'name',
    key: 'name',
    value: 'value',
    domain: 'domain',
    path: 'path',
    secure: 'secure',
    httponly: 'httpOnly',
    hostonly: 'hostOnly',
    samesite: 'sameSite',
    session: 'session',
    expires: 'expires',
    expirationdate: 'expirationDate',
    expiry: 'expiry',
    partitionkey: 'partitionKey',
  }),
);

/** A cookie by the usual names and in the usual types. */
function asUsual(one: unknown): unknown {
  if (typeof one !== 'object' || one === null) return one;
  const cookie = quickManaged(record(one));
  return Object.fromEntries(
    Object.entries(cookie).map(([name, value]) => {
      const usual = usualNames.get(name.toLowerCase().replace(/[_-]/g, '')) ?? name;
      return [usual, flags.has(usual) ? flagOf(value) : usual === 'value' ? textOf(value) : value];
    }),
  );
}

const flags = new Set(['secure', 'httpOnly', 'hostOnly', 'session']);

function flagOf(value: unknown): unknown {
  if (value === 1 || value === 0) return value === 1;
  return typeof value === 'string' && /^(?:true|false|yes|no|[01])$/i.test(value)
    ? /^(?:true|yes|1)$/i.test(value)
    : value;
}

/** What WebDriver BiDi writes in place of a text (network.BytesValue). */
function textOf(value: unknown): unknown {
  const { type, value: inner } = record(value);
  if (typeof inner !== 'string') return value;
  return type === 'base64' ? readable(byteWork.base64(inner)) : inner;
}

/**
 * Cookies of Cookie Quick Manager, all of which are texts; its "This domain only raw" says that those below have it, too
 * (https://github.com/ysard/cookie-quick-manager/blob/master/src/api.js, read 2026-11).
 */
function quickManaged(cookie: Record<string, unknown>): Record<string, unknown> {
  if (typeof cookie['Content raw'] !== 'string') return cookie;
  const expires = string(cookie['Expires raw']);
  const below = flagOf(cookie['This domain only raw']);
  return {
    name: cookie['Name raw'],
    value: cookie['Content raw'],
    domain: urlFrom(string(cookie['Host raw']).replace('//.', '//'))?.hostname ?? '',
    path: cookie['Path raw'],
    secure: cookie['Send for raw'],
    httpOnly: cookie['HTTP only raw'],
    sameSite: cookie['SameSite raw'],
    ...(typeof below === 'boolean' && { hostOnly: !below }),
    expires: expires === '0' ? -1 : expires,
  };
}

function isCookieLike(one: unknown): boolean {
  const { name, value } = record(one);
  return typeof name === 'string' && typeof value === 'string';
}

/** Whether the object that begins there has members that lists of cookies have, and that hardly anything else has together. */
function isCookie(head: string, at: number): boolean {
  const names = new Set<string>();
  const take = (start: number, end: number, stack: readonly unknown[]) => {
    const name = head.slice(start, Math.min(end, start + 20));
    if (stack.length === 1) names.add(usualNames.get(name.toLowerCase().replace(/[_-]/g, '')) ?? name);
  };
  if (head.charAt(at) !== '{') return false;
  walkJson(head, { member: take }, at);
  if (names.has('Content raw') && names.has('Name raw')) return true;
  const isNamed = ['name', 'value', 'domain'].every((name) => names.has(name));
  return isNamed && ['path', 'secure', 'httpOnly', 'hostOnly'].some((name) => names.has(name));
}
