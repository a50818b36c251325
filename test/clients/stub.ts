import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { KEYUTIL, KJUR } from 'jsrsasign';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Answer, Asked, Said } from './client.ts';
import type { Passed } from './passed.ts';

export interface Stub {
  /** What makes a browser speak to it, whatever host and port a page names. */
  browserArgs: string[];
  close(): Promise<void>;
}

export interface StubOptions {
  /** `{}` is answered where it says nothing. */
  answer(request: Asked): Answer | undefined;
  greet(socketUrl: URL): readonly Said[];
  reply(message: Buffer, socketUrl: URL): Said | undefined;
  /** Hears of every request, reply and message. */
  note(passed: Passed): void;
}

/** Stands on loopback for every host of the internet: over TLS, for requests and for sockets alike. */
export async function startStub({ answer, greet, reply, note }: StubOptions): Promise<Stub> {
  const { trust, ...certificate } = selfSigned();
  const server = createServer(certificate, (request, response) => {
    void readBody(request).then((body) => {
      const asked = { method: request.method ?? '', url: urlOf(request, 'https'), headers: request.headers, body };
      note(passed('request', asked.url, { headers: { method: asked.method, ...asked.headers }, body }));
      const answered = asked.method === 'OPTIONS' ? { status: 204, body: '' } : (answer(asked) ?? { body: {} });
      note(passed('reply', asked.url, { headers: answered.headers ?? {}, body: bytesOf(answered) }));
      send(response, request, answered);
    });
  });
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: ([first]: Set<string>) => first ?? false,
  });
  server.on('upgrade', (request: IncomingMessage, connection, head) => {
    const url = urlOf(request, 'wss');
    note(passed('request', url, { headers: request.headers }));
    const say = (socket: WebSocket, said: Said) => {
      note(passed('received', url, { body: Buffer.from(said ?? '') }));
      // "Service Restart": the client is welcome to come back.
      if (said === null) socket.close(1012);
      else socket.send(said);
    };
    sockets.handleUpgrade(request, connection, head, (socket: WebSocket) => {
      socket.on('error', () => {});
      for (const said of greet(url)) say(socket, said);
      socket.on('message', (data: Buffer) => {
        note(passed('sent', url, { body: data }));
        const said = reply(data, url);
        if (said !== undefined) say(socket, said);
      });
    });
  });
  // A browser that is closed leaves halves of connections behind.
  server.on('tlsClientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    browserArgs: [`--host-resolver-rules=MAP * 127.0.0.1:${port}`, `--ignore-certificate-errors-spki-list=${trust}`],
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      return closed(server);
    },
  };
}

function passed(
  what: Passed['what'],
  { href }: URL,
  { headers = {}, body = Buffer.alloc(0) }: { headers?: object; body?: Buffer },
): Passed {
  return { at: Date.now(), what, url: href, headers: JSON.stringify(headers), body: body.toString('latin1') };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function urlOf({ headers, url }: IncomingMessage, scheme: string): URL {
  return new URL(`${scheme}://${headers.host ?? 'nowhere.example'}${url ?? '/'}`);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Any page may read it, with whatever headers it asked. */
function send(response: ServerResponse, { headers }: IncomingMessage, answer: Answer): void {
  const { status = 200, type, headers: own } = answer;
  response.writeHead(status, {
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-allow-methods': headers['access-control-request-method'] ?? '*',
    'access-control-expose-headers': '*, etag, expires',
    'content-type': type ?? 'application/json',
    ...own,
  });
  response.end(bytesOf(answer));
}

function bytesOf({ body }: Answer): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Key and certificate of nobody, and what a browser is told to trust them by: a page whose certificate it ignores may not use all storage. */
function selfSigned(): { key: string; cert: string; trust: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const certificate = new KJUR.asn1.x509.Certificate({
    version: 3,
    serial: { int: 1 },
    issuer: { str: '/CN=stub' },
    subject: { str: '/CN=stub' },
    notbefore: '250101000000Z',
    notafter: '491231000000Z',
    sbjpubkey: publicKey,
    sigalg: 'SHA256withRSA',
    cakey: KEYUTIL.getKey(privateKey),
  } as never);
  const spki = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return { key: privateKey, cert: certificate.getPEM(), trust: createHash('sha256').update(spki).digest('base64') };
}
