import { deflateSync, gzipSync } from 'node:zlib';
import { damageCells, damagedTokens, mailCells } from './damage-cells.ts';
import { harCells, toolCells, traceCells } from './recording-cells.ts';
import { storageCells } from './storage-cells.ts';
import { trafficCells } from './traffic-cells.ts';

/** One secret, planted once. */
export interface Cell {
  name: string;
  text: string;
}

type Plant = (secret: string) => string;

const json = JSON.stringify;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const wrap = (text: string, width = 76, between = '\r\n') =>
  text.replace(new RegExp(`.{${width}}`, 'g'), `$&${between}`);

interface Parts {
  url?: string;
  requestHeaders?: { name: string; value: string }[];
  responseHeaders?: { name: string; value: string }[];
  requestCookies?: object[];
  responseCookies?: object[];
  queryString?: object[];
  postData?: object;
  content?: object;
  redirectURL?: string;
  messages?: object[];
}

/** A recording with one entry. */
export function recording(parts: Parts): object {
  return {
    log: {
      version: '1.2',
      creator: { name: 'WebInspector', version: '537.36' },
      pages: [
        { startedDateTime: '2026-11-26T12:00:00.000Z', id: 'page_1', title: 'https://call.example/', pageTimings: {} },
      ],
      entries: [
        {
          startedDateTime: '2026-11-26T12:00:01.000Z',
          time: 12.5,
          request: {
            method: 'POST',
            url: parts.url ?? 'https://call.example/api/join?room=standup',
            httpVersion: 'HTTP/2.0',
            headers: [{ name: 'accept', value: '*/*' }, ...(parts.requestHeaders ?? [])],
            queryString: parts.queryString ?? [],
            cookies: parts.requestCookies ?? [],
            headersSize: -1,
            bodySize: 20,
            ...(parts.postData ? { postData: parts.postData } : {}),
          },
          response: {
            status: 200,
            statusText: '',
            httpVersion: 'HTTP/2.0',
            headers: [{ name: 'content-type', value: 'application/json' }, ...(parts.responseHeaders ?? [])],
            cookies: parts.responseCookies ?? [],
            content: parts.content ?? { size: 2, mimeType: 'application/json', text: '{}' },
            redirectURL: parts.redirectURL ?? '',
            headersSize: -1,
            bodySize: -1,
          },
          cache: {},
          timings: { send: 0, wait: 10, receive: 2.5 },
          pageref: 'page_1',
          ...(parts.messages ? { _resourceType: 'websocket', _webSocketMessages: parts.messages } : {}),
        },
      ],
    },
  };
}

/** Names that carry credentials, in the spellings of headers, cookies, parameters and members. */
export const credentialNames = [
  ...[
    'token',
    'accessToken',
    'access_token',
    'auth_token',
    'X-Auth-Token',
    'Private-Token',
    'refresh_token',
    'id_token',
  ],
  ...[
    'sid',
    'session_id',
    'sessionId',
    'JSESSIONID',
    'PHPSESSID',
    'connect.sid',
    'sig',
    'signature',
    'X-Amz-Signature',
  ],
  ...[
    'password',
    'passwd',
    'userPassword',
    'client_secret',
    'clientSecret',
    'api_key',
    'apiKey',
    'x-api-key',
    'APIKEY',
  ],
  ...[
    'roomKey',
    'room_key',
    'privateKey',
    'streamKey',
    'SAMLResponse',
    'code_verifier',
    'jwt',
    'zak',
    'otp',
    'csrf_token',
  ],
  ...['__RequestVerificationToken', 'authenticity_token', 'X-Goog-IAP-JWT-Assertion', 'user[password]', 'x-csrf-token'],
  ...[
    'sb-access-token',
    '__Host-session-token',
    'X-Vault-Token',
    'credential',
    'authorization',
    'device_code',
    'usersig',
  ],
];

const headerPlaces: Record<string, Plant> = {
  bearer: (secret) => `Bearer ${secret}`,
  'bearer in lower case': (secret) => `bearer  ${secret}`,
  basic: (secret) => `Basic ${base64(`user:${secret}`)}`,
  'no scheme': (secret) => secret,
  'an unknown scheme': (secret) => `CALLAUTH ${secret}`,
  digest: (secret) => `Digest username="ada", realm="call", nonce="abc", response="${secret}"`,
  aws: (secret) =>
    `AWS4-HMAC-SHA256 Credential=AKIA/20261126/eu/s3/aws4_request, SignedHeaders=host, Signature=${secret}`,
  parameters: (secret) => `Token token="${secret}", options="x"`,
  'glued by a colon': (secret) => `Bearer:${secret}`,
};

const urls: Record<string, Plant> = {
  query: (secret) => `https://call.example/join?room=standup&token=${secret}&lang=en`,
  'encoded name': (secret) => `https://call.example/join?access%5Ftoken=${secret}`,
  fragment: (secret) => `https://call.example/join#access_token=${secret}&room=standup`,
  'hash route': (secret) => `https://call.example/#/join?room=a&jwt=${secret}`,
  user: (secret) => `https://ada:${secret}@call.example/join`,
  'user alone': (secret) => `https://${secret}@call.example/join`,
  'nested, encoded': (secret) =>
    `https://id.example/login?next=${encodeURIComponent(`https://call.example/?token=${secret}`)}`,
  'nested twice': (secret) =>
    `https://id.example/login?next=${encodeURIComponent(`https://a.example/?next=${encodeURIComponent(`https://call.example/?token=${secret}`)}`)}`,
  'JSON in a parameter': (secret) => `https://call.example/?state=${encodeURIComponent(json({ accessToken: secret }))}`,
  'base64 in a parameter': (secret) =>
    `https://call.example/?data=${encodeURIComponent(base64(json({ room: 'a', token: secret })))}`,
  'signed by a cloud': (secret) => `https://files.example/a.png?X-Amz-Date=20261126T120000Z&X-Amz-Signature=${secret}`,
  sas: (secret) => `https://files.example/a.png?sv=2026-01-01&se=2026-11-27&sig=${secret}`,
  websocket: (secret) => `wss://call.example/rtc?access_token=${secret}`,
};

const cookies: Record<string, Plant> = {
  named: (secret) => `theme=dark; sid=${secret}; lang=en`,
  'of an unknown name': (secret) => `theme=dark; qx=${secret}`,
  nameless: (secret) => `theme=dark; ${secret}`,
  'nameless with =': (secret) => `=${secret}; theme=dark`,
  quoted: (secret) => `sid="${secret}"; theme=dark`,
  'with JSON': (secret) => `auth=${encodeURIComponent(json({ user: 'ada', refresh_token: secret }))}`,
  'with base64': (secret) => `sb-auth-token=base64-${base64(json({ user: { name: 'ada' }, refresh_token: secret }))}`,
  'beside a safe value': (secret) => `mix=ada|${secret}|2`,
};

const setCookies: Record<string, Plant> = {
  named: (secret) => `sid=${secret}; Path=/; HttpOnly; Secure`,
  'comma-joined': (secret) => `theme=dark; Expires=Wed, 25 Nov 2026 12:00:00 GMT; Path=/, sid=${secret}; HttpOnly`,
  'in lines': (secret) => `theme=dark; Path=/\nsid=${secret}; HttpOnly`,
  'in an attribute': (secret) => `theme=dark; Path=/join?token=${secret}`,
  nameless: (secret) => `${secret}; Path=/`,
};

/** Bodies that hold a secret under a telling name. */
export const bodies: Record<string, { type: string; text: Plant }> = {
  JSON: { type: 'application/json', text: (secret) => json({ room: 'standup', access_token: secret, ttl: 60 }) },
  'pretty JSON': { type: 'application/json', text: (secret) => json({ user: { sessionToken: secret } }, null, 2) },
  'a JSON list': {
    type: 'application/json',
    text: (secret) => json([{ id: 1 }, { credentials: { password: secret } }]),
  },
  'tokens in a list': { type: 'application/json', text: (secret) => json({ tokens: ['', secret] }) },
  'JSON in JSON': { type: 'application/json', text: (secret) => json({ body: json({ token: secret }) }) },
  'JSON in JSON in JSON': {
    type: 'application/json',
    text: (secret) => json({ a: json({ b: json({ token: secret }) }) }),
  },
  'escaped JSON': {
    type: 'application/json',
    text: (secret) => `{"\\u0074oken":"${secret.replace(/^./, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)}"}`,
  },
  'guarded JSON': { type: 'application/json', text: (secret) => `)]}',\n${json({ token: secret })}` },
  'looped JSON': { type: 'application/json', text: (secret) => `for(;;);${json({ token: secret })}` },
  JSONP: { type: 'text/javascript', text: (secret) => `callback(${json({ token: secret })});` },
  'JSON with commas too many': { type: 'application/json', text: (secret) => `{"a":[1,2,],"token":"${secret}",}` },
  'JSON cut off': { type: 'application/json', text: (secret) => `{"a":1,"token":"${secret}","b":{"c":` },
  'JSON cut off in the secret': { type: 'application/json', text: (secret) => `{"a":1,"token":"${secret}` },
  'pairs cut off before the name': { type: 'application/json', text: (secret) => `{"headers":[{"value":"${secret}"` },
  NDJSON: {
    type: 'application/x-ndjson',
    text: (secret) => `${json({ id: 1 })}\n${json({ token: secret })}\n${json({ id: 2 })}\n`,
  },
  'an event stream': {
    type: 'text/event-stream',
    text: (secret) => `event: joined\ndata: ${json({ token: secret })}\n\n`,
  },
  'socket.io': { type: 'text/plain', text: (secret) => `42["join",{"token":"${secret}"}]` },
  'socket.io polling': { type: 'text/plain', text: (secret) => `0{"upgrades":[]}\x1e42["join",{"token":"${secret}"}]` },
  SockJS: { type: 'text/plain', text: (secret) => `a[${json(json({ token: secret }))}]` },
  GraphQL: {
    type: 'application/json',
    text: (secret) => json({ query: 'mutation($p:String!){login(password:$p){id}}', variables: { password: secret } }),
  },
  'GraphQL with a literal': {
    type: 'application/graphql',
    text: (secret) => `mutation { login(user: "ada", password: "${secret}") { id } }`,
  },
  'a form': {
    type: 'application/x-www-form-urlencoded',
    text: (secret) => `room=standup&password=${encodeURIComponent(secret)}&x=1`,
  },
  'a form with JSON': {
    type: 'application/x-www-form-urlencoded',
    text: (secret) => `payload=${encodeURIComponent(json({ token: secret })).replaceAll('%20', '+')}`,
  },
  'a form in parts': {
    type: 'multipart/form-data; boundary=x7',
    text: (secret) =>
      `--x7\r\nContent-Disposition: form-data; name="room"\r\n\r\nstandup\r\n--x7\r\nContent-Disposition: form-data; name="password"\r\n\r\n${secret}\r\n--x7--\r\n`,
  },
  'JSON in a part': {
    type: 'multipart/form-data; boundary=x7',
    text: (secret) =>
      `--x7\r\nContent-Disposition: form-data; name="payload"; filename="a.json"\r\nContent-Type: application/json\r\n\r\n${json({ token: secret })}\r\n--x7--\r\n`,
  },
  XML: {
    type: 'text/xml',
    text: (secret) =>
      `<?xml version="1.0"?><env:Body><ns:Login><User>ada</User><ns:Password>${secret}</ns:Password></ns:Login></env:Body>`,
  },
  'XML in CDATA': { type: 'text/xml', text: (secret) => `<login><token><![CDATA[${secret}]]></token></login>` },
  'XML attributes': { type: 'text/xml', text: (secret) => `<session id="4" token="${secret}"/>` },
  'a form field of HTML': {
    type: 'text/html',
    text: (secret) =>
      `<form><input type="hidden" name="csrf_token" value="${secret}"><input name="room" value="standup"></form>`,
  },
  'a meta element': {
    type: 'text/html',
    text: (secret) => `<head><meta name="csrf-token" content="${secret}"></head>`,
  },
  'a script in HTML': {
    type: 'text/html',
    text: (secret) => `<script>window.__STATE__ = {"auth":{"accessToken":"${secret}"}};</script>`,
  },
  'JSON in an attribute': {
    type: 'text/html',
    text: (secret) => `<div data-props="${json({ room: 'a', token: secret }).replaceAll('"', '&quot;')}"></div>`,
  },
  'a script': {
    type: 'text/javascript',
    text: (secret) => `const room = 'a'; const apiKey = '${secret}'; join({ token: "${secret}", room });`,
  },
  'a script with JSON in a string': {
    type: 'text/javascript',
    text: (secret) => `const state = JSON.parse(${json(json({ token: secret }))});`,
  },
  YAML: { type: 'text/yaml', text: (secret) => `room: standup\nauth:\n  password: ${secret}\n  user: ada\n` },
  settings: { type: 'text/plain', text: (secret) => `ROOM=standup\nAPI_SECRET=${secret}\nexport TOKEN="${secret}"\n` },
  'a log': { type: 'text/plain', text: (secret) => `12:00:01 INFO joined room=standup token=${secret} user=ada\n` },
  'a log of a header': {
    type: 'text/plain',
    text: (secret) => `sending Authorization: Bearer ${secret} to call.example`,
  },
  'a dictionary of Python': { type: 'text/plain', text: (secret) => `{'room': 'a', 'token': '${secret}', 'ok': True}` },
  'a private JWK': {
    type: 'application/json',
    text: (secret) => json({ kty: 'OKP', crv: 'Ed25519', x: 'AAAA', d: secret }),
  },
  'a shared JWK': { type: 'application/json', text: (secret) => json({ keys: [{ kty: 'oct', kid: '1', k: secret }] }) },
  SDP: { type: 'application/sdp', text: (secret) => `v=0\r\na=ice-ufrag:abcd\r\na=ice-pwd:${secret}\r\na=mid:0\r\n` },
  'a TURN server': {
    type: 'application/json',
    text: (secret) =>
      json({ iceServers: [{ urls: ['turn:call.example:3478'], username: '1795176000:ada', credential: secret }] }),
  },
  'a connection string': { type: 'text/plain', text: (secret) => `postgres://app:${secret}@db.example:5432/calls` },
};

/** Texts behind the byte that says how long they are, in MessagePack and CBOR. */
const packed = (lead: number, wide: number) => (text: string) =>
  text.length < (lead === 0xa0 ? 32 : 24)
    ? [String.fromCharCode(lead + text.length), text]
    : text.length < 256
      ? [String.fromCharCode(wide, text.length), text]
      : [String.fromCharCode(wide + 1, text.length >> 8, text.length & 255), text];
const messagePack = packed(0xa0, 0xd9);
const cbor = packed(0x60, 0x78);
const field = (number: number, text: string) =>
  String.fromCharCode(
    (number << 3) | 2,
    ...(text.length < 128 ? [text.length] : [(text.length & 127) | 128, text.length >> 7]),
  ) + text;

/** Binary messages, each character a byte. */
export const binaries: Record<string, Plant> = {
  MessagePack: (secret) => `\x82${['room', 'standup', 'password', secret].flatMap(messagePack).join('')}`,
  CBOR: (secret) => `\xa2${['room', 'standup', 'token', secret].flatMap(cbor).join('')}`,
  'a map of Protocol Buffers': (secret) => field(4, field(1, 'access_token') + field(2, secret)),
  'names and values with lengths of two bytes': (secret) =>
    `\x01${['user', 'ada', 'token', secret].map((text) => `${String.fromCharCode(text.length >> 8, text.length & 255)}${text}`).join('')}`,
  BSON: (secret) =>
    `\x40\0\0\0\x02password\0${String.fromCharCode((secret.length + 1) & 255, (secret.length + 1) >> 8)}\0\0${secret}\0\0`,
};

/** Ways in which a whole body may be written once more. */
export const encodings: Record<string, Plant> = {
  base64,
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'MIME base64': (text) => wrap(base64(text)),
  'base64 twice': (text) => base64(base64(text)),
  hex: (text) => Buffer.from(text).toString('hex'),
  'hex of gzip': (text) => gzipSync(text).toString('hex'),
  'base64 of UTF-32': (text) => Buffer.from(text.replace(/./gs, '$&\0\0\0'), 'latin1').toString('base64'),
  'percent-encoding': encodeURIComponent,
  'percent-encoding twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'HTML entities': (text) => text.replace(/[^\w ]/g, (char) => `&#${char.charCodeAt(0)};`),
  'HTML entities in hex': (text) => text.replace(/[^\w ]/g, (char) => `&#x${char.charCodeAt(0).toString(16)};`),
  'quoted-printable': (text) => wrap(text.replace(/=/g, '=3D'), 60, '=\r\n'),
  'base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'base64 of gzip': (text) => gzipSync(text).toString('base64'),
  'base64 of zlib': (text) => deflateSync(text).toString('base64'),
  'a JSON string': (text) => json(text),
  'script escapes': (text) =>
    `"${text.replace(/[^\w]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`,
};

export function cells(secret: string, kind: 'token' | 'opaque'): Cell[] {
  const out: Cell[] = [];
  const add = (name: string, text: string) => out.push({ name: `${name}, ${kind}`, text });
  const har = (parts: Parts) => json(recording(parts));
  for (const [place, plant] of Object.entries(headerPlaces)) {
    add(`HAR, Authorization, ${place}`, har({ requestHeaders: [{ name: 'Authorization', value: plant(secret) }] }));
    add(
      `raw HTTP, Authorization, ${place}`,
      `GET / HTTP/1.1\r\nHost: call.example\r\nAuthorization: ${plant(secret)}\r\n\r\n`,
    );
    add(
      `curl, Authorization, ${place}`,
      `curl 'https://call.example/' \\\n  -H 'accept: */*' \\\n  -H 'authorization: ${plant(secret)}' \\\n  --compressed`,
    );
  }
  for (const [place, plant] of Object.entries(urls)) {
    add(`HAR, URL, ${place}`, har({ url: plant(secret) }));
    add(`HAR, Referer, ${place}`, har({ requestHeaders: [{ name: 'Referer', value: plant(secret) }] }));
    add(
      `HAR, Location, ${place}`,
      har({ responseHeaders: [{ name: 'Location', value: plant(secret) }], redirectURL: plant(secret) }),
    );
    add(`text, URL, ${place}`, `open ${plant(secret)} now`);
    add(`curl, URL, ${place}`, `curl "${plant(secret)}"`);
  }
  for (const [place, plant] of Object.entries(cookies)) {
    add(`HAR, Cookie, ${place}`, har({ requestHeaders: [{ name: 'cookie', value: plant(secret) }] }));
    add(`raw HTTP, Cookie, ${place}`, `GET / HTTP/1.1\r\nHost: call.example\r\nCookie: ${plant(secret)}\r\n\r\n`);
    add(`curl -b, ${place}`, `curl 'https://call.example/' -b '${plant(secret)}'`);
    add(
      `curl -v, Cookie, ${place}`,
      `> GET / HTTP/2\n> Host: call.example\n> cookie: ${plant(secret)}\n>\n< HTTP/2 200\n`,
    );
  }
  for (const [place, plant] of Object.entries(setCookies)) {
    add(`HAR, Set-Cookie, ${place}`, har({ responseHeaders: [{ name: 'Set-Cookie', value: plant(secret) }] }));
    if (place !== 'in lines')
      add(`raw HTTP, Set-Cookie, ${place}`, `HTTP/1.1 200 OK\r\nSet-Cookie: ${plant(secret)}\r\n\r\n{}`);
  }
  for (const name of credentialNames) {
    const headerName = name.replace(/[[\]._]/g, '-');
    add(`HAR header ${headerName}`, har({ requestHeaders: [{ name: headerName, value: secret }] }));
    add(`headers as an object, ${headerName}`, json({ request: { headers: { accept: '*/*', [headerName]: secret } } }));
    add(
      `headers as pairs, ${headerName}`,
      json({
        headers: [
          ['accept', '*/*'],
          [headerName, secret],
        ],
      }),
    );
    add(`headers in a flat list, ${headerName}`, json({ rawHeaders: ['accept', '*/*', headerName, secret] }));
    add(
      `raw HTTP header ${headerName}`,
      `GET / HTTP/1.1\r\nHost: call.example\r\n${headerName}: ${secret}\r\nAccept: */*\r\n\r\n`,
    );
    add(`query ${name}`, har({ url: `https://call.example/?a=1&${encodeURIComponent(name)}=${secret}` }));
    add(`queryString ${name}`, har({ queryString: [{ name, value: secret }] }));
    add(
      `params ${name}`,
      har({ postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name, value: secret }] } }),
    );
    add(`cookie ${name}`, har({ requestCookies: [{ name, value: secret }] }));
    add(`member ${name}`, har({ content: { mimeType: 'application/json', text: json({ [name]: secret, id: 1 }) } }));
    add(
      `storage ${name}`,
      json({ cookies: [], origins: [{ origin: 'https://call.example', localStorage: [{ name, value: secret }] }] }),
    );
  }
  for (const [body, { type, text }] of Object.entries(bodies)) {
    const whole = text(secret);
    add(`response, ${body}`, har({ content: { mimeType: type, text: whole } }));
    add(`request, ${body}`, har({ postData: { mimeType: type, text: whole } }));
    add(`response in base64, ${body}`, har({ content: { mimeType: type, encoding: 'base64', text: base64(whole) } }));
    add(`text, ${body}`, whole);
    add(`message, ${body}`, har({ messages: [{ type: 'send', time: 1795176001, opcode: 1, data: whole }] }));
    add(
      `binary message, ${body}`,
      har({
        messages: [{ type: 'receive', time: 1795176001, opcode: 2, data: base64(`\x00\x01\x02\xff${whole}\x00`) }],
      }),
    );
    add(`raw HTTP, ${body}`, `POST /join HTTP/1.1\r\nHost: call.example\r\nContent-Type: ${type}\r\n\r\n${whole}`);
    add(`BOM, ${body}`, `\ufeff${har({ content: { mimeType: type, text: whole } })}`);
    add(`HAR cut off, ${body}`, har({ content: { mimeType: type, text: whole } }).replace(/,"redirectURL[\s\S]*$/, ''));
    add(
      `HAR with commas too many, ${body}`,
      har({ content: { mimeType: type, text: whole } }).replace('"cache":{}', '"cache":{},'),
    );
  }
  for (const [format, plant] of Object.entries(binaries)) {
    const bytes = Buffer.from(plant(secret), 'latin1');
    const data = bytes.toString('base64');
    add(`message, ${format}`, har({ messages: [{ type: 'send', time: 1795176001, opcode: 2, data }] }));
    add(`response, ${format}`, har({ content: { mimeType: 'application/x', encoding: 'base64', text: data } }));
    add(`text, ${format} in hex`, `sent ${bytes.toString('hex')} at noon`);
  }
  for (const [encoding, encode] of Object.entries(encodings)) {
    for (const body of ['JSON', 'a form', 'an event stream', 'YAML', 'JSON in JSON']) {
      const whole = encode((bodies[body] as { text: Plant }).text(secret));
      add(`response, ${body} in ${encoding}`, har({ content: { mimeType: 'text/plain', text: whole } }));
      add(`text, ${body} in ${encoding}`, `The answer was:\n\n${whole}\n\nthanks\n`);
      add(`member, ${body} in ${encoding}`, json({ id: 1, payload: whole }));
    }
  }
  return out.concat(fileCells(secret, kind), kind === 'token' ? tokenCells(secret) : []);
}

/** Files of other kinds. */
function fileCells(secret: string, kind: string): Cell[] {
  const entry = `https://call.example\tTRUE\t/\tTRUE\t1795180000`;
  return Object.entries({
    'cookie file': `# Netscape HTTP Cookie File\n${entry.replace('https://', '.')}\ttheme\tdark\n#HttpOnly_call.example\tFALSE\t/\tTRUE\t0\tsid\t${secret}\n`,
    'cookie file with fractions': `call.example\tfalse\t/\ttrue\t1795180000.25\tqx\t${secret}\n`,
    'cookie file without a name': `call.example\tFALSE\t/\tTRUE\t0\t\t${secret}\n`,
    'cookies of an extension': json([
      { domain: 'call.example', name: 'qx', value: secret, path: '/', httpOnly: true, expirationDate: 1795180000.5 },
    ]),
    'values before names': json([{ value: secret, domain: 'call.example', name: 'qx' }]),
    'storage state': json({
      cookies: [{ name: 'qx', value: secret, domain: 'call.example', path: '/', expires: -1 }],
      origins: [],
    }),
    'a session of a driver': json({ headers: [{ name: 'Authorization', value: { type: 'string', value: secret } }] }),
    'a cookie of a driver': json({
      cookies: [{ name: 'qx', domain: 'call.example', value: { type: 'string', value: secret } }],
    }),
    'copied as fetch': `fetch("https://call.example/", {\n  "headers": {\n    "accept": "*/*",\n    "x-auth-token": "${secret}"\n  },\n  "method": "GET"\n});`,
    'copied for PowerShell': `Invoke-WebRequest -Uri "https://call.example/" -Headers @{\n"accept"="*/*"\n  "x-auth-token"="${secret}"\n}`,
    'copied for cmd': `curl ^"https://call.example/^" ^\r\n  -H ^"x-auth-token: ${secret}^" ^\r\n  --compressed`,
    'copied with $': `curl 'https://call.example/' --data-raw $'{"password":"${secret}","a":"it\\'s"}'`,
    'curl -u': `curl -u ada:${secret} https://call.example/`,
    'curl --oauth2-bearer': `curl --oauth2-bearer ${secret} https://call.example/`,
    'Burp items': `<items><item><request base64="true"><![CDATA[${base64(`GET / HTTP/1.1\r\nHost: call.example\r\nX-Auth-Token: ${secret}\r\n\r\n`)}]]></request></item></items>`,
    'a header that is folded': `GET / HTTP/1.1\r\nHost: call.example\r\nX-Auth-Token:\r\n ${secret}\r\n\r\n`,
    'a mail in quoted-printable': `Subject: join\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${wrap(`open https://call.example/?token=3D${secret} and say hello to all who are there already`, 70, '=\r\n')}\r\n`,
    'a mail in base64': `Subject: join\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrap(base64(`open https://call.example/?token=${secret} and say hello\n`.repeat(2)))}\r\n`,
    'a private key': `-----BEGIN PRIVATE KEY-----\n${wrap(base64(`${secret}${secret}${secret}`), 64, '\n')}\n-----END PRIVATE KEY-----\n`,
    'a private key cut off': `-----BEGIN RSA PRIVATE KEY-----\n${wrap(base64(`${secret}${secret}${secret}`), 64, '\n')}`,
    'a private key in JSON': json({
      pem: `-----BEGIN EC PRIVATE KEY-----\n${base64(`${secret}${secret}`)}\n-----END EC PRIVATE KEY-----\n`,
    }),
    ...trafficCells(secret),
    ...harCells(secret),
    ...traceCells(secret),
    ...toolCells(secret),
    ...storageCells(secret),
    ...mailCells(secret),
    ...damageCells(secret),
    'a secret seen elsewhere': json({
      headers: [{ name: 'X-Api-Key', value: secret }],
      note: `it was ${secret} then`,
      other: [secret],
    }),
  }).map(([name, text]) => ({ name: `${name}, ${kind}`, text }));
}

/** Places where only the form of a token tells it. */
function tokenCells(token: string): Cell[] {
  const [third, two] = [Math.floor(token.length / 3), Math.floor((token.length * 2) / 3)];
  const pieces = [token.slice(0, third), token.slice(third, two), token.slice(two)];
  const messages = (data: string[], opcode = 1) =>
    json(
      recording({
        messages: data.map((one, index) => ({ type: 'receive', time: 1795176001 + index, opcode, data: one })),
      }),
    );
  return Object.entries({
    'in a path': json(recording({ url: `https://call.example/join/${token}/now` })),
    'in a text': `The token is ${token}.\n`,
    'in a log without a name': `joined with ${token} at noon`,
    'in a member of any name': json({ x: token }),
    'as a name of a member': json({ [token]: 1 }),
    'as a name of a cookie': json(recording({ requestHeaders: [{ name: 'Cookie', value: `${token}=1; theme=dark` }] })),
    'in a sub-protocol': json(
      recording({ requestHeaders: [{ name: 'Sec-WebSocket-Protocol', value: `access_token, ${token}` }] }),
    ),
    'broken over lines': wrap(`The token is:\n${wrap(token, 64, '\n')}\n`, 9999),
    'quoted in a mail': `> my token is\n> ${wrap(token, 64, '\n> ')}\n> thanks\n`,
    'in an event of many lines': `data: ${pieces.join('\ndata: ')}\n\n`,
    'split over messages': messages(pieces),
    'split over JSON messages': messages(pieces.map((data, part) => json({ part, data }))),
    'split over binary messages': messages(pieces.map(base64), 2),
    'split over headers': json(
      recording({ responseHeaders: pieces.map((value, index) => ({ name: `X-Part-${index}`, value })) }),
    ),
    'split over lines of JSON': pieces.map((chunk) => json({ chunk })).join('\n'),
    'split over cookies': json(
      recording({
        requestHeaders: [{ name: 'Cookie', value: pieces.map((piece, index) => `t.${index}=${piece}`).join('; ') }],
      }),
    ),
    'in a file in UTF-16 in base64': Buffer.from(`\ufefftoken: ${token}`, 'utf16le').toString('base64'),
    'beside a refresh token': `session=${token}|rt_9f8e7d6c5b4a39281706; Path=/`,
    'with padding': `token: ${token
      .split('.')
      .map((part) => part.padEnd(Math.ceil(part.length / 4) * 4, '='))
      .join('.')}`,
    'with dots encoded': `https://call.example/?x=${token.replaceAll('.', '%2E')}`,
    'glued to a word': `jwt_${token}`,
    ...damagedTokens(token),
    'in a JSON of more than 4 MB': json({ filler: 'x '.repeat(2_200_000), inner: json({ t: token }) }),
  }).map(([name, text]) => ({ name: `${name}, token`, text }));
}
