import type { Socket } from 'node:net';
import { type HttpBindings, serve } from '@hono/node-server';
import { jsonOddities, parseJson } from '../engine/text/json.ts';
import { clientOf, isLoopback } from './addresses.ts';
import { ConfigError, configFrom, type ProxyConfig } from './config.ts';
import { createServer } from './server.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';

export interface RunningProxy {
  url: string;
  /** Stops taking requests and resolves when the running ones have ended, at most after a few seconds. */
  close(): Promise<void>;
}

const exposed =
  'Listening beyond this machine without TLS: tokens and access keys can be read on the way, so put HTTPS in front.';

/** Time running requests get when the server stops, in milliseconds. */
const graceMs = 5000;

/** How long a client may take, in milliseconds. */
export interface Limits {
  /** For the headers of a request. */
  headersMs: number;
  /** For a whole request, its body included. */
  requestMs: number;
  /** Between two requests on one connection. */
  idleMs: number;
  /** Most connections at once. */
  connections: number;
  /** Most of them by one client, where clients can be told apart: who keeps many open locks out nobody else. */
  connectionsPerClient: number;
}

const usualLimits: Limits = {
  headersMs: 10_000,
  requestMs: 15_000,
  idleMs: 5000,
  connections: 1000,
  connectionsPerClient: 250,
};

/** Starts the server on Node. Rejects when the address is taken. */
export function startProxy(
  config: ProxyConfig,
  surroundings: Surroundings = realSurroundings,
  limits: Limits = usualLimits,
): Promise<RunningProxy> {
  const app = createServer(config, surroundings);
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        hostname: config.host.replace(/^\[|\]$/g, ''),
        port: config.port,
        fetch: (request, bindings) => {
          const { socket, rawHeaders } = (bindings as HttpBindings).incoming;
          return app.fetch(request, {
            clientAddress: socket.remoteAddress ?? 'unknown',
            times: (header) => rawHeaders.filter((one, at) => at % 2 === 0 && one.toLowerCase() === header).length,
          });
        },
        serverOptions: {
          headersTimeout: limits.headersMs,
          requestTimeout: limits.requestMs,
          keepAliveTimeout: limits.idleMs,
          // Node looks for late requests only now and then; every half minute unless told otherwise.
          connectionsCheckingInterval: Math.min(1000, limits.headersMs, limits.requestMs),
          maxHeaderSize: 16 * 1024,
        },
      },
      ({ port }) => {
        const host = config.host.includes(':') ? `[${config.host.replace(/^\[|\]$/g, '')}]` : config.host;
        surroundings.log({ event: 'started', host: config.host, port, keys: config.keys.length });
        if (!isLoopback(config.host)) surroundings.log({ event: 'warning', says: exposed });
        resolve({ url: `http://${host}:${port}`, close });
      },
    );
    server.on('error', reject);
    if ('maxConnections' in server) server.maxConnections = limits.connections;
    // Behind a reverse proxy all connections are its own.
    if (!config.behindProxy) server.on('connection', createConnectionLimit(limits.connectionsPerClient));

    function close() {
      surroundings.log({ event: 'stopping' });
      return new Promise<void>((done) => {
        server.close(() => done());
        if ('closeIdleConnections' in server) server.closeIdleConnections();
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs).unref();
      });
    }
  });
}

/** Closes at once what one client opens beyond `most`. */
function createConnectionLimit(most: number) {
  const open = new Map<string, number>();
  return (socket: Socket) => {
    const client = clientOf(socket.remoteAddress ?? '');
    const count = (open.get(client) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(client, count);
    socket.once('close', () => {
      const left = (open.get(client) ?? 1) - 1;
      if (left > 0) open.set(client, left);
      else open.delete(client);
    });
  };
}

/** Reads a small file whole, or says why not in words that follow its name. Never rejects, and waits for nothing without end. */
export type ReadText = (path: string) => Promise<{ text: string; reason: null } | { text: null; reason: string }>;

/**
 * The `proxy` command: configuration from `ROOMKEY_CONFIG` (a JSON file) and the environment. Resolves to the exit code: 0
 * once it runs, 2 when it cannot.
 */
export async function runProxy(
  environment: Record<string, string | undefined>,
  readText: ReadText,
  complain: (line: string) => void = console.error,
): Promise<number> {
  try {
    const path = environment.ROOMKEY_CONFIG;
    const config = configFrom(environment, path ? await readConfig(path, readText) : {});
    // One request that goes wrong in an unforeseen way must not end the others.
    process.on('unhandledRejection', (error) => {
      realSurroundings.log({ event: 'error', kind: error instanceof Error ? error.name : 'unknown' });
    });
    const running = await startProxy(config);
    if (!isLoopback(config.host)) complain(exposed);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void running.close().then(() => process.exit(0)));
    }
    return 0;
  } catch (error) {
    complain(
      error instanceof ConfigError
        ? `${error.message} docs/proxy.md tells what can be set.`
        : `The server could not start: ${(error as Error).message}`,
    );
    return 2;
  }
}

/**
 * Messages name the file only where it is plainly one: somebody may have set a key, or the content with all keys, where the
 * name belongs.
 */
async function readConfig(path: string, readText: ReadText): Promise<unknown> {
  if (/^\s*[{[]/.test(path)) {
    throw new ConfigError(
      'The configuration must lie in a file: ROOMKEY_CONFIG names it, and does not hold its content.',
    );
  }
  const file = /^[\w./\\: ~-]{1,200}\.json$/i.test(path) ? `file ${path}` : 'file';
  const { text, reason } = await readText(path);
  if (text === null) {
    const why = reason.startsWith('cannot be read') ? reason : `cannot be read: it ${reason}`;
    throw new ConfigError(`The configuration ${file} ${why}.`);
  }
  const twice = jsonOddities(text).find(({ code }) => code === 'duplicate-member');
  if (twice) throw new ConfigError(`The configuration ${file} says ${twice.path.slice(0, 60)} twice.`);
  const config = parseJson(text);
  if (config === undefined) throw new ConfigError(`The configuration ${file} is not valid JSON.`);
  return config;
}
