import { describe, expect, test } from 'vitest';
import { readInput } from '../builders/read-input.ts';
import { daily } from '../builders/tokens.ts';

/** A token for each place, told apart by its room. */
const token = (room: string) => daily.guest({ r: room });
const startedDateTime = '2026-11-26T12:00:00.000Z';
const url = 'https://call.example/api/join';
const json = (room: string) => JSON.stringify({ token: token(room) });
const named = (...headers: [name: string, value: string][]) => headers.map(([name, value]) => ({ name, value }));
const bearer = (room: string) => named(['Authorization', `Bearer ${token(room)}`]);
const archive = (entry: object, more: object = {}) =>
  JSON.stringify({
    log: { version: '1.2', creator: { name: 'a', version: '1' }, pages: [], ...more, entries: [entry] },
  });

/** Where each token stands, by its room. */
async function places(content: string) {
  const { kind, failure, problems, sightings } = await readInput(content);
  expect([kind, failure, problems]).toEqual(['har', null, []]);
  return sightings.map(({ token, place }) => {
    const claims = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as {
      r: string;
    };
    return `${claims.r}: ${place.source} ${place.key ?? ''} of ${place.origin}`.replace('  ', ' ');
  });
}

const [https, wss] = ['https://call.example', 'wss://call.example'];

describe('places are right in a HAR as it is written by', () => {
  // https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/har/Log.ts, read 2026-11; Edge has the same.
  test('Chrome and Edge', async () => {
    const entry = {
      _initiator: { type: 'script', stack: { callFrames: [] } },
      _priority: 'High',
      _resourceType: 'fetch',
      cache: {},
      connection: '42',
      pageref: 'page_1',
      request: {
        method: 'POST',
        url: `${url}?jwt=${token('url')}`,
        httpVersion: 'h2',
        headers: named(
          [':authority', 'call.example'],
          ['authorization', `Bearer ${token('header')}`],
          ['cookie', `a=${token('cookie')}`],
        ),
        queryString: named(['jwt', token('url')]),
        cookies: [
          {
            name: 'a',
            value: token('cookie'),
            path: '/',
            domain: 'call.example',
            expires: '1969-12-31T23:59:59.000Z',
            httpOnly: true,
            secure: true,
          },
        ],
        headersSize: -1,
        bodySize: 9,
        postData: { mimeType: 'application/json', text: json('sent') },
      },
      response: {
        status: 200,
        statusText: '',
        httpVersion: 'h2',
        headers: named(['set-cookie', `b=${token('set')}; Secure`]),
        cookies: [{ name: 'b', value: token('set'), httpOnly: false, secure: true }],
        content: { size: 9, mimeType: 'application/json', text: btoa(json('body')), encoding: 'base64' },
        redirectURL: '',
        headersSize: -1,
        bodySize: -1,
        _transferSize: 9,
        _error: null,
        _fetchedViaServiceWorker: false,
      },
      serverIPAddress: '192.0.2.1',
      startedDateTime,
      time: 12,
      timings: { blocked: 1, dns: -1, ssl: -1, connect: -1, send: 1, wait: 1, receive: 1, _blocked_queueing: 1 },
    };
    expect(await places(archive(entry))).toEqual([
      `url: request-url jwt of ${https}`,
      `header: request-header authorization of ${https}`,
      `cookie: request-header a of ${https}`,
      `sent: request-body of ${https}`,
      `set: response-header b of ${https}`,
      `body: response-body of ${https}`,
    ]);
  });

  // https://searchfox.org/mozilla-central/source/devtools/client/netmonitor/src/har/har-builder.js, read 2026-11: members without a value, a form twice.
  test('Firefox', async () => {
    const entry = {
      startedDateTime: '2026-11-26T13:00:00.000+01:00',
      request: {
        bodySize: 9,
        method: 'POST',
        url,
        httpVersion: 'HTTP/2',
        headers: bearer('header'),
        cookies: named(['a', token('cookie')]),
        queryString: [],
        headersSize: 9,
        postData: {
          mimeType: 'application/x-www-form-urlencoded',
          params: named(['token', token('sent')]),
          text: `token=${token('sent')}`,
        },
      },
      response: {
        status: 302,
        statusText: 'Found',
        httpVersion: 'HTTP/2',
        headers: [],
        cookies: named(['b', token('set')]),
        content: { mimeType: 'text/html', size: 9, comment: 'Response bodies are not included.' },
        redirectURL: `https://other.example/#jwt=${token('redirect')}`,
        bodySize: 9,
      },
      cache: {},
      timings: {},
      time: 0,
      _securityState: 'secure',
      serverIPAddress: '192.0.2.1',
      connection: '443',
      pageref: 'page_1',
    };
    expect(await places(archive(entry))).toEqual([
      `header: request-header Authorization of ${https}`,
      `cookie: request-header a of ${https}`,
      `sent: request-body token of ${https}`,
      `set: response-header b of ${https}`,
      `redirect: response-header Location of ${https}`,
    ]);
  });

  // https://github.com/WebKit/WebKit/blob/main/Source/WebInspectorUI/UserInterface/Controllers/HARBuilder.js, read 2026-11: no header for what a cookie says.
  test('Safari', async () => {
    const entry = {
      pageref: 'page_0',
      startedDateTime,
      time: 9.5,
      request: {
        method: 'POST',
        url,
        httpVersion: 'HTTP/2',
        cookies: named(['a', token('cookie')]),
        headers: bearer('header'),
        queryString: [],
        postData: { mimeType: 'application/json', text: json('sent'), params: [] },
      },
      response: {
        status: 200,
        cookies: [{ name: 'b', value: token('set'), path: '/', expires: '', httpOnly: false, secure: true }],
        headers: named(['Content-Type', 'application/json']),
        content: { size: 9, compression: 0, mimeType: 'application/json', text: json('body') },
        redirectURL: '',
      },
      cache: {},
      timings: { blocked: -1, send: 0, wait: 0, receive: 0 },
      _fetchType: 'Network Load',
    };
    expect(await places(archive(entry))).toEqual([
      `header: request-header Authorization of ${https}`,
      `cookie: request-header a of ${https}`,
      `sent: request-body of ${https}`,
      `set: response-header b of ${https}`,
      `body: response-body of ${https}`,
    ]);
  });

  // https://github.com/mitmproxy/mitmproxy/blob/main/mitmproxy/addons/savehar.py, read 2026-11: lines over lines, `null` for times, bodies that are no text in base64.
  test('mitmproxy', async () => {
    const entry = {
      startedDateTime: '2026-11-26T12:00:00.123456+00:00',
      time: 3.5,
      request: {
        method: 'GET',
        url: 'wss://call.example/rooms',
        cookies: [],
        headers: bearer('header'),
        queryString: [],
      },
      response: {
        status: 101,
        cookies: [],
        headers: [],
        content: { size: 0, mimeType: '', text: '' },
        redirectURL: '',
      },
      cache: {},
      timings: { connect: null, ssl: null, send: 1, receive: 1, wait: 1 },
      _resourceType: 'websocket',
      _webSocketMessages: [
        { type: 'send', time: 1795694400.25, opcode: 1, data: json('sent') },
        { type: 'receive', time: 1795694400.5, opcode: 2, data: btoa(token('received')) },
      ],
    };
    expect(await places(JSON.stringify(JSON.parse(archive(entry)), null, 4))).toEqual([
      `header: request-header Authorization of ${wss}`,
      `sent: websocket-message of ${wss}`,
      `received: websocket-message of ${wss}`,
    ]);
  });

  // https://github.com/NeuraLegion/cypress-har-generator/blob/master/src/network/EntryBuilder.ts, read 2026-11. It keeps an entry a line meanwhile.
  test('cypress-har-generator', async () => {
    const entry = {
      startedDateTime,
      time: 1,
      timings: { blocked: -1, send: 0, wait: 0, receive: 0 },
      request: {
        method: 'GET',
        url: 'wss://call.example/rooms',
        headers: bearer('header'),
        queryString: [],
        cookies: [],
      },
      response: { status: 101, headers: [], cookies: [], content: { size: 0, mimeType: 'x-unknown' }, redirectURL: '' },
      cache: {},
      _priority: 'High',
      _resourceType: 'websocket',
      _webSocketMessages: [
        { type: 'request', time: 1, data: json('sent'), opcode: 1, mask: true },
        { type: 'response', time: 2, data: token('received'), opcode: 1, mask: false },
      ],
      _eventSourceMessages: [],
    };
    const all = [
      `header: request-header Authorization of ${wss}`,
      `sent: websocket-message of ${wss}`,
      `received: websocket-message of ${wss}`,
    ];
    expect(await places(archive(entry))).toEqual(all);
    expect(await places(`${JSON.stringify(entry)}\n`.repeat(2))).toEqual([...all, ...all]);
  });

  // https://github.com/Kong/insomnia/blob/develop/packages/insomnia/src/common/har.ts, read 2026-11: the address is without the parameters that stand beside it.
  test('Insomnia', async () => {
    const entry = {
      startedDateTime,
      request: {
        method: 'POST',
        url,
        cookies: [{ name: 'a', value: token('cookie'), path: '/', domain: 'call.example', httpOnly: true }],
        headers: bearer('header'),
        queryString: named(['jwt', token('url')]),
        postData: {
          mimeType: 'multipart/form-data',
          params: [
            { name: 'token', value: token('sent') },
            { name: 'file', fileName: 'a.txt' },
          ],
        },
      },
      response: {
        status: 200,
        cookies: [],
        headers: [],
        content: { size: 9, mimeType: 'application/json', text: json('body') },
        redirectURL: '',
      },
      cache: {},
      comment: 'Join',
    };
    expect(await places(archive(entry))).toEqual([
      `url: request-url jwt of ${https}`,
      `header: request-header Authorization of ${https}`,
      `cookie: request-header a of ${https}`,
      `sent: request-body token of ${https}`,
      `body: response-body of ${https}`,
    ]);
  });

  // https://github.com/zaproxy/zap-extensions (HarUtils.java of its add-on exim), read 2026-11: what is empty is left out, notes stand beside.
  test('ZAP', async () => {
    const entry = {
      startedDateTime,
      time: 9,
      request: {
        method: 'POST',
        url,
        headers: bearer('header'),
        cookies: named(['a', token('cookie')]),
        postData: { mimeType: 'application/x-www-form-urlencoded', params: named(['token', token('sent')]) },
      },
      response: {
        status: 200,
        cookies: named(['b', token('set')]),
        content: { mimeType: 'application/json', text: json('body') },
      },
      timings: { send: 0, wait: 0, receive: 9 },
      _zapMessageId: 3,
      _zapMessageNote: `host is ${token('note')}`,
    };
    expect(await places(archive(entry))).toEqual([
      `header: request-header Authorization of ${https}`,
      `cookie: request-header a of ${https}`,
      `sent: request-body token of ${https}`,
      `set: response-header b of ${https}`,
      `body: response-body of ${https}`,
      `note: text of ${https}`,
    ]);
  });

  // https://github.com/httptoolkit/httptoolkit-ui/blob/main/src/model/http/har.ts, read 2026-11: headers of one name in one.
  test('HTTP Toolkit', async () => {
    const entry = {
      pageref: 'Chrome',
      startedDateTime,
      time: -1,
      request: { method: 'GET', url, cookies: [], headers: bearer('header'), queryString: [] },
      response: {
        status: 302,
        cookies: [],
        headers: named(
          ['set-cookie', `a=1; Expires=Tue, 01 Dec 2026 00:00:00 GMT,b=${token('set')}; Secure`],
          ['location', `/rooms?jwt=${token('redirect')}`],
        ),
        content: { mimeType: 'application/octet-stream', size: 0 },
        redirectURL: '',
      },
      cache: {},
    };
    expect(await places(archive(entry, { pages: [{ id: 'Chrome', title: 'Chrome', startedDateTime }] }))).toEqual([
      `header: request-header Authorization of ${https}`,
      `set: response-header b of ${https}`,
      `redirect: response-header location of ${https}`,
    ]);
  });

  // https://github.com/lightbody/browsermob-proxy writes what it lacks as null, and each comment.
  test('BrowserMob Proxy', async () => {
    const entry = {
      pageref: 'a',
      startedDateTime: '2026-11-26T12:00:00.000+0000',
      request: {
        method: 'GET',
        url,
        headers: bearer('header'),
        cookies: null,
        queryString: null,
        postData: null,
        comment: '',
      },
      response: {
        status: 200,
        headers: null,
        cookies: null,
        content: { size: 9, text: json('body'), comment: '' },
        redirectURL: null,
      },
      cache: {},
      timings: null,
      serverIPAddress: null,
    };
    expect(await places(archive(entry))).toEqual([
      `header: request-header Authorization of ${https}`,
      `body: response-body of ${https}`,
    ]);
  });
});
