import { gzipSync } from 'node:zlib';

const json = JSON.stringify;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const lines = (all: object[]) => all.map((one) => json(one)).join('\n');

interface Spoken {
  url?: string;
  request?: object;
  response?: object;
  entry?: object;
}

/** An entry as others than Chrome write it. */
function entry({ url = 'https://a.example/x', request = {}, response = {}, entry: other = {} }: Spoken): object {
  return {
    startedDateTime: '2026-11-26T12:00:01.000Z',
    time: 12.5,
    request: { method: 'GET', url, httpVersion: 'HTTP/1.1', headers: [], ...request },
    response: { status: 200, statusText: 'OK', headers: [], content: { size: 0, mimeType: '' }, ...response },
    timings: { send: 0, wait: 1, receive: 1 },
    ...other,
  };
}

const har = (spoken: Spoken) => json({ log: { version: '1.2', creator: { name: 'x' }, entries: [entry(spoken)] } });
const typed = (value: string) => ({ type: 'string', value });

/** HAR as others than Chrome write it. */
export function harCells(secret: string): Record<string, string> {
  return {
    'HAR of BiDi, header': har({ request: { headers: [{ name: 'X-Api-Key', value: typed(secret) }] } }),
    'HAR of BiDi, header whose value stands first': har({
      request: { headers: [{ value: { value: secret, type: 'string' }, name: 'X-Api-Key' }] },
    }),
    'HAR of BiDi, header in base64': har({
      request: { headers: [{ name: 'X-Api-Key', value: { type: 'base64', value: base64(secret) } }] },
    }),
    'HAR of BiDi, Authorization': har({
      request: { headers: [{ name: 'Authorization', value: typed(`Basic ${base64(`ada:${secret}`)}`) }] },
    }),
    'HAR of BiDi, Cookie': har({
      request: { headers: [{ name: 'Cookie', value: typed(`theme=dark; qx=${secret}`) }] },
    }),
    'HAR of BiDi, Set-Cookie': har({
      response: { headers: [{ name: 'set-cookie', value: typed(`qx=${secret}; Path=/`) }] },
    }),
    'HAR of BiDi, cookie': har({ request: { cookies: [{ name: 'qx', value: typed(secret), domain: 'a.example' }] } }),
    'HAR of BiDi, cookie of the answer': har({ response: { cookies: [{ name: 'qx', value: typed(secret) }] } }),
    'HAR, headers as an object': har({ request: { headers: { accept: '*/*', 'x-api-key': secret } } }),
    'HAR, headers as an object of lists': har({ request: { headers: { accept: ['*/*'], 'x-api-key': [secret] } } }),
    'HAR, cookies in headers as an object': har({
      request: { headers: { cookie: `theme=dark; qx=${secret}` } },
      response: { headers: { 'set-cookie': [`theme=dark; Path=/`, `qx=${secret}; Path=/`] } },
    }),
    'HAR, headers as pairs': har({
      request: {
        headers: [
          ['accept', '*/*'],
          ['cookie', `qx=${secret}`],
          ['x-api-key', secret],
        ],
      },
    }),
    'HAR, headers as lines': har({
      request: { headers: ['accept: */*', `Cookie: qx=${secret}`, `X-Api-Key: ${secret}`] },
    }),
    'HAR, headers as one text': har({
      request: { headers: `accept: */*\r\nCookie: qx=${secret}\r\nX-Api-Key: ${secret}\r\n` },
    }),
    'HAR, cookies of the answer': har({
      response: { cookies: [{ name: 'qx', value: secret, path: '/', httpOnly: true, secure: true }] },
    }),
    'HAR, cookies as an object': har({ request: { cookies: { theme: 'dark', qx: secret } } }),
    'HAR, cookies as pairs': har({
      response: {
        cookies: [
          ['theme', 'dark'],
          ['qx', secret],
        ],
      },
    }),
    'HAR, cookies as lines': har({ request: { cookies: ['theme=dark', `qx=${secret}`] } }),
    'HAR, query as an object': har({ request: { queryString: { room: 'standup', token: secret } } }),
    'HAR, body in base64': har({
      response: {
        content: { mimeType: 'application/json', encoding: 'base64', text: base64(json({ password: secret })) },
      },
    }),
    'HAR, body in base64, text first': har({
      response: {
        content: { text: base64(json({ password: secret })), encoding: 'base64', mimeType: 'application/json' },
      },
    }),
    'HAR, body in gzip in base64': har({
      response: {
        content: {
          mimeType: 'application/json',
          encoding: 'base64',
          text: gzipSync(json({ password: secret })).toString('base64'),
        },
      },
    }),
    'HAR, body in base64 of UTF-16': har({
      response: {
        content: {
          mimeType: 'application/json',
          encoding: 'base64',
          text: Buffer.from(`\ufeff${json({ password: secret })}`, 'utf16le').toString('base64'),
        },
      },
    }),
    'HAR, request body of Insomnia': har({
      request: { postData: { mimeType: 'application/json', text: json({ password: secret }), _encoding: 'utf8' } },
    }),
    'HAR, request body in base64': har({
      request: { postData: { mimeType: 'application/json', encoding: 'base64', text: base64(json({ pin: secret })) } },
    }),
    'HAR, request body as an object': har({ request: { postData: { password: secret } } }),
    'HAR, body as an object': har({ response: { content: { mimeType: 'application/json', text: { token: secret } } } }),
    'HAR, params with values typed': har({
      request: { postData: { params: [{ name: 'password', value: typed(secret) }] } },
    }),
    'HAR, file beside it': har({ response: { content: { _file: `${'a1'.repeat(20)}.json`, password: secret } } }),
    'HAR, messages of Chrome': har({
      entry: { _webSocketMessages: [{ type: 'send', time: 1795176001, opcode: 1, data: json({ password: secret }) }] },
    }),
    'HAR, binary messages of Chrome': har({
      entry: {
        _webSocketMessages: [{ type: 'send', time: 1795176001, opcode: 2, data: base64(json({ password: secret })) }],
      },
    }),
    'HAR, messages of Charles': har({
      entry: { webSocketMessages: [{ fromClient: true, text: json({ password: secret }), time: '2026-11-26' }] },
    }),
    'HAR, messages of Insomnia': har({
      entry: { _webSocketMessages: [{ direction: 'OUTGOING', payload: json({ password: secret }), type: 'message' }] },
    }),
    'HAR, messages of Proxyman': har({
      entry: { _webSocketMessages: [{ type: 'send', opcode: 'text', data: json({ password: secret }) }] },
    }),
    'HAR, messages of an event stream': har({
      entry: { _eventSourceMessages: [{ time: 1, eventName: 'message', data: json({ password: secret }) }] },
    }),
    'HAR, error beside it': har({ response: { _error: 'net::ERR_ABORTED', _redirect: `/a?token=${secret}` } }),
    'HAR, initiator': har({
      entry: {
        _initiator: { type: 'script', stack: { callFrames: [{ url: `https://a.example/a.js?token=${secret}` }] } },
      },
    }),
    'HAR, title of a page': json({
      log: { pages: [{ id: 'p', title: `https://a.example/join?token=${secret}` }], entries: [] },
    }),
    'HAR, connection data of Proxyman': har({ entry: { comment: `Authorization: Bearer ${secret}` } }),
    'HAR, one entry alone': json(entry({ request: { headers: [{ name: 'X-Api-Key', value: secret }] } })),
    'HAR, list of entries': json([entry({ request: { headers: [{ name: 'X-Api-Key', value: secret }] } })]),
    'HAR, two in one file': `${har({})}\n${har({ request: { headers: [{ name: 'X-Api-Key', value: secret }] } })}`,
    'HAR, cut off in a cookie': har({ request: { cookies: [{ name: 'qx', value: secret }] } }).replace(
      /(?<=value":"[^"]{9,})"\}\][\s\S]*$/,
      '',
    ),
    'HAR, cut off behind a value of BiDi': har({
      request: { headers: [{ name: 'X-Api-Key', value: typed(secret) }] },
    }).replace(/(?<="string","value":"[^"]{9,}")\}\}\][\s\S]*$/, ''),
    'HAR, cut off in a body in base64': har({
      response: { content: { encoding: 'base64', text: base64(json({ a: 'x'.repeat(40), password: secret })) } },
    }).replace(/"\}\}?[^"]*"timings[\s\S]*$/, ''),
  };
}

const event = (type: string, more: object) => ({ type, ...more });

/** Traces of Playwright, of which each line is an event. */
export function traceCells(secret: string): Record<string, string> {
  const network = (spoken: Spoken) =>
    lines([
      event('resource-snapshot', { snapshot: entry({ ...spoken, entry: { _monotonicTime: 1.5, pageref: 'p' } }) }),
    ]);
  const call = (more: object) =>
    lines([
      event('context-options', { browserName: 'chromium', options: {}, version: 8 }),
      event('before', { callId: 'call@1', startTime: 1, class: 'Frame', method: 'fill', ...more }),
    ]);
  return {
    'trace, header': network({ request: { headers: [{ name: 'X-Api-Key', value: secret }] } }),
    'trace, cookie': network({ request: { headers: [{ name: 'Cookie', value: `theme=dark; qx=${secret}` }] } }),
    'trace, cookie list': network({ request: { cookies: [{ name: 'qx', value: secret }] } }),
    'trace, set-cookie': network({ response: { headers: [{ name: 'Set-Cookie', value: `qx=${secret}; Path=/` }] } }),
    'trace, address': network({ url: `https://a.example/?token=${secret}` }),
    'trace, body': network({ request: { postData: { mimeType: 'application/json', text: json({ pin: secret }) } } }),
    'trace, body beside it': network({
      request: { postData: { mimeType: 'application/json', _sha1: `${'a1'.repeat(20)}.json` } },
      response: { headers: [{ name: 'X-Auth-Token', value: secret }], content: { _sha1: `${'b2'.repeat(20)}.json` } },
    }),
    'trace, typed into a field': call({ params: { selector: 'input[type=password]', value: secret, strict: true } }),
    'trace, typed into a field of a name': call({
      params: { selector: 'internal:label="Password"i', value: secret, strict: true },
    }),
    'trace, opened': call({ method: 'goto', params: { url: `https://a.example/?token=${secret}`, timeout: 0 } }),
    'trace, options': lines([
      event('context-options', {
        browserName: 'chromium',
        options: {
          httpCredentials: { username: 'ada', password: secret },
          extraHTTPHeaders: [{ name: 'X-Api-Key', value: secret }],
          storageState: { cookies: [{ name: 'qx', value: secret, domain: 'a.example', path: '/' }], origins: [] },
        },
      }),
    ]),
    'trace, console': lines([
      event('console', {
        messageType: 'log',
        text: `token: ${secret}`,
        args: [{ preview: `token: ${secret}`, value: `token: ${secret}` }],
      }),
    ]),
    'trace, snapshot of the page': lines([
      event('frame-snapshot', {
        snapshot: {
          callId: 'call@1',
          html: ['HTML', {}, ['BODY', {}, ['INPUT', { type: 'hidden', name: 'csrf_token', value: secret }]]],
          frameUrl: `https://a.example/?token=${secret}`,
        },
      }),
    ]),
    'trace, field of the page': lines([
      event('frame-snapshot', {
        snapshot: { html: ['HTML', {}, ['INPUT', { type: 'password', __playwright_value_: secret }]] },
      }),
    ]),
  };
}

const charles = (more: object, other: object = {}) =>
  json([
    {
      status: 'COMPLETE',
      method: 'POST',
      protocolVersion: 'HTTP/1.1',
      scheme: 'https',
      host: 'a.example',
      path: '/x',
      query: null,
      tunnel: false,
      request: { sizes: { headers: 1, body: 2 }, mimeType: 'application/json', charset: null, ...more },
      response: { status: 200, header: { headers: [] } },
      ...other,
    },
  ]);

/** Recordings and collections of other tools, beside those in `traffic-cells.ts`. */
export function toolCells(secret: string): Record<string, string> {
  return {
    'charles header': charles({ header: { headers: [{ name: 'X-Api-Key', value: secret }] } }),
    'charles cookie': charles({ header: { headers: [{ name: 'Cookie', value: `qx=${secret}` }] } }),
    'charles first line': charles({ header: { firstLine: `GET /x?token=${secret} HTTP/1.1`, headers: [] } }),
    'charles query': charles({ header: { headers: [] } }, { query: `a=1&token=${secret}` }),
    'charles body': charles({ header: { headers: [] }, body: { text: json({ password: secret }), charset: 'utf-8' } }),
    'charles body encoded': charles({ header: { headers: [] }, body: { encoded: base64(json({ password: secret })) } }),
    'charles body encoded, a form': charles({
      header: { headers: [] },
      body: { encoded: base64(`a=1&pin=${secret}`) },
    }),
    'charles socket': charles(
      { header: { headers: [] } },
      { webSocketMessages: [{ fromClient: true, text: json({ password: secret }) }] },
    ),
    'charles answer': charles(
      { header: { headers: [] } },
      { response: { status: 200, header: { headers: [{ name: 'Set-Cookie', value: `qx=${secret}; Path=/` }] } } },
    ),
    'netlog in hex': `{"constants":{"logEventTypes":{}},\n"events": [\n${json({ params: { byte_count: 40, hex_encoded_bytes: Buffer.from(`GET / HTTP/1.1\r\nCookie: qx=${secret}\r\nX-Api-Key: ${secret}\r\n\r\n`).toString('hex') }, source: { id: 1 } })},\n]}`,
    'netlog address': `{"constants":{"logEventTypes":{}},\n"events": [\n${json({ params: { url: `https://a.example/?token=${secret}`, method: 'GET' }, source: { id: 1 } })},\n]}`,
    'netlog form': `{"constants":{"logEventTypes":{}},\n"events": [\n${json({ params: { bytes: base64(`user=ada&password=${secret}`) }, source: { id: 1 } })},\n]}`,
    'http file basic': `GET https://a.example/\nAuthorization: Basic ada ${secret}\n\n###\n`,
    'http file basic, colon': `GET https://a.example/\nAuthorization: Basic ada:${secret}\n\n###\n`,
    'http file script': `GET https://a.example/\n\n> {% client.global.set("auth_token", "${secret}"); %}\n`,
    'http file form': `POST https://a.example/\nContent-Type: application/x-www-form-urlencoded\n\nuser=ada&\npassword=${secret}\n`,
    'http file environment': json({ dev: { host: 'a.example', token: secret }, $shared: { password: secret } }),
    'insomnia body': json({
      _type: 'export',
      __export_format: 4,
      resources: [{ url: 'https://a.example', body: { mimeType: 'application/json', text: json({ pin: secret }) } }],
    }),
    'insomnia form': json({
      _type: 'export',
      __export_format: 4,
      resources: [{ url: 'https://a.example', body: { params: [{ name: 'password', value: secret, id: 'pair_1' }] } }],
    }),
    'insomnia parameters': json({
      _type: 'export',
      __export_format: 4,
      resources: [{ url: 'https://a.example', parameters: [{ id: 'pair_1', name: 'token', value: secret }] }],
    }),
    'insomnia oauth2': json({
      _type: 'export',
      __export_format: 4,
      resources: [
        { authentication: { type: 'oauth2', clientId: 'a', clientSecret: secret, accessTokenUrl: 'https://a' } },
      ],
    }),
    'insomnia yaml form': `type: collection.insomnia.rest/5.0\ncollection:\n  - url: https://a.example\n    body:\n      params:\n        - name: password\n          value: ${secret}\n        - id: pair_1\n          name: a\n          value: b\n`,
    'insomnia yaml env': `type: collection.insomnia.rest/5.0\nenvironments:\n  data:\n    access_token: ${secret}\n    base: https://a.example\n`,
    'insomnia yaml value first': `type: collection.insomnia.rest/5.0\ncollection:\n  - headers:\n      - value: ${secret}\n        name: X-Api-Key\n`,
    'zap alert': json({
      '@programName': 'ZAP',
      site: [
        {
          alerts: [
            {
              instances: [
                {
                  uri: `https://a.example/?token=${secret}`,
                  evidence: `Set-Cookie: qx=${secret}`,
                  'request-header': `GET / HTTP/1.1\r\nCookie: qx=${secret}\r\n\r\n`,
                  'response-body': json({ password: secret }),
                },
              ],
            },
          ],
        },
      ],
    }),
    'zap body': `==== 1 ==========\nPOST https://a.example/ HTTP/1.1\nHost: a.example\n\nuser=ada&password=${secret}\nHTTP/1.1 200 OK\nSet-Cookie: qx=${secret}\n\n{"token":"${secret}"}\n`,
    'fiddler raw session': `GET https://a.example/?token=${secret} HTTP/1.1\r\nHost: a.example\r\nCookie: qx=${secret}\r\n\r\n`,
    'fiddler socket': `Request-Length: 64\r\nID: 1\r\nBitFlags: 2\r\n\r\n\x81\x40{"password":"${secret}"}\r\n`,
    'cypress log': json({
      consoleProps: { Request: { headers: { 'x-api-key': secret }, url: `https://a.example/?token=${secret}` } },
    }),
    'DevTools protocol, request': lines([
      {
        method: 'Network.requestWillBeSent',
        params: { request: { url: `https://a.example/?token=${secret}`, headers: { 'X-Api-Key': secret } } },
      },
      {
        method: 'Network.requestWillBeSentExtraInfo',
        params: { associatedCookies: [{ cookie: { name: 'qx', value: secret } }] },
      },
      {
        method: 'Network.webSocketFrameSent',
        params: { response: { opcode: 1, payloadData: json({ password: secret }) } },
      },
    ]),
    'DevTools protocol, headers as a text': json({
      method: 'Network.responseReceivedExtraInfo',
      params: { headersText: `HTTP/1.1 200 OK\r\nSet-Cookie: qx=${secret}; Path=/\r\n\r\n` },
    }),
    'DevTools protocol, body': json({ id: 4, result: { body: base64(json({ token: secret })), base64Encoded: true } }),
  };
}
