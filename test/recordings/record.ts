import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import puppeteer, { type Browser, type CDPSession, type HTTPRequest, type Page } from 'puppeteer-core';
import { findBrowser } from '../browser/find-browser.ts';
import { jwt } from '../builders/tokens.ts';
import { startCallSite } from '../demo/site.ts';
import { recordings, writeDigests, writeReport } from './recordings.ts';

// Records a visit to the demo call site in a real browser: a HAR with bodies and WebSocket messages, the storage state,
// and a heap snapshot. Then writes the report expected of each. With --reports, only the reports are written anew.
const folder = import.meta.dirname;
if (!process.argv.includes('--reports')) await record();
for (const { file } of recordings) {
  console.log(`Writing the report of ${file} …`);
  await writeReport(file);
}
await writeDigests();
// Bodies that never came would keep the process alive.
process.exit(0);

async function record() {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No browser was found; npm test installs one.');
  const now = Math.floor(Date.now() / 1000);
  const site = await startCallSite({ now });
  const socket = await startSocket();
  const browser = await puppeteer.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    const session = await page.createCDPSession();
    const har = await startHar(page, session);
    await page.goto(site.guestUrl, { waitUntil: 'load', timeout: 15_000 });
    // What a call app does besides: signalling over a socket, and a token that only a closure holds.
    const signalling = jwt({ sub: 'signalling', room: 'standup', iat: now, exp: now + 600 });
    const held = jwt({ sub: 'held in memory', iat: now, exp: now + 600 });
    await page.evaluate(`(async () => {
      await fetch('/join', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"as":"guest"}' });
      const socket = new WebSocket('${socket.url}?access_token=${signalling}');
      await new Promise((done) => { socket.onopen = done; });
      socket.send(JSON.stringify({ type: 'hello', auth: { token: '${signalling}' } }));
      await new Promise((done) => { socket.onmessage = done; });
      window.leaveCall = (() => {
        const call = new (class CallSession { constructor() { this.callToken = ${JSON.stringify(held.slice(0, 50))}.concat(${JSON.stringify(held.slice(50))}); } })();
        JSON.parse(JSON.stringify(call.callToken));
        return () => call;
      })();
    })()`);
    console.log('Writing the recording …');
    writeFileSync(resolve(folder, 'call.har'), `${JSON.stringify(await har(), null, 1)}\n`);
    writeFileSync(
      resolve(folder, 'call.storage-state.json'),
      `${JSON.stringify(await storageState(browser, page), null, 1)}\n`,
    );
    writeFileSync(resolve(folder, 'call.heapsnapshot.gz'), gzipSync(await heapSnapshot(session), { level: 9 }));
  } finally {
    await browser.close();
    await socket.close();
    await site.close();
  }
}

/** A WebSocket server that answers every message with one (RFC 6455, unfragmented text of up to 125 bytes). */
async function startSocket() {
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on('data', () => {
      const text = Buffer.from('{"type":"welcome","room":"standup"}');
      if (socket.writable) socket.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
    });
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/signal`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Headers = { name: string; value: string }[];

/** Watches a page's traffic; the function returned gives it as HAR 1.2 in the way of Chrome's own export. */
async function startHar(page: Page, session: CDPSession): Promise<() => Promise<object>> {
  const started = new Date().toISOString();
  const requests: { request: HTTPRequest; at: number }[] = [];
  const sent = new Map<string, Headers>();
  const received = new Map<string, Headers>();
  const sockets = new Map<string, { url: string; at: number; messages: object[] }>();
  page.on('request', (request) => requests.push({ request, at: Date.now() }));
  await session.send('Network.enable');
  session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => sent.set(requestId, headersOf(headers)));
  session.on('Network.responseReceivedExtraInfo', ({ requestId, headers }) =>
    received.set(requestId, headersOf(headers)),
  );
  session.on('Network.webSocketCreated', ({ requestId, url }) =>
    sockets.set(requestId, { url, at: Date.now(), messages: [] }),
  );
  const keep = (type: string) => (event: { requestId: string; response: { opcode: number; payloadData: string } }) => {
    const { opcode, payloadData } = event.response;
    sockets.get(event.requestId)?.messages.push({ type, time: Date.now() / 1000, opcode, data: payloadData });
  };
  session.on('Network.webSocketFrameSent', keep('send'));
  session.on('Network.webSocketFrameReceived', keep('receive'));

  return async () => {
    const entries = await Promise.all(requests.map(({ request, at }) => entryOf(request, at)));
    const socketEntries = [...sockets].map(([id, { url, at, messages }]) => ({
      pageref: 'page_1',
      startedDateTime: new Date(at).toISOString(),
      time: 1,
      _resourceType: 'websocket',
      _webSocketMessages: messages,
      request: {
        method: 'GET',
        url,
        httpVersion: 'HTTP/1.1',
        headers: sent.get(id) ?? [],
        queryString: [],
        cookies: [],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        status: 101,
        statusText: 'Switching Protocols',
        httpVersion: 'HTTP/1.1',
        headers: received.get(id) ?? [],
        cookies: [],
        content: { size: 0, mimeType: 'x-unknown' },
        redirectURL: '',
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { send: 0, wait: 1, receive: 0 },
    }));
    const title = page.url();
    return {
      log: {
        version: '1.2',
        creator: { name: 'roomkey recording', version: '1' },
        pages: [{ id: 'page_1', startedDateTime: started, title, pageTimings: {} }],
        entries: [...entries, ...socketEntries],
      },
    };
  };

  async function entryOf(request: HTTPRequest, at: number): Promise<object> {
    const response = request.response();
    const body = await within(response?.buffer(), 2000);
    const mimeType = response?.headers()['content-type'] ?? 'x-unknown';
    const isText = /text|json|javascript|xml/.test(mimeType);
    const posted = request.postData();
    // The id of the protocol, which headers as sent are filed under; the library keeps it to itself.
    const { id } = request as unknown as { id: string };
    return {
      pageref: 'page_1',
      startedDateTime: new Date(at).toISOString(),
      time: 1,
      _initiator: { type: request.initiator()?.type ?? 'other' },
      _resourceType: request.resourceType(),
      request: {
        method: request.method(),
        url: request.url(),
        httpVersion: 'HTTP/1.1',
        headers: sent.get(id) ?? headersOf(request.headers()),
        queryString: [...new URL(request.url()).searchParams].map(([name, value]) => ({ name, value })),
        cookies: [],
        headersSize: -1,
        bodySize: posted?.length ?? 0,
        ...(posted === undefined
          ? {}
          : { postData: { mimeType: request.headers()['content-type'] ?? '', text: posted } }),
      },
      response: {
        status: response?.status() ?? 0,
        statusText: response?.statusText() ?? '',
        httpVersion: 'HTTP/1.1',
        headers: received.get(id) ?? headersOf(response?.headers() ?? {}),
        cookies: [],
        content: {
          size: body?.length ?? 0,
          mimeType,
          ...(body?.length
            ? isText
              ? { text: Buffer.from(body).toString('utf8') }
              : { text: Buffer.from(body).toString('base64'), encoding: 'base64' }
            : {}),
        },
        redirectURL: response?.headers().location ?? '',
        headersSize: -1,
        bodySize: body?.length ?? 0,
      },
      cache: {},
      timings: { send: 0, wait: 1, receive: 0 },
    };
  }
}

/** What a promise gives within so many milliseconds; null otherwise. Bodies of replaced documents never come. */
async function within<T>(promise: Promise<T> | undefined, milliseconds: number): Promise<T | null> {
  const late = new Promise<null>((done) => setTimeout(done, milliseconds, null));
  return Promise.race([promise ?? null, late]).catch(() => null);
}

function headersOf(headers: Record<string, string>): Headers {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

/** What `browserContext.storageState()` of Playwright writes. */
async function storageState(browser: Browser, page: Page): Promise<object> {
  const cookies = await browser.cookies();
  const localStorage = await page.evaluate('Object.entries(localStorage).map(([name, value]) => ({ name, value }))');
  return {
    cookies: cookies.map(({ name, value, domain, path, expires, httpOnly, secure, sameSite }) => ({
      name,
      value,
      domain,
      path,
      expires,
      httpOnly,
      secure,
      sameSite: sameSite ?? 'Lax',
    })),
    origins: [{ origin: new URL(page.url()).origin, localStorage }],
  };
}

async function heapSnapshot(session: CDPSession): Promise<string> {
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  return chunks.join('');
}
