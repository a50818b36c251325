import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { jwt } from '../builders/tokens.ts';

const now = Math.floor(Date.now() / 1000);
const token = (name: string) => jwt({ sub: name, iat: now, exp: now + 3600 });

export interface LiveSite {
  url: string;
  close(): Promise<void>;
}

/** Five million characters in a thousand keys; then requests and messages at a steady pace, and now and then one with a token of its own. */
const page = `<!doctype html><title>A busy call</title><script>
  for (let index = 0; index < 1000; index += 1)
    localStorage.setItem('key ' + index, ('lorem ipsum ' + index + ' ').repeat(400).slice(0, 5000));
  const counts = { finished: 0, texts: 0, failed: 0, messages: 0, spared: 0 };
  let pending = 0;
  const marks = [];
  let endings = [];
  const every = (milliseconds, act) => {
    // Timers are late on a busy page; what was due meanwhile is made up for.
    const from = performance.now();
    let done = 0;
    const timer = setInterval(() => {
      for (; done * milliseconds < performance.now() - from; done += 1) act(done);
    }, Math.max(4, milliseconds));
    endings.push(() => clearInterval(timer));
  };
  const get = async (path, isText) => {
    pending += 1;
    try {
      const reply = await fetch(path);
      await (isText ? reply.text() : reply.arrayBuffer());
      counts.finished += 1;
      if (isText) counts.texts += 1;
    } catch {
      counts.failed += 1;
    }
    pending -= 1;
  };
  const request = (rate) => every(1000 / rate, (index) => {
    const isText = index % 5 === 0;
    // What the machine cannot follow would only pile up.
    if (pending > 300) return void (counts.spared += 1);
    void get((isText ? '/text/' : ['/image/', '/font/'][index % 2]) + index, isText);
  });
  const askForTokens = () => every(500, async (index) => {
    await get('/token/' + index, true);
    marks.push(Date.now());
  });
  const socketTo = (path) => new WebSocket(location.origin.replace('http', 'ws') + path);
  const listen = (rate) => {
    const socket = socketTo('/messages?' + rate);
    socket.onmessage = () => { counts.messages += 1; };
    endings.push(() => socket.close());
  };
  const bringTokens = (urls) => {
    const talk = socketTo('/tokens');
    talk.onmessage = () => marks.push(Date.now());
    every(1000, (index) => {
      if (index % 2 === 0) return talk.readyState === 1 && talk.send('next');
      marks.push(Date.now());
      socketTo('/silent?access_token=' + urls[index]);
    });
    endings.push(() => talk.close());
  };
  const end = async () => {
    for (const one of endings) one();
    endings = [];
    for (let tries = 0; pending > 0 && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    return { counts, marks };
  };
</script>`;

const text = 'The quick brown fox jumps over the lazy dog, again and again. ';

const answers: Record<string, (reply: ServerResponse, index: number) => void> = {
  // 1 to 100 kB, most of them small.
  text: (reply, index) => {
    const length = Math.floor(1000 * 100 ** (((index * 7919) % 1000) / 1000));
    const isJson = index % 2 === 0;
    reply.setHeader('content-type', isJson ? 'application/json' : 'text/plain; charset=utf-8');
    reply.end(isJson ? JSON.stringify({ text: text.repeat(length / text.length) }) : text.repeat(length / text.length));
  },
  image: (reply) => reply.setHeader('content-type', 'image/webp').end(Buffer.alloc(8000, 7)),
  font: (reply) => reply.setHeader('content-type', 'font/woff2').end(Buffer.alloc(8000, 9)),
  token: (reply, index) =>
    reply.setHeader('content-type', 'application/json').end(JSON.stringify({ token: token(`reply ${index}`) })),
};

export async function startLiveSite(): Promise<LiveSite> {
  const server = createServer((request, reply) => {
    const [, kind = '', index = '0'] = (request.url ?? '').split('/');
    reply.setHeader('cache-control', 'no-store');
    if (kind === '') return reply.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    const answer = answers[kind];
    return answer ? answer(reply, Number(index)) : reply.writeHead(404).end();
  });
  const sockets = new WebSocketServer({ server });
  let sent = 0;
  sockets.on('connection', (socket, request) => {
    const [path, rate] = (request.url ?? '').split('?');
    socket.on('message', () => {
      sent += 1;
      socket.send(JSON.stringify({ token: token(`message ${sent}`) }));
    });
    if (path !== '/messages') return;
    const from = performance.now();
    let done = 0;
    const timer = setInterval(() => {
      for (; done < ((performance.now() - from) * Number(rate)) / 1000; done += 1)
        socket.send(JSON.stringify({ type: 'level', index: done, text }).padEnd(200));
    }, 10);
    socket.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Tokens that a page puts into addresses. */
export const addressTokens = (count: number) => Array.from({ length: count }, (_, index) => token(`address ${index}`));
