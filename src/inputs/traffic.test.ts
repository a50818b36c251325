import { describe, expect, test } from 'vitest';
import { readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';
import { redactBytes } from '../engine/redact/redact-bytes.ts';
import { findAgain } from './find-again.ts';

const [host, guest] = [daily.host(), daily.guest()];
const [call, other] = ['https://call.example', 'https://other.example'];

const request = (origin: string, token: string) => ({
  name: 'join',
  request: {
    method: 'POST',
    header: [{ key: 'Authorization', value: `Bearer ${token}` }],
    body: { mode: 'raw', raw: '{}' },
    url: { raw: `${origin}/join`, host: ['call', 'example'] },
  },
  response: [{ originalRequest: { method: 'POST', url: `${origin}/join` }, body: '{}' }],
});
const postman = {
  info: {
    _postman_id: 'a',
    name: 'Call',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  item: [
    { name: 'folder', item: [request(call, guest), request('{{base}}', host)] },
    { name: 'none', event: [] },
  ],
  variable: [{ key: 'base', value: `${other}/v1` }],
};
const insomnia = {
  _type: 'export',
  __export_format: 4,
  __export_source: 'insomnia.desktop.app:v10.3.0',
  resources: [
    {
      _id: 'req_1',
      url: `${call}/a`,
      headers: [{ name: 'Authorization', value: `Bearer ${guest}` }],
      _type: 'request',
    },
    { _id: 'req_2', body: { text: host }, url: `${other}/b`, _type: 'request' },
  ],
};
const yaml = `type: collection.insomnia.rest/5.0
name: Call
collection:
  - name: folder
    children:
      - url: ${call}/a
        name: join
        method: GET
        headers:
          - name: Authorization
            value: Bearer ${guest}
      - url: ${other}/b
        authentication:
          type: bearer
          token: ${host}
environments:
  name: Base
`;
const tnet = (value: unknown): string => {
  const [text, type] =
    typeof value === 'string'
      ? [value, ',']
      : typeof value === 'number'
        ? [String(value), '#']
        : Array.isArray(value)
          ? [value.map(tnet).join(''), ']']
          : [
              Object.entries(value as object)
                .map(([name, one]) => `${name.length}:${name};${tnet(one)}`)
                .join(''),
              '}',
            ];
  return `${text.length}:${text}${type}`;
};
const flow = (origin: string, token: string) => ({
  version: 20,
  type: 'http',
  request: {
    path: '/join',
    scheme: 'https',
    port: 443,
    host: new URL(origin).host,
    headers: [['Authorization', `Bearer ${token}`]],
  },
  server_conn: { id: 'a' },
});
const flows = tnet(flow(call, guest)) + tnet(flow(other, host));
const event = (id: number, params: object) =>
  `${JSON.stringify({ params, phase: 1, source: { id, start_time: '1', type: 1 }, time: '2', type: 3 })},\n`;
const netLog = `{"constants":{"activeFieldTrialGroups":[],"logEventTypes":{"CANCELLED":0}},\n"events": [\n${event(1, { method: 'GET', url: `${call}/me` })}${event(2, { url: `${other}/b` })}${event(1, { headers: [`Authorization: Bearer ${guest}`] })}${event(2, { headers: [`Cookie: auth=${host}`] })}]}\n`;
const zap = `==== 1 ==========\nGET ${call}/me HTTP/1.1\nAuthorization: Bearer ${guest}\n\nHTTP/1.1 200 OK\n\n==== 2 ==========\nGET ${other}/b HTTP/1.1\nCookie: auth=${host}\n\n`;
const zapReport = `<?xml version="1.0"?><OWASPZAPReport version="2.15.0"><site name="${call}" host="call.example"><alerts><instance><uri>${call}/?jwt=${guest}</uri></instance></alerts></site><site name="${other}"><evidence>${host}</evidence></site></OWASPZAPReport>`;
const http = `@base = ${other}\n\n### first\nGET ${call}/me\nAuthorization: Bearer ${guest}\n\n###\n# @name second\nPOST {{base}}/join HTTP/1.1\n\n{"token":"${host}"}\n`;

const hoppscotch = {
  v: 6,
  name: 'calls',
  folders: [],
  requests: [guest, host].map((token, index) => ({
    v: '11',
    method: 'GET',
    endpoint: `${[call, other][index]}/me`,
    headers: [{ key: 'Authorization', value: `Bearer ${token}`, active: true }],
    preRequestScript: '',
  })),
};
const cassette = `---\nhttp_interactions:\n- request:\n    method: get\n    uri: ${call}/me\n    headers:\n      Authorization:\n      - Bearer ${guest}\n  response:\n    status:\n      code: 200\n- request:\n    body: '{"jwt":"${host}"}'\n    method: post\n    uri: ${other}/b\nrecorded_with: VCR 6.1.0\n`;
const mitmdump = `127.0.0.1:40018: POST ${call}/me\n    authorization: Bearer ${guest}\n\n << HTTP/2.0 200 OK 12b\n  << x\n127.0.0.1:40019: GET ${other}/b\n << 200 OK 12b\n    set-cookie: auth=${host}\n`;

const formats: [what: string, text: string][] = [
  ['a collection of Hoppscotch', JSON.stringify(hoppscotch)],
  ['a cassette of recorded requests', cassette],
  ['what mitmdump prints', mitmdump],
  ['an export of ZAP', zap],
  ['an export of ZAP', zapReport],
  ['a file of flows of mitmproxy', flows],
  ['a collection or environment of Postman', JSON.stringify(postman, null, 2)],
  ['an export of Insomnia', JSON.stringify(insomnia)],
  ['an export of Insomnia', yaml],
  ['a net log of Chrome', netLog],
  ['a file of requests for an editor (.http)', http],
];

describe.each(formats)('%s', (what, text) => {
  test('is known, searched with the host that stands in it, and it is said what is lost', async () => {
    const { kind, failure, problems, sightings } = await readInput(text);
    expect([kind, failure]).toEqual(['traffic', null]);
    expect(sightings.map(({ token, place }) => [token, place.source, place.origin])).toEqual([
      [guest, 'text', call],
      [host, 'text', other],
    ]);
    expect(problems).toMatchObject([
      {
        code: 'places-not-told',
        message: expect.stringMatching(/^a is .*, of which places are not told.*; it was searched as text\.$/),
      },
    ]);
    expect(problems[0]?.message).toContain(what);
  });

  test('tokens stand where they do in the file', async () => {
    const { sightings } = await readInput(text);
    for (const { offset, token } of sightings) expect(text.slice(offset, offset + token.length)).toBe(token);
  });

  test('nothing usable is left of it when it is redacted, or it is refused', async () => {
    const safe = redactBytes(new TextEncoder().encode(text));
    const copy = new TextDecoder().decode(safe.bytes);
    for (const token of [host, guest]) expect(copy).not.toContain(token.split('.')[2]);
    const { live } = await findAgain('a', safe.bytes, 0);
    expect(live).toEqual([]);
  });
});

test.each([
  [
    'an environment',
    JSON.stringify({
      id: 'a',
      name: 'Local',
      values: [{ key: 'token', value: guest }],
      _postman_variable_scope: 'environment',
    }),
  ],
  ['a collection whose items are cut off', JSON.stringify(postman).slice(0, -60)],
  ['flows that are cut off', flows.slice(0, -20)],
  ['one request without a version', `GET ${call}/me\nAuthorization: Bearer ${guest}\n`],
  ['a request after a note', `// by hand\nGET ${call}/me HTTP/1.1\nAuthorization: Bearer ${guest}\n`],
])('%s is searched too', async (what, text) => {
  const { kind, failure, sightings } = await readInput(text);
  expect([kind, sightings.map(({ token }) => token)]).toEqual(['traffic', expect.arrayContaining([guest])]);
  expect(failure?.code ?? null).toBe(what.startsWith('flows') ? 'input-truncated' : null);
});

// PopupMenuExportMessages and PopupMenuSaveXmlMessage of https://github.com/zaproxy/zap-extensions, read 2026-11.
const head = `GET ${call}/me HTTP/1.1\r\nHost: call.example\r\nAuthorization: Bearer ${guest}\r\n\r\n`;
test.each<[what: string, text: string, origins: (string | null)[]]>([
  [
    'messages of ZAP',
    `===3 ==========\n${head}\n===4 ==========\nGET ${other}/ HTTP/1.1\r\nX-T: ${host}\r\n\r\n\n`,
    [call, other],
  ],
  ['answers of ZAP', `\n===3 ==========\n{"token":"${guest}"}\n===4 ==========\n{}`, [null]],
  [
    'a message of ZAP as XML',
    `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<Message>\n<Headers>${btoa(head)}</Headers>\n<Body>${btoa(JSON.stringify({ token: host }))}</Body>\n</Message>`,
    [call, call],
  ],
  // https://github.com/Huachao/vscode-restclient#request-line, read 2026-11: the method may be left out.
  ['addresses alone', `${call}/join\nAuthorization: Bearer ${guest}\n\n###\n\n${other}/?jwt=${host}\n`, [call, other]],
  ['an address alone', `${call}/join\nAuthorization: Bearer ${guest}\n`, [call]],
  ['parameters over lines', `GET ${call}/rooms\n    ?page=2\n    &jwt=${guest}\n`, [call]],
  ['a host by its name', `@host = call.example\nGET https://{{host}}/join\nAuthorization: Bearer ${guest}\n`, [call]],
  // https://www.jetbrains.com/help/idea/exploring-http-syntax.html, read 2026-11.
  [
    'a script before a request, and a socket',
    `< {%\n  request.variables.set("a", "b")\n%}\nPOST ${call}/join\nAuthorization: Bearer ${guest}\n\n### socket\nWEBSOCKET wss://other.example/\n\n===\n${host}\n`,
    [call, 'wss://other.example'],
  ],
])('%s have their hosts', async (_, text, origins) => {
  const { kind, failure, sightings } = await readInput(text);
  expect([kind, failure]).toEqual(['traffic', null]);
  expect(sightings.map(({ place }) => place.origin)).toEqual(origins);
});

test('a list of addresses is no file of requests', async () => {
  expect((await readInput(`${call}/?jwt=${guest}\n${other}/\n`)).kind).toBe('text');
});

test('a net log says that what went over its connections is in pieces', async () => {
  const bytes = event(3, { byte_count: 9, bytes: btoa(`X-T: ${guest}`) });
  const { problems, sightings } = await readInput(netLog.replace(']}', `${bytes}]}`));
  expect(problems.map(({ code }) => code)).toEqual(['places-not-told', 'bytes-in-pieces']);
  expect(sightings).toHaveLength(3);
});

test('a request over the wire, a log and other JSON are none', async () => {
  expect((await readInput(`GET ${call}/me HTTP/1.1\r\nX-T: ${guest}\r\n\r\n`)).kind).toBe('http-message');
  expect((await readInput(`GET ${call}/me 200 12 ms ${guest}\n`)).kind).toBe('text');
  expect((await readInput(JSON.stringify({ info: {}, item: [], token: guest }))).kind).toBe('json');
  expect((await readInput(`12:30:10 ${guest}`)).kind).toBe('text');
});

test('what is hostile takes no longer than what is not', async () => {
  const starts = [
    '==== 1 ==========\nGET https://a/',
    '99:1:a;7:version;',
    '{"_postman_id":1,"a":',
    '{"__export_format":4,"resources":[',
    'type: collection.insomnia.rest/5.0\n',
    '###\n',
  ];
  for (const start of starts)
    for (const piece of ['{"request":', '[', '1:', '==== 1 ====\n', '- url: ', '### ', '@a=https://', '"url":"'])
      expect((await readInput(start + piece.repeat(20_000))).kind).toMatch(/traffic|json|text/);
});

test('a net log that Chrome still wrote is told to be cut off', async () => {
  const { failure, sightings } = await readInput(netLog.slice(0, netLog.lastIndexOf(']}')));
  expect(failure?.message).toBe('is cut off; what is there was searched as text');
  expect(sightings.map(({ token }) => token)).toEqual([guest, host]);
});

test.each<[what: string, events: object[], origin: string | null]>([
  [
    'what its source told',
    [{ url: 'http://call.example:8080/me' }, { headers: ['Host: call.example:8080'] }],
    'http://call.example:8080',
  ],
  ['its scheme', [{ headers: [':authority: call.example', ':scheme: https'] }], call],
  [
    'the address of another',
    [{ url: 'http://call.example/', of: 2 }, { headers: ['Host: call.example'] }],
    'http://call.example',
  ],
  ['nothing, where nobody told the scheme', [{ headers: ['Host: call.example'] }], null],
  [
    'nothing, where others told both',
    [{ url: 'http://call.example/', of: 2 }, { url: `${call}/`, of: 3 }, { headers: ['Host: call.example'] }],
    null,
  ],
  ['nothing, where the host is another', [{ url: `${call}/` }, { headers: ['Host: other.example'] }], null],
])('the origin of a header in a net log is told by %s', async (_, events, origin) => {
  const written = events.map((one) => {
    const { of = 1, headers = [], ...params } = one as { of?: number; headers?: string[] };
    return event(of, {
      ...params,
      ...(headers.length > 0 && { headers: [...headers, `Authorization: Bearer ${guest}`] }),
    });
  });
  const { sightings } = await readInput(
    `{"constants":{"logEventTypes":{"CANCELLED":0}},\n"events": [\n${written.join('')}]}\n`,
  );
  expect(sightings.map(({ place }) => place.origin)).toEqual([origin]);
});

test.each<[what: string, text: string, origin: string | null]>([
  [
    'a request of Bruno',
    `meta {\n  name: join\n}\n\npost {\n  url: ${call}/join\n}\n\nauth:bearer {\n  token: ${guest}\n}\n`,
    call,
  ],
  [
    'a plan or results of JMeter',
    `<?xml version="1.0"?>\n<jmeterTestPlan version="1.2"><hashTree><stringProp name="Header.value">Bearer ${guest}</stringProp></hashTree></jmeterTestPlan>`,
    null,
  ],
  [
    'what http.client of Python prints',
    `send: b'GET /me HTTP/1.1\\r\\nHost: call.example\\r\\nAuthorization: Bearer ${guest}\\r\\n\\r\\n'\nreply: 'HTTP/1.1 200 OK\\r\\n'\nheader: Date: x\n`,
    null,
  ],
])('%s is known as traffic', async (what, text, origin) => {
  const { kind, problems, sightings } = await readInput(text);
  expect([kind, problems[0]?.message]).toEqual(['traffic', expect.stringContaining(`is ${what}, of which places`)]);
  expect(sightings).toMatchObject([{ token: guest, place: { source: 'text', origin } }]);
});

test.each<[what: string, text: string, origin: string | null]>([
  [
    'headers copied from developer tools',
    `Request URL: ${call}/a\nRequest Method: GET\nStatus Code: 200 OK\n\nauthorization: Bearer ${host}\n`,
    call,
  ],
  [
    'headers copied from developer tools',
    `Request URL\n${call}/a\nRequest Method\nGET\nauthorization\nBearer ${host}\n`,
    call,
  ],
  [
    'headers copied from developer tools',
    `:authority: call.example\n:method: GET\n:path: /a\ncookie: auth=${host}\n`,
    null,
  ],
  [
    'a table of cookies copied from developer tools',
    `auth\t${host}\tcall.example\t/\tSession\t180\t✓\t\tLax\tMedium\n`,
    null,
  ],
  ['a list of headers', `Set-Cookie: auth=${host}; Path=/\n`, null],
  ['a list of headers', `cookie: a=b; auth=${host}\n`, null],
  [
    'what wget prints',
    `--2026-11-27 20:05:28--  ${call}/?jwt=${host}\nConnecting to call.example... connected.\n`,
    null,
  ],
  [
    'a web archive (WARC)',
    `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: ${call}/a\r\n\r\nHTTP/1.1 200 OK\r\nX-Token: ${host}\r\n`,
    call,
  ],
  [
    'a program written by curl (--libcurl)',
    `/********* Sample code generated by the curl command-line tool\n "Authorization: Bearer ${host}");\n`,
    null,
  ],
  [
    'a text with HTTP requests that are quoted or indented',
    `> > GET /a HTTP/1.1\n> > Host: call.example\n> > X-Token: ${host}\n`,
    null,
  ],
  [
    'a text with HTTP requests that are quoted or indented',
    `Look:\n\n    GET /a HTTP/1.1\n    Host: call.example\n    X-Token: ${host}\n`,
    null,
  ],
  [
    'a file of requests for an editor (.http)',
    `### join\nGET /a HTTP/1.1\nHost: call.example\nX-Token: ${host}\n`,
    null,
  ],
])('it is said that a text is %s', async (what, text, origin) => {
  const { kind, problems, sightings } = await readInput(text);
  expect([kind, problems.map(({ message }) => message)]).toEqual([
    'traffic',
    [expect.stringContaining(`is ${what}, of which places are not told`)],
  ]);
  expect(sightings.map(({ token, place }) => [token, place.origin])).toEqual([[host, origin]]);
});
