import { readFileSync } from 'node:fs';
import { type HttpBindings, serve } from '@hono/node-server';
import { ConfigError, configFrom, type ProxyConfig } from './config.ts';
import { createServer } from './server.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';

export interface RunningProxy {
  url: string;
  /** Stops taking requests and resolves when the running ones have ended, at most after a few seconds. */
  close(): Promise<void>;
}

/** Time running requests get when the server stops, in milliseconds. */
const graceMs = 5000;

/** Starts the server on Node. Rejects when the address is taken. */
export function startProxy(config: ProxyConfig, surroundings: Surroundings = realSurroundings): Promise<RunningProxy> {
  const app = createServer(config, surroundings);
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        hostname: config.host,
        port: config.port,
        fetch: (request, bindings) =>
          app.fetch(request, {
            clientAddress: (bindings as HttpBindings).incoming.socket.remoteAddress ?? 'unknown',
          }),
        serverOptions: { requestTimeout: 15_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 },
      },
      ({ port }) => {
        const host = config.host.includes(':') ? `[${config.host}]` : config.host;
        surroundings.log({ event: 'started', host: config.host, port, keys: config.keys.length });
        resolve({ url: `http://${host}:${port}`, close });
      },
    );
    server.on('error', reject);

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

/** The `proxy` command: configuration from `ROOMKEY_CONFIG` (a JSON file) and the environment. Resolves to the exit code: 0 once it runs, 2 when it cannot. */
export async function runProxy(
  environment: Record<string, string | undefined>,
  complain: (line: string) => void = console.error,
): Promise<number> {
  try {
    const path = environment.ROOMKEY_CONFIG;
    const config = configFrom(environment, path ? readConfig(path) : {});
    const running = await startProxy(config);
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

function readConfig(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    throw new ConfigError(`The configuration file ${path} ${why}.`);
  }
}
