import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { days } from '../builders/tokens.ts';
import { type DemoTokens, type demoKeyPair, mintTokens, room, supabaseProject } from './mint-tokens.ts';
import { type Planted, plantedInGreenRoom, plantedOnGuestPage, plantedOnHostPage } from './planted.ts';

export interface CallSite {
  lobbyUrl: string;
  guestUrl: string;
  hostUrl: string;
  /** A page that keeps its participant's token in memory alone, and forgets it once it is in the call. */
  listenerUrl: string;
  /** Where a speaker waits, with tokens in the places that are none of the usual stores. */
  greenRoomUrl: string;
  tokens: DemoTokens;
  /** What the guest page, the host page and the green room hold, and what should be said of it. */
  guest: Planted[];
  host: Planted[];
  greenRoom: Planted[];
  /** Origins of the app and of the two call services it embeds. */
  origins: { app: string; daily: string; jitsi: string };
  close(): Promise<void>;
}

export interface CallSiteOptions {
  /** Seconds since the epoch. */
  now: number;
  /** Port of the app; the services take the next two. Any free ports when left out or taken. */
  port?: number;
  /** What some of its tokens are signed with; a new pair when left out. */
  keyPair?: ReturnType<typeof demoKeyPair>;
  /** Seconds until the call page enters the call by itself; 0 = only when its button is pressed. */
  enterAfterSeconds?: number;
}

/**
 * A small video-call app on loopback: a lobby, a guest page and a host page on one origin, and frames on two others, which
 * differ in host name, so that browsers give them processes of their own.
 */
export async function startCallSite({
  now,
  port = 0,
  enterAfterSeconds = 0,
  keyPair,
}: CallSiteOptions): Promise<CallSite> {
  const tokens = mintTokens(now, keyPair);
  const app = await listen(port, handleApp);
  const daily = await listen(port && port + 1, (request, reply) =>
    handleStage(request, reply, ['Ada', 'Grace', 'Linus', 'Edsger']),
  );
  daily.on('upgrade', acceptListener);
  const jitsi = await listen(port && port + 2, (request, reply) => handleStage(request, reply, ['Barbara', 'Ken']));
  const origins = {
    app: `http://app.localhost:${portOf(app)}`,
    daily: `http://northwind.localhost:${portOf(daily)}`,
    jitsi: `http://127.0.0.1:${portOf(jitsi)}`,
  };
  const hostPath = `/host/${room}`;
  // The app came from an invitation, and its URL still tells which.
  const invitation = `${origins.app}/guest/${room}?jwt=${tokens.jitsiAnyRoom}`;

  const guestPath = `/guest/${room}?from=${encodeURIComponent(invitation)}`;

  return {
    lobbyUrl: `${origins.app}/`,
    guestUrl: `${origins.app}${guestPath}`,
    hostUrl: `${origins.app}${hostPath}`,
    listenerUrl: `${origins.app}/listen/${room}`,
    greenRoomUrl: `${origins.app}/green-room/all-hands`,
    tokens,
    guest: plantedOnGuestPage(tokens),
    host: plantedOnHostPage(tokens),
    greenRoom: plantedInGreenRoom(tokens, origins.app),
    origins,
    close: async () => {
      await Promise.all(
        [app, daily, jitsi].map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };

  function handleApp(request: IncomingMessage, reply: ServerResponse) {
    const { pathname } = new URL(request.url ?? '/', 'http://app.localhost');
    if (pathname === '/') return page(reply, 'lobby.html');
    if (/^\/(?:style\.css|call\.js|green-room\.js)$/.test(pathname)) return page(reply, pathname.slice(1));
    if (pathname === '/join' && request.method === 'POST') return void handleJoin(request, reply);
    if (pathname === '/collect') return reply.writeHead(204, { 'access-control-allow-origin': '*' }).end();
    if (pathname.startsWith('/listen/'))
      return page(reply, 'listen.html', { room, signal: origins.daily.replace('http', 'ws') });
    if (pathname === '/green-room/all-hands') return showGreenRoom(reply);
    if (pathname === '/green-room/plan' && request.method === 'POST') return handlePlan(reply);
    if (pathname === '/renew' && request.method === 'POST') {
      reply.setHeader('set-cookie', `renewed=${tokens.renewed}; Path=/; HttpOnly; SameSite=Lax`);
      return reply.writeHead(204).end();
    }
    const as = /^\/(guest|host)\//.exec(pathname)?.[1];
    if (as === 'guest' || as === 'host') return showCall(reply, as);
    reply.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
  }

  async function handleJoin(request: IncomingMessage, reply: ServerResponse) {
    let body = '';
    for await (const part of request) body += String(part);
    const as = /"as":"host"/.test(body) ? 'host' : 'guest';
    const token = /"as":"listener"/.test(body) ? tokens.listening : tokens.joining;
    reply.setHeader('content-type', 'application/json').setHeader('cache-control', 'no-store');
    reply.end(JSON.stringify({ token, room, url: as === 'host' ? hostPath : guestPath }));
  }

  function showCall(reply: ServerResponse, as: 'guest' | 'host') {
    const isHost = as === 'host';
    reply.setHeader('set-cookie', isHost ? hostCookies(tokens) : guestCookies(tokens));
    page(reply, 'call.html', {
      room,
      as,
      stage: `${origins.daily}/${room}?t=${isHost ? tokens.dailyHost : tokens.dailyGuest}`,
      breakout: `${origins.jitsi}/${room}?jwt=${isHost ? tokens.jitsiHost : tokens.jitsiGuest}`,
      retro: `${origins.jitsi}/retro#jwt=${tokens.jitsiRetro}`,
      plan: JSON.stringify({
        ...(isHost ? hostStorage(tokens) : guestStorage(tokens)),
        joining: tokens.joining,
        enterAfterSeconds,
      }),
    });
  }

  function handlePlan(reply: ServerResponse) {
    const { fromLobby, fromAgenda, offline, seat, toStage } = tokens;
    reply.setHeader('content-type', 'application/json').setHeader('cache-control', 'no-store');
    reply.end(JSON.stringify({ fromLobby, fromAgenda, offline, seat, toStage }));
  }

  function showGreenRoom(reply: ServerResponse) {
    page(reply, 'green-room.html', {
      stage: `${origins.daily}/backstage`,
      ticket: tokens.backupLine,
      hydration: `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { room: 'rehearsal', token: tokens.rehearsal } } })}</script>`,
    });
  }

  function handleStage(request: IncomingMessage, reply: ServerResponse, people: string[]) {
    const { pathname } = new URL(request.url ?? '/', 'http://stage.localhost');
    if (pathname === '/style.css') return page(reply, 'style.css');
    page(reply, pathname === '/backstage' ? 'backstage.html' : 'stage.html', { people: people.join(',') });
  }
}

/** Takes a listener in: the signalling of a call service, as far as this demo needs one (RFC 6455). */
function acceptListener({ headers }: IncomingMessage, socket: Duplex): void {
  const accept = createHash('sha1')
    .update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
  const words = 'joined';
  socket.once('data', () => socket.write(Buffer.from([0x81, words.length, ...Buffer.from(words)])));
  // Sockets that were upgraded are no more the server's to close.
  for (const ending of ['end', 'error']) socket.on(ending, () => socket.destroy());
}

function guestCookies(tokens: DemoTokens): string[] {
  const session = JSON.stringify({
    access_token: tokens.supabase,
    token_type: 'bearer',
    expires_in: 3600,
    refresh_token: tokens.supabaseRefresh,
    user: { id: 'c2d4', aud: 'authenticated', role: 'authenticated', app_metadata: { provider: 'email' } },
  });
  // Supabase's server-side library: base64url after a prefix, cut over numbered cookies, readable by scripts.
  const encoded = `base64-${Buffer.from(session).toString('base64url')}`;
  const cut = Math.ceil(encoded.length / 2);
  return [
    `session=${tokens.session}; Path=/; HttpOnly; SameSite=Lax`,
    `meeting_token=${tokens.dailyQuarter}; Path=/; Max-Age=${days(400)}; SameSite=Lax`,
    `review=${encodeURIComponent(JSON.stringify({ room: 'design-review', token: tokens.jaasGuest }))}; Path=/; SameSite=Lax`,
    `sb-${supabaseProject}-auth-token.0=${encoded.slice(0, cut)}; Path=/; Max-Age=${days(400)}; SameSite=Lax`,
    `sb-${supabaseProject}-auth-token.1=${encoded.slice(cut)}; Path=/; Max-Age=${days(400)}; SameSite=Lax`,
  ];
}

function guestStorage(tokens: DemoTokens) {
  const call = JSON.stringify({ room, token: tokens.dailyHostLeft, muted: true });
  return {
    localStorage: {
      'opentok.token': tokens.openTokLegacy,
      'persist:root': JSON.stringify({ ui: JSON.stringify({ theme: 'dark' }), session: JSON.stringify({ call }) }),
      'fallback-token': tokens.dailyNoExpiry,
      'last-call': JSON.stringify({ at: 1, token: tokens.dailyExpired }),
      theme: 'dark',
      'device-id': 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    },
    sessionStorage: {
      vonage: JSON.stringify({ sessionId: tokens.vonageSessionId, token: tokens.vonageGuest }),
      'any-room': tokens.dailyNoRoom,
      'next-call': JSON.stringify({ title: 'Planning', token: tokens.jitsiTomorrow }),
    },
  };
}

function hostCookies(tokens: DemoTokens): string[] {
  return [
    `session=${tokens.session}; Path=/; HttpOnly; SameSite=Lax`,
    `review=${encodeURIComponent(JSON.stringify({ room: 'design-review', token: tokens.jaasHost }))}; Path=/; SameSite=Lax`,
  ];
}

function hostStorage(tokens: DemoTokens) {
  return {
    localStorage: { theme: 'dark' },
    sessionStorage: { vonage: tokens.vonageHost, opentok: tokens.openTokHost },
  };
}

function page(reply: ServerResponse, name: string, values: Record<string, string> = {}) {
  const types: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
  const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  // Between three braces a value is HTML.
  const text = readFileSync(join(import.meta.dirname, 'pages', name), 'utf8')
    .replace(/\{\{\{(\w+)\}\}\}/g, (_, key: string) => values[key] ?? '')
    .replace(/\{\{(\w+)\}\}/g, (_, key: string) => escaped(values[key] ?? ''));
  reply
    .setHeader('content-type', `${types[name.split('.')[1] ?? '']}; charset=utf-8`)
    .setHeader('cache-control', 'no-store');
  reply.end(text);
}

async function listen(
  port: number,
  handle: (request: IncomingMessage, reply: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(handle);
  const start = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  // A port that is taken (a second demo, another program) is no reason to give up.
  await start(port).catch(() => start(0));
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;
