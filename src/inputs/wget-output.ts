import type { Exchange } from '../engine/model/capture.ts';
import { linesOf } from './batches.ts';
import { mostExchanges, type Transcript } from './curl-output.ts';
import { exchangeOfMessages, headerOf, type Message, requestLine, statusLine } from './message-text.ts';

/** `--2026-11-27 12:00:00--  https://call.example/`: what is asked for next. */
const asks = /^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d-- {2}(\S{1,10000})\s*$/;

/** Whether a text is what wget prints with the headers that it sent or received. */
export function isWgetOutput(head: string): boolean {
  return (
    /^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d-- {2}[a-z]{3,6}:\/\//m.test(head) &&
    /^(?: {2}HTTP\/\d|---re(?:quest|sponse) begin---)/m.test(head)
  );
}

/**
 * What wget prints with `-d` (requests and answers between marks) or `-S` (answers, set in)
 * (https://www.gnu.org/software/wget/manual/wget.html#Logging-and-Input-File-Options, http.c of wget 1.21). Linear; never throws.
 */
export function readWget(text: string): Transcript {
  const exchanges: Exchange[] = [];
  const loose: string[] = [];
  let asked: string | null = null;
  const open: { request: Message | null; response: Message | null } = { request: null, response: null };
  /** What its lines are part of now. */
  let growing: Message | null = null;
  const end = () => {
    const { request, response } = open;
    if (request || response)
      exchanges.push(exchangeOfMessages({ name: `entry ${exchanges.length + 1}`, request, response, url: asked }));
    Object.assign(open, { request: null, response: null });
    growing = null;
  };
  for (const line of linesOf(text)) {
    const [, url] = asks.exec(line) ?? [];
    // With -S, the head of an answer is set in by two blanks.
    const content = line.startsWith('  ') ? line.slice(2) : line;
    if (exchanges.length >= mostExchanges) loose.push(line);
    else if (url !== undefined) {
      end();
      asked = url;
      loose.push(line);
    } else if (line === '---request begin---' || line === '---response begin---') growing = null;
    else if (line === '---request end---' || line === '---response end---') growing = null;
    else if (requestLine.test(line)) {
      end();
      growing = { first: line, headers: [], rest: '', body: null };
      open.request = growing;
    } else if (statusLine.test(content)) {
      if (open.response) end();
      growing = { first: content, headers: [], rest: '', body: null };
      open.response = growing;
    } else if (
      growing &&
      headerOf(content).length > 0 &&
      !(growing === open.response && /^(?:Location|Length): .* \[/.test(line))
    )
      growing.headers.push(...headerOf(content));
    else {
      if (line.trim() !== '') growing = null;
      loose.push(line);
    }
  }
  end();
  return { exchanges, loose };
}
