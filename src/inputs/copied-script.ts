import type { Exchange, Header } from '../engine/model/capture.ts';
import { parseJson, walkJson } from '../engine/text/json.ts';
import { record, string } from '../engine/text/narrow.ts';
import { bodyOf, headerValue } from './message-text.ts';

/** Requests as scripts make them, and whatever else stands in the text. */
export interface CopiedRequests {
  exchanges: Exchange[];
  loose: string[];
  /** Calls whose arguments are not told as values, so that they were left as text. */
  unread: number;
}

interface Asked {
  url: string;
  method: string;
  headers: Header[];
  body: string;
}

function exchangeOfAsked({ url, method, headers, body }: Asked, index: number): Exchange {
  return {
    name: `entry ${index + 1}`,
    method: method || (body ? 'POST' : 'GET'),
    url,
    startedAt: null,
    pageUrl: null,
    initiator: null,
    requestHeaders: headers,
    requestBody: bodyOf(body, headers),
    status: null,
    responseHeaders: [],
    responseBody: null,
    messages: [],
  };
}

/**
 * Calls of `fetch` as developer tools copy them, for pages and for Node.js: an address and options, both as JSON
 * (https://developer.chrome.com/docs/devtools/network/reference#copy). What follows `most` of them is left as text.
 */
export function readFetchCalls(text: string, most: number): CopiedRequests {
  const all: CopiedRequests = { exchanges: [], loose: [], unread: 0 };
  let read = 0;
  call.lastIndex = 0;
  for (let found = call.exec(text); found && all.exchanges.length < most; found = call.exec(text)) {
    const addressAt = call.lastIndex - 1;
    const afterUrl = walkJson(text, {}, addressAt);
    if (afterUrl < 0) continue;
    const address = parseJson(text.slice(addressAt, afterUrl));
    options.lastIndex = afterUrl;
    const start = options.exec(text) ? options.lastIndex - 1 : -1;
    const end = start < 0 ? afterUrl : walkJson(text, {}, start);
    const given = start >= 0 && end > 0 ? parseJson(text.slice(start, end)) : undefined;
    all.loose.push(text.slice(read, found.index));
    if (start >= 0 && given === undefined) all.unread += 1;
    all.exchanges.push(exchangeOfAsked(askedOf(string(address), record(given)), all.exchanges.length));
    read = given === undefined ? afterUrl : end;
    call.lastIndex = read;
  }
  all.loose.push(text.slice(read));
  return all;
}

const call = /\bfetch\(\s*"/g;
const options = /\s*,\s*\{/y;

function askedOf(url: string, given: Record<string, unknown>): Asked {
  const headers = Object.entries(record(given.headers)).map(([name, value]) => ({ name, value: string(value) }));
  const referrer = string(given.referrer);
  if (referrer && headerValue(headers, 'referer') === null) headers.push({ name: 'Referer', value: referrer });
  return { url, method: string(given.method), headers, body: string(given.body) };
}

/**
 * Invoke-WebRequest and Invoke-RestMethod as developer tools copy them for PowerShell: a session with cookies, then the request
 * (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest).
 */
export function readPowerShell(text: string, most: number): CopiedRequests {
  const all: CopiedRequests = { exchanges: [], loose: [], unread: 0 };
  const tokens: Token[] = [];
  for (const token of powerShellTokens(text)) {
    if (tokens.push(token) > most * 10) return { exchanges: [], loose: [text], unread: 1 };
  }
  let cookies: string[] = [];
  let agent: Header[] = [];
  let asked: Asked | null = null;
  const end = () => {
    if (asked) all.exchanges.push(exchangeOfAsked(asked, all.exchanges.length));
    asked = null;
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const { value, isText } = tokens[at] as Token;
    const next = tokens[at + 1]?.value ?? '';
    // No word of the language is as long.
    if (isText || value.length > 60) all.loose.push(value);
    else if (/WebRequestSession$/i.test(value)) {
      end();
      [cookies, agent] = [[], []];
    } else if (/System\.Net\.Cookie$/i.test(value) && next === '(') {
      const [name, content] = tokens.slice(at + 2, at + 5).filter((one) => one.isText);
      if (name && content) cookies.push(`${name.value}=${content.value}`);
      at += 4;
    } else if (/\.UserAgent$/i.test(value) && next === '=') {
      agent = [{ name: 'User-Agent', value: tokens[at + 2]?.value ?? '' }];
      at += 2;
    } else if (/^(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)$/i.test(value)) {
      end();
      const cookie = cookies.length > 0 ? [{ name: 'Cookie', value: cookies.join('; ') }] : [];
      asked = { url: '', method: '', headers: [...agent, ...cookie], body: '' };
    } else if (asked) at = readParameter(tokens, at, asked);
  }
  end();
  return all;
}

/** `-Uri "…"`, `-Headers @{ "name"="value" }`, `-Body ([System.Text.Encoding]::UTF8.GetBytes("…"))`. Returns the token read last. */
function readParameter(tokens: readonly Token[], at: number, asked: Asked): number {
  const name = (tokens[at]?.value ?? '').toLowerCase();
  const next = tokens[at + 1]?.value ?? '';
  if (name === '-uri') asked.url = next;
  else if (name === '-method') asked.method = next.toUpperCase();
  else if (name === '-contenttype') asked.headers.push({ name: 'Content-Type', value: next });
  else if (name === '-useragent') asked.headers.push({ name: 'User-Agent', value: next });
  else if (name === '-body') {
    let text = at + 1;
    while (text < at + 6 && tokens[text] && !tokens[text]?.isText) text += 1;
    if (!tokens[text]?.isText) return at;
    asked.body = tokens[text]?.value ?? '';
    return text;
  } else if (name === '-headers' && next === '@{') {
    let pair = at + 2;
    for (; tokens[pair] && tokens[pair]?.value !== '}'; pair += 1) {
      if (tokens[pair + 1]?.value !== '=') continue;
      asked.headers.push({ name: tokens[pair]?.value ?? '', value: tokens[pair + 2]?.value ?? '' });
      pair += 2;
    }
    return pair;
  } else return at;
  return at + 1;
}

interface Token {
  value: string;
  /** It stood in quotes. */
  isText: boolean;
}

const word = /@\{|[{}()=;,|@]|[a-z]{2,8}:\/\/[^\s"'`]*|[^\s"'`@{}()=;,|]+/y;

function* powerShellTokens(text: string): Generator<Token> {
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    if (char === '"' || char === "'") {
      const { value, end } = powerShellText(text, at + 1, char);
      yield { value, isText: true };
      at = end;
      continue;
    }
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    if (found !== undefined) yield { value: found, isText: false };
    at += found?.length ?? 1;
  }
}

const escaped = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['0', '\0'],
]);

/** A text in quotes: a quote twice is one, and in double ones a backtick escapes and `$([char]233)` is a character. */
function powerShellText(text: string, from: number, quote: string): { value: string; end: number } {
  const pieces: string[] = [];
  let start = from;
  let at = from;
  const put = (piece: string, length: number) => {
    pieces.push(text.slice(start, at), piece);
    at += length;
    start = at;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === quote) {
      if (text.charAt(at + 1) !== quote) break;
      put(quote, 2);
    } else if (char === '`' && quote === '"') {
      const next = text.charAt(at + 1);
      put(escaped.get(next) ?? next, 2);
    } else if (char === '$' && quote === '"') {
      const [whole, code] = /^\$\(\[char\](\d{1,6})\)/.exec(text.slice(at, at + 20)) ?? [];
      if (whole === undefined) at += 1;
      else put(String.fromCharCode(Number(code)), whole.length);
    } else at += 1;
  }
  pieces.push(text.slice(start, at));
  return { value: pieces.join(''), end: at + 1 };
}
