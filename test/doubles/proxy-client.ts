import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { encodeRequest, type IntrospectionReply, parseReply } from '../../src/introspection/reply.ts';
import { parseConfig } from '../../src/proxy/config.ts';
import { type Limits, startProxy } from '../../src/proxy/main.ts';
import { type LogEntry, realSurroundings, type Surroundings } from '../../src/proxy/surroundings.ts';
import { now } from '../builders/tokens.ts';

export const accessKey = 'access-key-of-the-test-0123456789';

export interface StartedProxy {
  url: string;
  port: number;
  /** What was logged so far. */
  log: LogEntry[];
  /** The clock of the server, in seconds; tests turn it. */
  clock: { now: number };
  post(body: BodyInit, headers?: Record<string, string>): Promise<Response>;
  /** The reply to a question that must be answered. */
  ask(token: string, more?: { room?: string; provider?: string }): Promise<IntrospectionReply>;
  close(): Promise<void>;
}

/** The real server on a free port of loopback, with a clock of the test's own. */
export async function startTestProxy(
  config: Record<string, unknown>,
  { limits, ...more }: Partial<Surroundings> & { limits?: Limits } = {},
): Promise<StartedProxy> {
  const log: LogEntry[] = [];
  const clock = { now };
  const surroundings = {
    ...realSurroundings,
    now: () => clock.now,
    log: (entry: LogEntry) => void log.push(entry),
    ...more,
  };
  const whole = { accessKeys: [accessKey], port: 0, cacheSeconds: 0, requestsPerMinute: 100_000, ...config };
  const running = await startProxy(parseConfig(whole), surroundings, limits);
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${running.url}/introspect`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${accessKey}`, ...headers },
    });
  return {
    url: running.url,
    port: Number(new URL(running.url).port),
    log,
    clock,
    post,
    async ask(token, hints = {}) {
      const response = await post(encodeRequest({ token, ...hints }));
      const text = await response.text();
      if (response.status !== 200) throw new Error(`The server answered ${response.status}: ${text}`);
      return parseReply(text);
    },
    close: () => running.close(),
  };
}

/** Outcomes by name of check. */
export function outcomes(reply: IntrospectionReply): Record<string, string> {
  return Object.fromEntries(reply.roomkey?.checks.map(({ name, outcome }) => [name, outcome]) ?? []);
}

/** A server on loopback for keys or a vendor's API. */
export async function startUpstream(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Sends bytes as they are and answers all that came back until the server closes. `pieces` are sent one by one. */
export function exchange(port: number, ...pieces: string[]): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
  });
}
