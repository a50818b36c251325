import type { Exchange } from '../engine/model/capture.ts';
import { seconds } from '../engine/text/narrow.ts';
import { batches } from './batches.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';
import { largestJson, tooLarge, withLines } from './bytes/read-json.ts';
import { narrowed } from './bytes/utf8-window.ts';
import { mostExchanges } from './curl-output.ts';
import { emptyCapture, type Input, type InputError, type ReadContext } from './input.ts';
import {
  beginsMessage,
  exchangeOfMessages,
  headerValue,
  messageOf,
  requestLine,
  statusLine,
  urlOf,
} from './message-text.ts';
import { readAsText } from './text.ts';
import { messageOfOctets, type WireMessage } from './wire-message.ts';

/**
 * HTTP/1.1 requests and answers as they go over the wire, or as `curl -i`, HTTPie and proxies print them (RFC 9112): one, a request with
 * its answer, or several.
 */
export const httpMessage: Input = {
  id: 'http-message',
  name: 'raw HTTP message',
  matches: beginsMessage,
  async read(window, context, emit) {
    const { now, name, recorded } = context;
    const octets = await readOctets(window);
    if (octets === null) return readAsText(window, context, emit, tooLarge());
    const { exchanges, loose, failure } = readMessages(octets);
    const [first] = exchanges;
    if (first?.url === '') first.url = (await askedFor(context)) ?? '';
    for (const some of batches(exchanges)) {
      // When the answer was made (RFC 9110 §6.6.1).
      for (const { requestHeaders, responseHeaders } of some)
        recorded(seconds(headerValue(responseHeaders, 'date') ?? headerValue(requestHeaders, 'date')));
      emit({ ...emptyCapture(now), exchanges: some });
    }
    for (const one of loose) emit({ ...emptyCapture(now), texts: [{ name, text: one }] });
    if (failure) throw failure;
  },
};

/** All octets, each a character, without what stands before the first line; null when they are too many, and nothing of them is discarded then. */
async function readOctets(window: ByteWindow): Promise<string | null> {
  const bytes = await window.atLeast(largestJson + 1);
  if (bytes.length > largestJson) return null;
  // Behind UTF-8 there may be UTF-16, but bodies are whatever they are.
  const isPlain = byteWork.indexOf(bytes, 0) < 0;
  const narrow = isPlain ? bytes : narrowed(bytes);
  const octets = byteWork.latin1(byteWork.indexOf(narrow, 0) < 0 ? narrow : bytes);
  return withLines(octets.replace(/^\xef\xbb\xbf/, '').trimStart());
}

/** An answer belongs to the request before it. Linear in the text; never throws. */
function readMessages(text: string): { exchanges: Exchange[]; loose: string[]; failure: InputError | null } {
  const exchanges: Exchange[] = [];
  const loose: string[] = [];
  let failure: InputError | null = null;
  let asked: WireMessage | null = null;
  let isOnly = true;
  const add = (request: WireMessage | null, response: WireMessage | null) => {
    const only = request ? 'request' : 'response';
    exchanges.push(exchangeOfMessages({ name: isOnly ? only : `entry ${exchanges.length + 1}`, request, response }));
  };
  for (let at = 0; at < text.length; ) {
    const end = exchanges.length < mostExchanges ? endOfMessage(text, at) : text.length;
    isOnly &&= end === text.length;
    const message = messageOfOctets(text.slice(at, end));
    if (message.rest) loose.push(message.rest);
    failure ??= message.failure;
    if (isInterim(message) && end < text.length) {
      // What comes before an answer, as "100 Continue", is none, and holds no body.
      for (const { name, value } of message.headers) loose.push(`${name}: ${value}`);
      if (message.body) loose.push(message.body.text);
    } else if (statusLine.test(message.first)) {
      add(asked, message);
      asked = null;
    } else {
      if (asked) add(asked, null);
      asked = message;
    }
    at = end;
  }
  if (asked) add(asked, null);
  return { exchanges, loose, failure };
}

/** Of an interim answer, but that which ends a talk in HTTP (RFC 9110 §15.2). */
function isInterim({ first }: WireMessage): boolean {
  return / 1\d\d\b/.test(statusLine.exec(first)?.[0] ?? '') && !/ 101\b/.test(first);
}

/** Where another message begins: in a line of its own, an answer also right behind what ends a body. */
const start = /(?<=\n)[A-Z]{3,20} \S{1,10000} HTTP\/\d(?:\.\d)?\r?\n|(?<=[\n}\]>"])HTTP\/\d(?:\.\d)? \d{3}\b/g;

/** Where the message ends that begins at an index: where its length says so and another follows, else where the next one begins. */
function endOfMessage(text: string, at: number): number {
  const head = /\r?\n\r?\n/g;
  head.lastIndex = at;
  if (!head.exec(text)) return text.length;
  const bodyAt = head.lastIndex;
  const headers = text.slice(at, bodyAt);
  const length = Number(/^content-length: *(\d{1,12}) *\r?$/im.exec(headers)?.[1] ?? 0);
  if (length > 0) {
    const told = bodyAt + length;
    const next = startFrom(text, told);
    if (text.slice(told, next).trim() === '') return next;
  }
  // What a message about messages holds is its body (RFC 9112 §10.1).
  return /^content-type: *message\/http\b/im.test(headers) ? text.length : startFrom(text, bodyAt);
}

function startFrom(text: string, at: number): number {
  // A line may begin there.
  start.lastIndex = Math.max(0, at - 1);
  for (let found = start.exec(text); found; found = start.exec(text)) if (found.index >= at) return found.index;
  return text.length;
}

/**
 * The address of the request that stands beside an answer in an archive of Fiddler: `12_c.txt` beside `12_s.txt`
 * (https://docs.telerik.com/fiddler-everywhere/knowledge-base/fiddler-archives, read 2026-11). Null where there is none.
 */
async function askedFor({ name, beside }: ReadContext): Promise<string | null> {
  const [, number] = /(?:^|\/)(\d{1,9})_s\.txt$/.exec(name) ?? [];
  const bytes = number === undefined ? null : await beside?.(`${number}_c.txt`);
  if (!bytes) return null;
  const { first, headers } = messageOf(byteWork.utf8(bytes));
  const [, , target] = requestLine.exec(first) ?? [];
  return target === undefined ? null : urlOf(target, headers);
}
