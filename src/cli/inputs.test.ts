import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { daily, jwt, now } from '../../test/builders/tokens.ts';
import { roomkey } from '../../test/doubles/fake-terminal.ts';
import type { ReportDocument } from '../engine/report/report-document.ts';

const host = daily.host();
const guest = daily.guest();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-inputs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function scan(...paths: string[]): Promise<ReportDocument> {
  const { out } = await roomkey(['scan', '--format', 'json', '--reveal', '--fail-on', 'never', ...paths]);
  return JSON.parse(out) as ReportDocument;
}

function places(report: ReportDocument, token: string) {
  return (report.tokens.find((one) => one.token === token)?.sightings ?? []).map(
    ({ source, label, path, origin, seenAt, more }) => ({ source, label, path, origin, seenAt, ...(more && { more }) }),
  );
}

const start = '2026-11-20T11:59:10.500Z';
const startedAt = now - 49.5;
const entry = (request: object, response: object = {}, more: object = {}) => ({
  startedDateTime: start,
  request: { method: 'GET', url: 'https://call.example/', headers: [], ...request },
  response: { status: 200, headers: [], content: {}, redirectURL: '', ...response },
  ...more,
});
const harOf = (...entries: object[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } });
const padding = 'x'.repeat(2000);

test.each<[string, object, string, string, string]>([
  ['URL', entry({ url: `https://call.example/?t=${host}` }), 'request-url', 'entry 1: request URL ?t', ''],
  [
    'header',
    entry({ headers: [{ name: 'Authorization', value: `Bearer ${host}` }] }),
    'request-header',
    'entry 1: request header Authorization',
    '',
  ],
  [
    'cookie without its header',
    entry({ cookies: [{ name: 's', value: host }] }),
    'request-header',
    'entry 1: request header Cookie "s"',
    '',
  ],
  [
    'JSON body',
    entry({ postData: { mimeType: 'application/json', text: JSON.stringify({ a: { token: host }, padding }) } }),
    'request-body',
    'entry 1: request body',
    '$.a.token',
  ],
  [
    'form',
    entry({ postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'jwt', value: host }] } }),
    'request-body',
    'entry 1: request body field "jwt"',
    '',
  ],
  [
    'Set-Cookie',
    entry({}, { headers: [{ name: 'set-cookie', value: `s=${host}; Secure` }] }),
    'response-header',
    'entry 1: response header set-cookie "s"',
    '',
  ],
  [
    'redirect',
    entry({}, { redirectURL: `https://call.example/?t=${host}` }),
    'response-header',
    'entry 1: response header Location',
    '',
  ],
  [
    'long body',
    entry({}, { content: { mimeType: 'application/json', text: JSON.stringify({ padding, token: host }) } }),
    'response-body',
    'entry 1: response body',
    '$.token',
  ],
  [
    'base64 body',
    entry(
      {},
      {
        content: {
          encoding: 'base64',
          text: Buffer.from(JSON.stringify({ é: padding, token: host })).toString('base64'),
        },
      },
    ),
    'response-body',
    'entry 1: response body',
    '$.token',
  ],
])('HAR: finds a token in a %s', async (_, one, source, label, path) => {
  const report = await scan(file('one.har', harOf(one)));
  expect(places(report, host)).toContainEqual(expect.objectContaining({ source, label, seenAt: startedAt }));
  if (path) expect(places(report, host)).toContainEqual(expect.objectContaining({ path }));
  expect(report.inputs).toMatchObject([{ kind: 'har', readable: true, problems: [] }]);
});

test('HAR: finds a token in an event stream', async () => {
  const events = [
    { time: now - 9, eventName: 'message', eventId: '', data: 'hello' },
    { time: now - 8, eventName: 'message', eventId: '', data: JSON.stringify({ token: host }) },
  ];
  const report = await scan(
    file('sse.har', harOf(entry({ url: 'https://call.example/events' }, {}, { _eventSourceMessages: events }))),
  );
  expect(places(report, host)).toMatchObject([
    { source: 'websocket-message', label: 'entry 1: event stream message 2, received', seenAt: now - 8 },
  ]);
});

test('HAR: finds a token in WebSocket messages, text and binary, and in page titles', async () => {
  const messages = [
    { type: 'receive', time: now - 9, opcode: 1, data: 'hello' },
    { type: 'send', time: now - 8, opcode: 1, data: JSON.stringify({ token: host }) },
    { type: 'receive', time: now - 7, opcode: 2, data: Buffer.from(`\u0001${guest}`).toString('base64') },
  ];
  const har = JSON.parse(
    harOf(entry({ url: 'wss://call.example/ws' }, {}, { pageref: 'p', _webSocketMessages: messages })),
  );
  har.log.pages = [{ id: 'p', title: `https://call.example/#jwt=${guest}`, startedDateTime: start }];
  const report = await scan(file('ws.har', JSON.stringify(har)));
  expect(places(report, host)).toEqual([
    {
      source: 'websocket-message',
      label: 'entry 1: WebSocket message 2, sent',
      path: '$.token',
      origin: 'wss://call.example',
      seenAt: now - 8,
    },
  ]);
  expect(
    places(report, guest)
      .map(({ source }) => source)
      .sort(),
  ).toEqual(['page-url', 'websocket-message']);
});

test('HAR: reads on past white space, a byte order mark, unknown members and a huge entry count', async () => {
  const entries = Array.from({ length: 3000 }, (_, index) =>
    entry({ url: `https://call.example/${index}` }, { content: { text: `${'\\"'.repeat(300)}é😀${'y'.repeat(900)}` } }),
  );
  entries.push(entry({ url: `https://call.example/?t=${host}` }));
  const har = `\ufeff\n${JSON.stringify({ log: { comment: '"entries":[', entries, _x: [{}] } }, null, 1)}`;
  expect(places(await scan(file('many.har', har)), host)[0]?.label).toBe('entry 3001: request URL ?t');
});

test('HAR: a token in every request is listed with its first places, and counted', async () => {
  const entries = Array.from({ length: 800 }, () =>
    entry({ headers: [{ name: 'Authorization', value: `Bearer ${host}` }] }),
  );
  const report = await scan(file('often.har', harOf(...entries)));
  expect(places(report, host).map(({ more }) => more?.count ?? 0)).toEqual([0, 0, 797]);
  expect(report.problems).toEqual([]);
});

test('HAR: a token in ever so many places is listed with the first of them, and that is said', async () => {
  const entries = Array.from({ length: 800 }, (_, index) =>
    entry({ headers: [{ name: `X-Token-${index}`, value: `Bearer ${host}` }] }),
  );
  const report = await scan(file('everywhere.har', harOf(...entries)));
  expect(places(report, host)).toHaveLength(500);
  expect(report.problems).toEqual([
    expect.objectContaining({
      code: 'many-sightings',
      message: expect.stringContaining('lies in more than 500 places; 300 more are not listed.'),
    }),
  ]);
});

test('HAR: a token that goes to another server after ten thousand requests to the first is listed there', async () => {
  const headers = [{ name: 'Authorization', value: `Bearer ${host}` }];
  const entries = Array.from({ length: 10_000 }, () => entry({ headers }));
  const report = await scan(file('late.har', harOf(...entries, entry({ url: 'https://other.example/', headers }))));
  expect(places(report, host).at(-1)).toMatchObject({ origin: 'https://other.example' });
});

test('storage state: cookies with their attributes and storage by origin', async () => {
  const state = {
    cookies: [
      {
        name: 's',
        value: guest,
        domain: '.call.example',
        path: '/',
        expires: -1,
        httpOnly: false,
        secure: true,
        sameSite: 'None',
      },
    ],
    origins: [
      { origin: 'https://call.example', localStorage: [{ name: 'auth', value: JSON.stringify({ token: host }) }] },
    ],
  };
  const report = await scan(file('state.json', JSON.stringify(state, null, 2)));
  expect(report.inputs[0]?.kind).toBe('storage-state');
  expect(places(report, host)).toEqual([
    {
      source: 'local-storage',
      label: 'localStorage["auth"]',
      path: '$.token',
      origin: 'https://call.example',
      seenAt: null,
    },
  ]);
  expect(places(report, guest)).toMatchObject([
    { source: 'cookie', label: 'cookie "s"', origin: 'https://call.example' },
  ]);
});

test('cookie jar', async () => {
  const jar = `# Netscape HTTP Cookie File\n\n#HttpOnly_.call.example\tTRUE\t/\tTRUE\t${now + 60}\tsession\t${host}\ncall.example\tFALSE\t/\tFALSE\t0\tlang\ten\n`;
  const report = await scan(file('jar.txt', jar));
  expect(report.inputs[0]?.kind).toBe('cookie-jar');
  expect(places(report, host)).toMatchObject([
    { source: 'cookie', label: 'cookie "session"', origin: 'https://call.example' },
  ]);
});

test.each([
  [
    'request',
    `POST /join?t=${host} HTTP/1.1\r\nHost: call.example\r\nAuthorization: Bearer ${guest}\r\n\r\n`,
    ['request: request URL ?t'],
  ],
  [
    'response',
    `HTTP/1.1 302 Found\r\nLocation: https://call.example/?t=${host}\r\n\r\n{"token":"${guest}"}`,
    ['response: response header Location'],
  ],
  [
    'HTTP/2 response of curl -i',
    `HTTP/2 200 \ncontent-type: application/json\n\n{"token":"${host}"}`,
    ['response: response body'],
  ],
])('raw HTTP %s', async (_, message, labels) => {
  const report = await scan(file('message.txt', message));
  expect(report.inputs[0]?.kind).toBe('http-message');
  expect(places(report, host).map(({ label }) => label)).toEqual(labels);
});

test('heap snapshot: strings, what holds them, ropes, and the cut at 1024 characters', async () => {
  const long = jwt({ sub: 'x'.repeat(2000), exp: now + 60 });
  const strings = [
    '',
    '(root)',
    'Session',
    'token',
    host,
    guest.slice(0, 100),
    guest.slice(100),
    '(concatenated string)',
    'jwt',
    'first',
    'second',
    long.slice(0, 1024),
  ];
  const snapshot = {
    snapshot: {
      meta: {
        node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
        node_types: [
          [
            'hidden',
            'array',
            'string',
            'object',
            'code',
            'closure',
            'regexp',
            'number',
            'native',
            'synthetic',
            'concatenated string',
          ],
          'string',
        ],
        edge_fields: ['type', 'name_or_index', 'to_node'],
        edge_types: [
          ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'],
          'string_or_number',
          'node',
        ],
      },
      node_count: 7,
      edge_count: 6,
    },
    nodes: [
      [9, 1, 1, 0, 1, 0, 0],
      [3, 2, 3, 16, 3, 0, 0],
      [2, 4, 5, 16, 0, 0, 0],
      [10, 7, 7, 16, 2, 0, 0],
      [2, 5, 9, 16, 0, 0, 0],
      [2, 6, 11, 16, 0, 0, 0],
      [2, 11, 13, 16, 0, 0, 0],
    ].flat(),
    edges: [
      [1, 0, 7],
      [2, 3, 14],
      [0, 8, 21],
      [2, 3, 42],
      [3, 9, 28],
      [3, 10, 35],
    ].flat(),
    strings,
  };
  const report = await scan(file('a.heapsnapshot', JSON.stringify(snapshot)));
  expect(report.inputs[0]).toMatchObject({ kind: 'heap-snapshot', problems: [] });
  expect(places(report, host)).toMatchObject([{ source: 'memory', label: 'memory: token of Session' }]);
  expect(places(report, guest)).toMatchObject([{ label: 'memory: variable jwt in a closure' }]);
  const cut = report.tokens.flatMap(({ sightings }) => sightings).find(({ label }) => label.includes('cut at 1024'));
  expect(cut?.label).toBe('memory: token of Session (cut at 1024 characters by the snapshot)');
});

test('JSON: paths inside it', async () => {
  const report = await scan(file('any.json', JSON.stringify({ a: [{ token: host }] })));
  expect(report.inputs[0]?.kind).toBe('json');
  expect(places(report, host)).toMatchObject([{ source: 'text', path: '$.a[0].token' }]);
});

test('text of any size, with true offsets, and JSON lines', async () => {
  const text = `${'some words and more\n'.repeat(1_000_000)}${host}\n`;
  const report = await scan(file('large.txt', text));
  const [sighting] = report.tokens[0]?.sightings ?? [];
  expect(sighting?.offset).toBe(text.indexOf(host));
  const lines = await scan(file('log.jsonl', `{"a":1}\n{"token":"${host}"}\n`));
  expect(lines.inputs[0]).toMatchObject({ kind: 'text', problems: [] });
});

test('a gzipped file is what it holds', async () => {
  const report = await scan(file('one.har.gz', gzipSync(harOf(entry({ url: `https://call.example/?t=${host}` })))));
  expect(report.inputs[0]?.kind).toBe('har');
  expect(places(report, host)).toHaveLength(1);
});

test('a folder and several files give one report, each token once', async () => {
  mkdirSync(join(folder, 'tree/deep'), { recursive: true });
  file('tree/a.txt', host);
  file('tree/deep/b.txt', `${host} ${guest}`);
  file('tree/empty.txt', '');
  file('tree/c.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]));
  const { code, complaints, out } = await roomkey([
    'scan',
    join(folder, 'tree'),
    '--format',
    'json',
    '--fail-on',
    'never',
  ]);
  expect([code, complaints]).toEqual([0, []]);
  const report = JSON.parse(out) as ReportDocument;
  expect(report.tokens.map(({ sightings }) => sightings.map(({ input }) => input?.slice(folder.length + 1)))).toEqual(
    expect.arrayContaining([['tree/a.txt', 'tree/deep/b.txt'], ['tree/deep/b.txt']]),
  );
});

test('standard input', async () => {
  const { code, out } = await roomkey(
    ['scan', '-', '--format', 'json', '--fail-on', 'never'],
    harOf(entry({ url: `https://call.example/?t=${host}` })),
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    inputs: [{ name: 'standard input', kind: 'har', bytes: null }],
    summary: { tokens: 1 },
  });
});

test.each([
  ['http-message', 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n', `\n${host}\n`],
  ['cookie-jar', '# Netscape HTTP Cookie File\n', `a.example\tTRUE\t/\tTRUE\t0\tname\t${host}\n`],
  ['storage-state', '{"cookies": [', `{"name": "a", "value": "${host}"}], "origins": []}`],
])(
  'a %s too large for its kind is searched as text, is called readable, and the reason is told',
  async (kind, head, tail) => {
    const path = file(
      `large-${kind}`,
      Buffer.concat([Buffer.from(head), Buffer.alloc(65 << 20, ' '), Buffer.from(tail)]),
    );
    const { code, out, complaints } = await roomkey(['scan', path, '--format', 'json', '--fail-on', 'never']);
    rmSync(path);
    expect([code, complaints]).toEqual([
      2,
      [`roomkey: ${path} is larger than 64 MB for its kind; it was searched as text`],
    ]);
    const { inputs, tokens, summary } = JSON.parse(out) as ReportDocument;
    expect(inputs).toMatchObject([{ kind, readable: true, problems: [{ code: 'input-too-large' }] }]);
    expect([tokens.length, summary.unreadableInputs]).toEqual([1, 0]);
  },
);

test.each([
  ['an empty file', ''],
  ['a packed file damaged in its first block', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff])],
])('%s is called unreadable, as nothing of it could be searched', async (_, content) => {
  const { out } = await roomkey(['scan', file('nothing-of-it', content), '--format', 'json']);
  expect((JSON.parse(out) as ReportDocument).inputs).toMatchObject([{ readable: false, problems: [{}] }]);
});
