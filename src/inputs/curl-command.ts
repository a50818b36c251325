import type { Exchange, Header } from '../engine/model/capture.ts';
import { byteWork } from './bytes/byte-work.ts';
import { bodyOf, headerOf, headerValue } from './message-text.ts';

/** What a command asks for, and the words of it that are no part of a request. */
export interface CurlCommand {
  exchanges: Exchange[];
  loose: string[];
}

interface Request {
  method: string | null;
  urls: string[];
  headers: Header[];
  cookies: string[];
  data: string[];
  query: string[];
  parts: string[];
  isGet: boolean;
  isHead: boolean;
  loose: string[];
}

/** Addresses of one command that become requests; each has all its headers. */
const mostUrls = 100;

/** The requests of a command of curl, given its words after `curl` (https://curl.se/docs/manpage.html). */
export function readCurlCommand(words: readonly string[]): CurlCommand {
  const all: CurlCommand = { exchanges: [], loose: [] };
  let request = empty();
  const end = () => {
    all.exchanges.push(...exchangesOf(request));
    for (const one of request.loose) all.loose.push(one);
    request = empty();
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    if (word === '--next' || word === '-:') end();
    else if (word.startsWith('--')) {
      const name = word.slice(2);
      const option = options.get(name);
      const value = words[at + 1] ?? '';
      if (option) option(request, value);
      else if (others.has(name)) request.loose.push(value);
      else switches.get(name)?.(request);
      if (option || others.has(name)) at += 1;
    } else if (word.startsWith('-') && word.length > 1) at += readLetters(word, words[at + 1], request);
    else addUrl(request, word);
  }
  end();
  return all;
}

/** `-sSH 'name: value'`, `-XPOST`: letters in one, the last of which may take a value. Returns how many more words it takes. */
function readLetters(word: string, next: string | undefined, request: Request): number {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    const name = letters.get(letter);
    const option = name === undefined ? undefined : options.get(name);
    if (option || otherLetters.includes(letter)) {
      const glued = word.slice(at + 1);
      const value = glued || (next ?? '');
      if (option) option(request, value);
      else request.loose.push(value);
      return glued ? 0 : 1;
    }
    if (name !== undefined) switches.get(name)?.(request);
  }
  return 0;
}

const letters = new Map(
  Object.entries({
    X: 'request',
    H: 'header',
    b: 'cookie',
    d: 'data',
    F: 'form',
    u: 'user',
    A: 'user-agent',
    e: 'referer',
    G: 'get',
    I: 'head',
    T: 'upload-file',
  }),
);
/** Letters of options whose values say nothing of the request. */
const otherLetters = 'cCDEKmoPQrtUwxyYz';

const others = new Set(
  `output max-time connect-timeout proxy preproxy cacert capath cert key pass resolve connect-to retry retry-delay retry-max-time write-out
  interface limit-rate range dump-header cookie-jar config ciphers tls13-ciphers tls-max dns-servers unix-socket proxy-user proxy-header
  aws-sigv4 variable max-redirs time-cond trace trace-ascii stderr netrc-file hostpubsha256 pinnedpubkey login-options engine
  keepalive-time local-port max-filesize noproxy output-dir proto proto-default service-name socks5 socks5-hostname speed-limit speed-time`.split(
    /\s+/,
  ),
);

const header = (name: string) => (request: Request, value: string) => {
  request.headers.push({ name, value });
};
const data = (request: Request, value: string) => {
  // It names a file.
  if (value.startsWith('@')) request.loose.push(value);
  request.data.push(value);
};

/** Options that take a value. */
const options = new Map<string, (request: Request, value: string) => void>(
  Object.entries({
    request(request, value) {
      request.method = value;
    },
    url: addUrl,
    header: (request, value) => request.headers.push(...headerOf(value)),
    cookie: (request, value) => (value.includes('=') ? request.cookies : request.loose).push(value),
    user: (request, value) => request.headers.push({ name: 'Authorization', value: `Basic ${base64(value)}` }),
    'oauth2-bearer': (request, value) => request.headers.push({ name: 'Authorization', value: `Bearer ${value}` }),
    'user-agent': header('User-Agent'),
    referer: header('Referer'),
    data,
    'data-ascii': data,
    'data-binary': data,
    'data-raw': (request, value) => request.data.push(value),
    'data-urlencode': (request, value) => request.data.push(encoded(value)),
    'url-query': (request, value) => request.query.push(encoded(value)),
    json(request, value) {
      data(request, value);
      for (const name of ['Content-Type', 'Accept'])
        if (headerValue(request.headers, name.toLowerCase()) === null)
          request.headers.push({ name, value: 'application/json' });
    },
    form: (request, value) => request.parts.push(value),
    'form-string': (request, value) => request.parts.push(value),
    'upload-file'(request, value) {
      request.method ??= 'PUT';
      request.loose.push(value);
    },
  } satisfies Record<string, (request: Request, value: string) => void>),
);

/** Those that take none, and mean something here. */
const switches = new Map<string, (request: Request) => void>(
  Object.entries({
    get(request: Request) {
      request.isGet = true;
    },
    head(request: Request) {
      request.isHead = true;
    },
  }),
);

function empty(): Request {
  const lists = { urls: [], headers: [], cookies: [], data: [], query: [], parts: [], loose: [] };
  return { method: null, isGet: false, isHead: false, ...lists };
}

/** curl guesses http where no scheme stands. */
function addUrl(request: Request, word: string): void {
  const isAddress = /^[a-z][a-z\d+.-]*:\/\//i.test(word);
  const isHost = /^(?:localhost|\[[\da-f:.]+\]|(?:[\w-]{1,63}\.){1,20}[\w-]{1,63})(?:[:/?]|$)/i.test(
    word.slice(0, 300),
  );
  if ((isAddress || isHost) && request.urls.length < mostUrls) request.urls.push(isAddress ? word : `http://${word}`);
  else request.loose.push(word);
}

function exchangesOf(request: Request): Exchange[] {
  const { headers, cookies, isGet, isHead } = request;
  const hasBody = (request.data.length > 0 || request.parts.length > 0) && !isGet;
  const text = isGet || request.data.length === 0 ? multipart(request.parts) : request.data.join(separatorOf(request));
  const query = [...request.query, ...(isGet ? request.data : [])].join('&');
  const all = [...headers];
  if (cookies.length > 0) all.push({ name: 'Cookie', value: cookies.join('; ') });
  if (hasBody && headerValue(headers, 'content-type') === null)
    all.push({
      name: 'Content-Type',
      value: request.data.length > 0 ? form : `multipart/form-data; boundary=${boundary}`,
    });
  return request.urls.map((url, index) => ({
    name: `entry ${index + 1}`,
    method: request.method ?? (isHead ? 'HEAD' : hasBody ? 'POST' : 'GET'),
    url: query ? withQuery(url, query) : url,
    startedAt: null,
    pageUrl: null,
    initiator: null,
    requestHeaders: all,
    requestBody: hasBody ? bodyOf(text, all) : null,
    status: null,
    responseHeaders: [],
    responseBody: null,
    messages: [],
  }));
}

const form = 'application/x-www-form-urlencoded';
const boundary = 'form-part';

/** Pieces of a form are joined by `&`, those of JSON by nothing. */
function separatorOf({ headers }: Request): string {
  return headerValue(headers, 'content-type')?.includes('json') ? '' : '&';
}

/** RFC 7578, as far as places are told by it. */
function multipart(parts: readonly string[]): string {
  if (parts.length === 0) return '';
  const texts = parts.map((part) => {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).replaceAll('"', '%22');
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${part.slice(equals + 1)}\r\n`;
  });
  return `${texts.join('')}--${boundary}--\r\n`;
}

function withQuery(url: string, query: string): string {
  const hash = url.indexOf('#');
  const [base, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash)];
  return `${base}${base.includes('?') ? '&' : '?'}${query}${fragment}`;
}

/** `name=value`, of which the value is encoded; a value alone otherwise. */
function encoded(text: string): string {
  const equals = text.indexOf('=');
  const value = text.slice(equals + 1);
  try {
    return `${equals > 0 ? `${text.slice(0, equals)}=` : ''}${encodeURIComponent(value)}`;
  } catch {
    return text;
  }
}

function base64(text: string): string {
  return btoa(byteWork.latin1(new TextEncoder().encode(text)));
}
