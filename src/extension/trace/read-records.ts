import { type Exchange, emptyExchange, type Initiator } from '../../engine/model/capture.ts';
import { tracedFunctions } from './traced-functions.ts';

export interface Records {
  calls: Exchange[];
  /** Calls that were not kept: there were too many at once. */
  missed: number;
  /** Functions that were called too often, and are no longer traced. */
  ended: string[];
}

/** What is taken of what a page hands over. */
const most = { records: 200, parts: 24, stack: 20, line: 300, url: 4096 };

/** The first lines of a stack are those of the trace: what notes the call, and the condition, which the browser evaluates in two steps. */
const ownLines = 8;
const ownSteps = 2;

/**
 * Reads what `installTrace` collected, in which the page may have had a hand: null where it is no such text. Whatever of it makes no
 * sense ends the reading, and what came before counts.
 *
 * @param frameUrl the document that was traced
 * @param now seconds since the epoch: no call was later
 * @param nameCall names the next call
 */
export function readRecords(text: unknown, frameUrl: string, now: number, nameCall: () => string): Records | null {
  if (typeof text !== 'string') return null;
  const fields = createFields(text);
  const missed = fields.next();
  const ended = fields.next();
  if (missed === null || ended === null || !/^\d{1,9}$/.test(missed) || !/^[0-9]{0,9}$/.test(ended)) return null;
  const calls: Exchange[] = [];
  while (calls.length < most.records) {
    const call = readCall(fields.next, frameUrl, now);
    if (!call) break;
    calls.push({ ...call, name: nameCall() });
  }
  return {
    calls,
    missed: Number(missed),
    ended: [...new Set(ended)].flatMap((which) => tracedFunctions[Number(which)] ?? []),
  };
}

/** Texts one after the other, each with its length before it; null where none is left, or no length. */
function createFields(text: string) {
  let at = 0;
  return {
    next(): string | null {
      const colon = text.indexOf(':', at);
      const written = text.slice(at, colon);
      if (colon < 0 || colon > at + 9 || !/^\d+$/.test(written)) return null;
      const start = colon + 1;
      const end = start + Number(written);
      if (end > text.length) return null;
      at = end;
      return text.slice(start, end);
    },
  };
}

function readCall(next: () => string | null, url: string, now: number): Exchange | null {
  const [which, at, stack, detail, count] = [next(), next(), next(), next(), next()];
  const name = tracedFunctions[Number(which)];
  if (which === null || !/^\d$/.test(which) || !name || detail === null || stack === null || count === null)
    return null;
  const parts: { name: string; text: string }[] = [];
  for (let left = Math.min(Number(count) || 0, most.parts); left > 0; left -= 1) {
    const [part, text] = [next(), next()];
    if (part === null || text === null) break;
    parts.push({ name: part, text });
  }
  const calledAt = timeOf(at, now);
  const lines = linesOf(stack);
  return {
    ...emptyExchange('', url),
    startedAt: calledAt,
    pageUrl: url,
    initiator: lines.map(scriptOf).find((script) => script !== null) ?? null,
    messages: parts.map(({ text }) => ({ direction: 'sent', text, at: calledAt })),
    traced: {
      call: callOf(name, detail, parts),
      parts: parts.map((part) => (name === 'setItem' ? 'value' : part.name)),
      stack: lines,
    },
  };
}

/** The page's clock can be set by the page; a time that cannot be is now. */
function timeOf(at: string | null, now: number): number {
  const told = Number(at) / 1000;
  return told > now - 3600 && told <= now ? told : now;
}

/** As a developer would write it. */
function callOf(
  name: (typeof tracedFunctions)[number],
  detail: string,
  parts: readonly { name: string; text: string }[],
) {
  const [first] = parts;
  if (name === 'setItem')
    return `${first?.name === 'localStorage' ? 'localStorage' : 'sessionStorage'}.setItem(${quoted(detail)})`;
  if (name === 'document.cookie')
    return `document.cookie = ${quoted(`${/^[^=;]{0,100}/.exec(first?.text ?? '')?.[0]}=…`)}`;
  if (name === 'XMLHttpRequest.setRequestHeader')
    return `${name}(${quoted(first?.name.replace(/^header /, '') ?? '')})`;
  if (name === 'window.postMessage') return detail ? `${name} to ${detail.slice(0, 100)}` : name;
  // What is asked there may be long, and is among what is searched.
  return detail ? `${name}(${quoted(detail.replace(/[?#].*$/s, '').slice(0, 100))})` : name;
}

const quoted = (text: string) => JSON.stringify(text.slice(0, 100));

function linesOf(stack: string): string[] {
  const lines = stack.split('\n', most.stack + ownLines).filter((line) => /^\s+at /.test(line));
  const steps = lines.flatMap((line, index) =>
    /^\s+at eval \(eval at /.test(line) && index < ownLines ? [index] : [],
  );
  const own = (steps[ownSteps - 1] ?? -1) + 1;
  return lines.slice(own, own + most.stack).map((line) => line.trim().slice(0, most.line));
}

/** The script and its line in `at join (https://call.example/app.js:12:5)`. */
function scriptOf(line: string): Initiator | null {
  const found = /(?:\(|at (?:async )?)([a-z][a-z\d+.-]{1,30}:[^\s()]{1,4096}):(\d{1,9}):\d{1,9}\)?$/i.exec(line);
  if (!found?.[1]) return null;
  return { url: found[1].slice(0, most.url), line: Number(found[2]) || null };
}
