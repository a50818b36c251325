import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export interface TrafficSite {
  /** The page, and the same server by another host name, which is another site to the browser. */
  origin: string;
  otherOrigin: string;
  /** Resolves once a request to this path is there. */
  asked(path: string): Promise<void>;
  close(): Promise<void>;
}

/** What the page does when it is asked to. It keeps no token anywhere. */
const script = `
  const held = [];
  const sockets = [];
  const bearer = (token) => ({ headers: { authorization: 'Bearer ' + token } });
  const send = (path, token) => void fetch(path, bearer(token)).then((reply) => reply.text());
  const open = (query) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/socket?' + query);
    socket.binaryType = 'arraybuffer';
    sockets.push(socket);
    return new Promise((resolve) => { socket.onopen = () => resolve(socket); });
  };
  const talk = async (token, isBinary) => {
    const socket = await open('plain');
    const say = (text) => socket.send(isBinary ? new TextEncoder().encode(text) : text);
    say('hello');
    say('how are you');
    say(JSON.stringify({ type: 'join', token }));
  };
  const work = (token) => held.push(new Worker(URL.createObjectURL(new Blob([
    'fetch("' + location.origin + '/echo", { headers: { authorization: "Bearer ' + token + '" } }).then((reply) => reply.text())',
  ]))));
  const stream = (path) => held.push(new EventSource(path));
  const frame = (url) => {
    const one = document.createElement('iframe');
    one.src = url;
    document.body.append(one);
  };
`;
const page = `<!doctype html><title>Traffic</title><body><script>${script}</script>`;
const framed = `<!doctype html><title>Frame</title><script>
  fetch('/give?' + location.hash.slice(1)).then((reply) => reply.text());
</script>`;

/** A site on loopback whose pages hold no token: requests carry those that a test gives (`tokens`, by name) or passes in. */
export async function startTrafficSite(tokens: Readonly<Record<string, string>>): Promise<TrafficSite> {
  const paths: string[] = [];
  const server = createServer((request, reply) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    paths.push(`${pathname}${search}`);
    const token = tokens[search.slice(1)] ?? '';
    const answer = () => (answers[pathname] ?? notFound)(reply, token, request);
    const late = lateness[search];
    if (late) setTimeout(answer, late);
    else answer();
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    paths.push(request.url ?? '');
    const token = tokens[(request.url ?? '').replace(/^.*\?/, '')];
    if (!token) return;
    for (const text of ['welcome', 'wait', JSON.stringify({ token })]) socket.send(text);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    async asked(path) {
      while (!paths.includes(path)) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const passingOn = `
  onactivate = (event) => event.waitUntil(clients.claim());
  onfetch = (event) => { if (event.request.url.includes('/passed-on')) event.respondWith(fetch(event.request)); };
`;

/** Milliseconds by the query: so late that the request is looked at before. */
const lateness: Readonly<Record<string, number>> = { '?late': 1200, '?very-late': 4000 };

type Answer = (reply: ServerResponse, token: string, request: IncomingMessage) => void;

const html = (reply: ServerResponse, text: string) =>
  reply.setHeader('content-type', 'text/html; charset=utf-8').end(text);
const notFound: Answer = (reply) => reply.writeHead(404).end();

const answers: Record<string, Answer> = {
  '/': (reply) => html(reply, page),
  '/second': (reply) => html(reply, page),
  '/frame': (reply) => html(reply, framed),
  '/give': (reply, token) => reply.setHeader('content-type', 'application/json').end(JSON.stringify({ token })),
  '/echo': (reply) => reply.end('ok'),
  '/passed-on': (reply) => reply.end('ok'),
  '/passing-on.js': (reply) => reply.setHeader('content-type', 'text/javascript').end(passingOn),
  '/cookie': (reply, token) =>
    reply.setHeader('set-cookie', `session=${token}; Path=/; HttpOnly; SameSite=Lax`).writeHead(204).end(),
  '/moved': (reply, token) => reply.writeHead(302, { location: `/echo#access_token=${token}` }).end(),
  // Headers come, and the end never does.
  '/endless': (reply) => reply.writeHead(200, { 'content-type': 'text/plain' }).write('…'),
  // Not even headers.
  '/silent': () => {},
  '/events': (reply, token) => {
    reply.writeHead(200, { 'content-type': 'text/event-stream' });
    reply.write(`data: hello\n\ndata: ${JSON.stringify({ token })}\n\n`);
  },
};
