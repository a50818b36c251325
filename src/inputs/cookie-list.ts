import { walkJson } from '../engine/text/json.ts';
import { list, record } from '../engine/text/narrow.ts';
import { batches } from './batches.ts';
import { emptyCapture, type Input } from './input.ts';
import { storageStateCaptures } from './storage-state-capture.ts';
import { readJsonOrText } from './text.ts';

/**
 * A list of cookies in JSON: EditThisCookie and Cookie-Editor (chrome.cookies.Cookie), Selenium and WebDriver (§14), Puppeteer, and the
 * DevTools protocol (Network.Cookie).
 */
export const cookieList: Input = {
  id: 'cookie-list',
  name: 'List of cookies in JSON (EditThisCookie, Cookie-Editor, Selenium, Puppeteer, DevTools protocol)',
  matches: (head) => {
    const [start] = beginning.exec(head) ?? [];
    return start !== undefined && isCookie(head, start.length - 1) && !/"origins"\s*:\s*\[/.test(head);
  },
  async read(window, context, emit) {
    const { now, name } = context;
    const value = await readJsonOrText(window, context, emit);
    const all = cookiesIn(value);
    for (const capture of storageStateCaptures({ cookies: all.filter(isCookieLike) }, now)) emit(capture);
    for (const some of batches(all.filter((one) => !isCookieLike(one))))
      emit({ ...emptyCapture(now), texts: some.map((one) => ({ name, text: JSON.stringify(one) ?? '' })) });
  },
};

/** The list itself, or an answer of the protocol that holds it. */
const beginning = /^\s*(?:\{\s*(?:"id"\s*:\s*\d+\s*,\s*)?(?:"result"\s*:\s*\{\s*)?"cookies"\s*:\s*)?\[\s*\{/;

function cookiesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const { cookies, result } = record(value);
  return list(cookies ?? record(result).cookies);
}

function isCookieLike(one: unknown): boolean {
  const { name, value } = record(one);
  return typeof name === 'string' && typeof value === 'string';
}

/** Whether the object that begins there has members that lists of cookies have, and that hardly anything else has together. */
function isCookie(head: string, at: number): boolean {
  const names = new Set<string>();
  const take = (start: number, end: number, stack: readonly unknown[]) => {
    if (stack.length === 1 && end - start < 20) names.add(head.slice(start, end));
  };
  walkJson(head, { member: take }, at);
  const isNamed = ['name', 'value', 'domain'].every((name) => names.has(name));
  return isNamed && ['path', 'secure', 'httpOnly', 'hostOnly'].some((name) => names.has(name));
}
