import { type Exchange, type Headers, origin, type TrafficPlace } from './exchanges.ts';

/** A tool that writes traffic down. */
export interface TrafficWriter {
  kind: string;
  /** What of an exchange it writes. */
  parts: readonly TrafficPlace['part'][];
  /** Places are lost, which has to be said. */
  losesPlaces?: true;
  write(exchange: Exchange): string;
}

const json = JSON.stringify;
const host = new URL(origin).host;
const asked = ['request', 'request-body'] as const;
const both = [...asked, 'response'] as const;
const all = [...both, 'fragment', 'message'] as const;
const startedDateTime = '2026-11-20T12:00:00.000Z';

const sent = (one: Exchange): Headers => [
  ['Host', host],
  ...one.requestHeaders,
  ...(one.requestBody ? [['Content-Type', one.requestBody.type] as const] : []),
];
const answered = (one: Exchange): Headers => [['Content-Type', one.responseBody.type], ...one.responseHeaders];
const url = (one: Exchange) => `${origin}${one.target}${one.fragment && `#${one.fragment}`}`;
const named = (headers: Headers) => headers.map(([name, value]) => ({ name, value }));
const lines = (headers: Headers, prefix = '') =>
  headers.map(([name, value]) => `${prefix}${name}: ${value}\r\n`).join('');
const request = (one: Exchange) =>
  `${one.method} ${one.target} HTTP/1.1\r\n${lines(sent(one))}\r\n${one.requestBody?.text ?? ''}`;
const answer = (one: Exchange) => `HTTP/1.1 200 OK\r\n${lines(answered(one))}\r\n${one.responseBody.text}`;

/** An entry of HAR 1.2. */
function entry(
  one: Exchange,
  more: { headers?: (headers: Headers) => unknown; messages?: object; content?: object } = {},
) {
  const headers = more.headers ?? named;
  return {
    startedDateTime,
    time: 12,
    request: {
      method: one.method,
      url: url(one),
      httpVersion: 'HTTP/2',
      headers: headers(sent(one)),
      queryString: [],
      cookies: [],
      ...(one.requestBody && { postData: { mimeType: one.requestBody.type, text: one.requestBody.text } }),
    },
    response: {
      status: 200,
      headers: headers(answered(one)),
      cookies: [],
      redirectURL: '',
      content: more.content ?? { mimeType: one.responseBody.type, text: one.responseBody.text },
    },
    ...more.messages,
  };
}

const archive = (entries: object[], more: object = {}) =>
  json({ log: { version: '1.2', creator: { name: 'test', version: '1' }, pages: [], entries, ...more } });

/** Quoted for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** Quoted for cmd.exe, as Chromium's devtools do. */
const inCmd = (text: string) =>
  `^"${text.replace(/["\\]/g, '\\$&').replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')}^"`;
const inPowerShell = (text: string) => `"${text.replace(/[`"$]/g, '`$&')}"`;

/** Tools that write traffic, by their usual names. */
export const trafficWriters: Record<string, TrafficWriter> = {
  HAR: { kind: 'har', parts: all, write: (one) => archive([entry(one, { messages: chromiumMessages(one) })]) },
  'HAR over lines': {
    kind: 'har',
    parts: all,
    write: (one) => json(JSON.parse(archive([entry(one, { messages: chromiumMessages(one) })])), null, 2),
  },
  'HAR with a mark': { kind: 'har', parts: both, write: (one) => `\ufeff${archive([entry(one)])}` },
  'HAR with commas too many': {
    kind: 'har',
    parts: both,
    write: (one) => archive([entry(one)]).replace(/\}\]\}\}$/, '},],},}'),
  },
  'HAR of WebDriver BiDi': {
    kind: 'har',
    parts: both,
    write: (one) =>
      archive([
        entry(one, {
          headers: (headers) => headers.map(([name, value]) => ({ name, value: { type: 'string', value } })),
        }),
      ]),
  },
  'HAR with headers by name': {
    kind: 'har',
    parts: both,
    write: (one) => archive([entry(one, { headers: (headers) => Object.fromEntries(headers) })]),
  },
  'HAR with headers in pairs': {
    kind: 'har',
    parts: both,
    write: (one) => archive([entry(one, { headers: (headers) => headers })]),
  },
  'HAR with answers in base64': {
    kind: 'har',
    parts: ['response'],
    write: (one) =>
      archive([
        entry(one, {
          content: { mimeType: one.responseBody.type, text: btoa(one.responseBody.text), encoding: 'base64' },
        }),
      ]),
  },
  'HAR with messages of Firefox': {
    kind: 'har',
    parts: ['message'],
    write: (one) =>
      archive([
        entry(one, {
          messages: {
            _webSocketMessages: one.messages.map(({ isSent, data }) => ({
              type: isSent ? 'sent' : 'received',
              time: 1,
              data,
              opcode: 1,
            })),
          },
        }),
      ]),
  },
  'trace.network of Playwright': {
    kind: 'playwright-trace',
    parts: [...asked, 'fragment'],
    write: (one) => `${json({ type: 'resource-snapshot', snapshot: entry(one) })}\n`,
  },
  'a session of Charles': {
    kind: 'charles-session',
    parts: both,
    write: (one) => {
      const [path, query] = one.target.split('?');
      return json([
        {
          status: 'COMPLETE',
          method: one.method,
          scheme: 'https',
          host,
          port: null,
          actualPort: 443,
          tunnel: false,
          path,
          query: query ?? null,
          times: { start: startedDateTime },
          request: {
            mimeType: one.requestBody?.type ?? null,
            header: { headers: named(sent(one)) },
            ...(one.requestBody && { body: { text: one.requestBody.text } }),
          },
          response: {
            status: 200,
            mimeType: one.responseBody.type,
            header: { headers: named(answered(one)) },
            body: { text: one.responseBody.text },
          },
        },
      ]);
    },
  },
  'items of Burp': { kind: 'burp-items', parts: both, write: (one) => burp(one, false) },
  'items of Burp in base64': { kind: 'burp-items', parts: both, write: (one) => burp(one, true) },
  'curl -v': {
    kind: 'curl',
    parts: ['request', 'response'],
    write: (one) =>
      `* Connected to ${host} (192.0.2.1) port 443\n* SSL connection using TLSv1.3 / X\n> ${one.method} ${one.target} HTTP/2\n${lines(sent(one), '> ')}> \n${one.requestBody ? `} [${one.requestBody.text.length} bytes data]\n` : ''}< HTTP/2 200 \n${lines(answered(one), '< ')}< \n${one.responseBody.text}\n* Connection #0 to host ${host} left intact\n`,
  },
  'a request and its answer as text': {
    kind: 'http-message',
    parts: asked,
    // Without an address of its own site, nothing tells the scheme.
    write: (one) => request(one).replace('\r\n', `\r\nReferer: ${origin}/\r\n`),
  },
  'copied as cURL': {
    kind: 'curl',
    parts: [...asked, 'fragment'],
    write: (one) =>
      `curl ${quoted(url(one))} \\\n${one.method === 'GET' ? '' : `  -X ${one.method} \\\n`}${sent(one)
        .map(([name, value]) => (name === 'Cookie' ? `  -b ${quoted(value)}` : `  -H ${quoted(`${name}: ${value}`)}`))
        .join(' \\\n')}${one.requestBody ? ` \\\n  --data-raw ${quoted(one.requestBody.text)}` : ''}\n`,
  },
  'copied as cURL for cmd.exe': {
    kind: 'curl',
    parts: [...asked, 'fragment'],
    write: (one) =>
      `curl ${inCmd(url(one))} ^\r\n${sent(one)
        .map(([name, value]) => `  -H ${inCmd(`${name}: ${value}`)}`)
        .join(' ^\r\n')}${one.requestBody ? ` ^\r\n  --data-raw ${inCmd(one.requestBody.text)}` : ''}\r\n`,
  },
  'copied as fetch': {
    kind: 'curl',
    parts: [...asked, 'fragment'],
    write: (one) =>
      `fetch(${json(url(one))}, ${json(
        {
          headers: Object.fromEntries(sent(one).map(([name, value]) => [name.toLowerCase(), value])),
          body: one.requestBody?.text ?? null,
          method: one.method,
        },
        null,
        2,
      )});`,
  },
  'copied for PowerShell': {
    kind: 'curl',
    parts: [...asked, 'fragment'],
    write: (one) => {
      const cookies = sent(one)
        .filter(([name]) => name === 'Cookie')
        .flatMap(([, value]) => value.split('; '))
        .map((cookie) => {
          const at = cookie.indexOf('=');
          return `$session.Cookies.Add((New-Object System.Net.Cookie(${inPowerShell(cookie.slice(0, at))}, ${inPowerShell(cookie.slice(at + 1))}, "/", "${host}")))\n`;
        });
      const headers = sent(one).filter(([name]) => name !== 'Cookie' && name !== 'Content-Type');
      return `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n${cookies.join('')}Invoke-WebRequest -UseBasicParsing -Uri ${inPowerShell(url(one))} \`\n-Method ${inPowerShell(one.method)} \`\n-WebSession $session \`\n-Headers @{\n${headers
        .map(([name, value]) => `${inPowerShell(name)}=${inPowerShell(value)}`)
        .join('\n  ')}\n}${
        one.requestBody
          ? ` \`\n-ContentType ${inPowerShell(one.requestBody.type)} \`\n-Body ${inPowerShell(one.requestBody.text)}`
          : ''
      }`;
    },
  },
  'curl -siL': {
    kind: 'curl',
    parts: ['response'],
    write: (one) =>
      `HTTP/1.1 301 Moved Permanently\r\nLocation: ${origin}${one.target}\r\nContent-Length: 0\r\n\r\n${answer(one)}`,
  },
  'messages of ZAP': {
    kind: 'traffic',
    parts: both,
    losesPlaces: true,
    write: (one) =>
      `==== 1 ==========\n${request({ ...one, target: `${origin}${one.target}` })}\n${answer(one)}\n`.replaceAll(
        '\r',
        '',
      ),
  },
  'flows of mitmproxy': {
    kind: 'traffic',
    parts: both,
    losesPlaces: true,
    write: (one) =>
      netstring({
        version: 21,
        type: 'http',
        request: {
          path: one.target,
          scheme: 'https',
          port: 443,
          host,
          method: one.method,
          headers: sent(one),
          content: one.requestBody?.text ?? '',
        },
        response: { status_code: 200, headers: answered(one), content: one.responseBody.text },
      }),
  },
  'a collection of Postman': {
    kind: 'traffic',
    parts: both,
    losesPlaces: true,
    write: (one) =>
      json({
        info: {
          _postman_id: 'a',
          name: 'Call',
          schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
        },
        item: [
          {
            name: 'join',
            request: {
              method: one.method,
              header: sent(one).map(([key, value]) => ({ key, value })),
              ...(one.requestBody && { body: { mode: 'raw', raw: one.requestBody.text } }),
              url: { raw: url(one) },
            },
            response: [
              {
                originalRequest: { method: one.method, url: url(one) },
                header: answered(one).map(([key, value]) => ({ key, value })),
                body: one.responseBody.text,
              },
            ],
          },
        ],
      }),
  },
  'an export of Insomnia': {
    kind: 'traffic',
    parts: asked,
    losesPlaces: true,
    write: (one) =>
      json({
        _type: 'export',
        __export_format: 4,
        __export_source: 'insomnia.desktop.app:v10.3.0',
        resources: [
          {
            _id: 'req_1',
            _type: 'request',
            url: url(one),
            method: one.method,
            headers: named(sent(one)),
            body: one.requestBody ? { mimeType: one.requestBody.type, text: one.requestBody.text } : {},
          },
        ],
      }),
  },
  'a file of requests for an editor': {
    kind: 'traffic',
    parts: asked,
    losesPlaces: true,
    write: (one) =>
      `### join\n${one.method} ${url(one)} HTTP/1.1\n${lines(sent(one)).replaceAll('\r', '')}\n${one.requestBody?.text ?? ''}\n\n### rooms\nGET ${origin}/rooms\n`,
  },
  'a net log of Chrome': {
    kind: 'traffic',
    parts: both,
    losesPlaces: true,
    write: (one) =>
      `{"constants":{"logEventTypes":{"CANCELLED":0}},\n"events": [\n${[
        { params: { method: one.method, url: url(one) }, source: { id: 1, type: 1 }, phase: 1, time: '2', type: 3 },
        {
          params: {
            headers: sent(one).map(([name, value]) => `${name}: ${value}`),
            line: `${one.method} ${one.target}`,
          },
          source: { id: 1, type: 1 },
          phase: 0,
          time: '3',
          type: 3,
        },
        {
          params: { bytes: btoa(one.requestBody?.text ?? '') },
          source: { id: 1, type: 1 },
          phase: 0,
          time: '4',
          type: 3,
        },
        {
          params: { headers: ['HTTP/1.1 200', ...answered(one).map(([name, value]) => `${name}: ${value}`)] },
          source: { id: 1, type: 1 },
          phase: 0,
          time: '5',
          type: 3,
        },
        {
          params: { bytes: btoa(one.responseBody.text) },
          source: { id: 1, type: 1 },
          phase: 0,
          time: '6',
          type: 3,
        },
      ]
        .map((event) => json(event))
        .join(',\n')}]}\n`,
  },
};

function chromiumMessages({ messages }: Exchange): object {
  if (messages.length === 0) return {};
  return {
    _resourceType: 'websocket',
    _webSocketMessages: messages.map(({ isSent, data }) => ({
      type: isSent ? 'send' : 'receive',
      time: 1795694400.5,
      opcode: 1,
      data,
    })),
  };
}

function burp(one: Exchange, isEncoded: boolean): string {
  const section = (text: string) =>
    `base64="${isEncoded}"><![CDATA[${isEncoded ? btoa(text) : text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  return `<?xml version="1.0"?>\n<items burpVersion="2026.1" exportTime="Thu Nov 26 12:00:00 UTC 2026">\n<item><time>Thu Nov 26 11:59:00 UTC 2026</time><url><![CDATA[${origin}${one.target}]]></url><host ip="192.0.2.1">${host}</host><port>443</port><protocol>https</protocol><method>${one.method}</method><path><![CDATA[${one.target}]]></path><request ${section(request(one))}</request><status>200</status><response ${section(answer(one))}</response><comment></comment></item>\n</items>\n`;
}

/** As tnetstrings.org has it. */
function netstring(value: unknown): string {
  const [text, type] = written(value);
  return `${text.length}:${text}${type}`;
}

function written(value: unknown): [text: string, type: string] {
  if (typeof value === 'string') return [value, ','];
  if (typeof value === 'number') return [String(value), '#'];
  if (Array.isArray(value)) return [value.map(netstring).join(''), ']'];
  const members = Object.entries(value as object);
  return [members.map(([name, one]) => `${netstring(name).replace(/,$/, ';')}${netstring(one)}`).join(''), '}'];
}
