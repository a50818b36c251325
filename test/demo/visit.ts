import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { parseSetCookie } from '../../src/engine/find/sources/parse-set-cookie.ts';
import {
  type Capture,
  type Exchange,
  emptyCapture,
  emptyExchange,
  type Store,
} from '../../src/engine/model/capture.ts';
import type { CallSite } from './site.ts';

/**
 * What a browser with access would tell of a page of the demo site, from the answers of the site itself: its cookies, what its
 * script stores, its frames and its requests. `now` is in seconds since the epoch.
 */
export async function visit(site: CallSite, page: 'guest' | 'host' | 'green room', now: number): Promise<Capture> {
  const url = { guest: site.guestUrl, host: site.hostUrl, 'green room': site.greenRoomUrl }[page];
  const document = await ask(url, 'GET', null, now);
  const html = document.responseBody?.text ?? '';
  const cookies = document.responseHeaders
    .filter(({ name }) => name === 'set-cookie')
    .flatMap(({ value }) => parseSetCookie(value, url, now) ?? []);
  const frames = [...html.matchAll(/<iframe[^>]*? src="([^"]*)"/g)].map(([, src = '']) => ({
    url: unescaped(src),
    origin: new URL(unescaped(src)).origin,
    parentUrl: url,
    loadedAt: now,
  }));
  const loaded = frames.map((frame, index) => ({
    ...emptyExchange(`entry ${index + 10}`, frame.url.replace(/#.*/, '')),
    method: 'GET',
    startedAt: now,
    pageUrl: url,
    isDocument: true as const,
  }));
  const isCall = page !== 'green room';
  const answers = isCall
    ? [await ask(`${site.origins.app}/join`, 'POST', JSON.stringify({ as: page }), now)]
    : [await ask(`${site.origins.app}/green-room/plan`, 'POST', '', now)];
  return {
    ...emptyCapture(now),
    page: { url, title: 'Northwind Calls', scriptOrigins: null, loadedAt: now },
    cookies,
    frames,
    stores: isCall ? storedByCall(html, url) : heldByGreenRoom(html, url, answers[0]),
    exchanges: [document, ...answers, ...loaded],
  };
}

/** One request, as it was answered. The servers listen on loopback, by whatever name they are called. */
async function ask(url: string, method: string, body: string | null, now: number): Promise<Exchange> {
  const { port, pathname, search } = new URL(url);
  const sent = request({ host: '127.0.0.1', port, path: `${pathname}${search}`, method, agent: false }).end(body ?? '');
  const [reply] = (await once(sent, 'response')) as [IncomingMessage];
  const pieces: Buffer[] = [];
  for await (const piece of reply) pieces.push(piece as Buffer);
  const { 'set-cookie': cookies = [], 'content-type': type = '', ...headers } = reply.headers;
  return {
    ...emptyExchange('entry 1', url),
    method,
    startedAt: now,
    status: reply.statusCode ?? null,
    responseHeaders: [
      ...Object.entries(headers).map(([name, value]) => ({ name, value: String(value) })),
      ...cookies.map((value) => ({ name: 'set-cookie', value })),
    ],
    responseBody: { text: Buffer.concat(pieces).toString(), mimeType: type },
  };
}

function storedByCall(html: string, url: string): Store[] {
  const [, text = '{}'] = /data-plan="([^"]*)"/.exec(html) ?? [];
  const plan = JSON.parse(unescaped(text)) as {
    localStorage: Record<string, string>;
    sessionStorage: Record<string, string>;
    joining: string;
  };
  return [
    store('local-storage', url, plan.localStorage),
    store('session-storage', url, { ...plan.sessionStorage, joining: plan.joining }),
  ];
}

function heldByGreenRoom(html: string, url: string, answer: Exchange | undefined): Store[] {
  const plan = JSON.parse(answer?.responseBody?.text ?? '{}') as Record<string, string>;
  const [, data = ''] = /<script id="__NEXT_DATA__"[^>]*>([^<]*)/.exec(html) ?? [];
  const [, ticket = ''] = /name="ticket" value="([^"]*)"/.exec(html) ?? [];
  return [
    store('page-content', url, {
      [`${url}\n\nscript\n__NEXT_DATA__\n`]: data,
      [`${url}\nvalue\ninput\n\nticket`]: ticket,
    }),
    store('history-state', url, { [url]: JSON.stringify({ usr: { token: plan.fromLobby } }) }),
    store('window-name', url, { [url]: JSON.stringify({ token: plan.fromAgenda }) }),
    store('indexed-db', url, { '["northwind-offline","calls","next"]': JSON.stringify({ token: plan.offline }) }),
    store('cache-storage', url, {
      [JSON.stringify(['northwind-shell', `${new URL(url).origin}/green-room/seat`, 'body'])]: JSON.stringify({
        token: plan.seat,
      }),
    }),
  ];
}

function store(source: string, url: string, entries: Record<string, string>): Store {
  return {
    source,
    origin: new URL(url).origin,
    url,
    entries: Object.entries(entries).map(([key, text]) => ({ key, text })),
    readBy: 'isolated-world',
  };
}

const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
