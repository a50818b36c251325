import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import { timingSafeEqual } from 'hono/utils/buffer';
import { rateLimiter } from 'hono-rate-limiter';
import type { IntrospectionRequest, ProblemDetails } from '../contract/introspection.ts';
import { createCache } from './cache.ts';
import type { ProxyConfig } from './config.ts';
import { createKeySource } from './key-source.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';
import { validate } from './validate.ts';

interface Env {
  /** The peer's address, given by the runtime's adapter. */
  Bindings: { clientAddress?: string };
  Variables: { client: string };
}

/** Longest token that is looked at, in characters. */
const longestToken = 32 * 1024;

/**
 * A token introspection endpoint (RFC 7662) at `POST /introspect`, and `GET /healthz`. Runs wherever `fetch` handlers do.
 * Errors are problem details (RFC 9457). No token and no key reaches a log line or an error.
 */
export function createServer(config: ProxyConfig, surroundings: Surroundings = realSurroundings): Hono<Env> {
  const app = new Hono<Env>();
  const keySource = createKeySource(surroundings);
  const cache = createCache(config.cacheSeconds, surroundings.now);

  app.use(async (c, next) => {
    const startedAt = surroundings.now();
    await next();
    const ms = Math.round((surroundings.now() - startedAt) * 1000);
    surroundings.log({ event: 'request', method: c.req.method, path: knownPath(c.req.path), status: c.res.status, ms });
  });
  app.use(secureHeaders({ crossOriginResourcePolicy: false }));
  app.get('/healthz', (c) => c.json({ status: 'ok' }));

  app.use(
    '/introspect',
    cors({
      origin: (origin) => (config.origins.includes(origin) ? origin : null),
      allowMethods: ['POST'],
      allowHeaders: ['authorization', 'content-type'],
      exposeHeaders: ['retry-after'],
      maxAge: 600,
    }),
  );
  app.use('/introspect', async (c, next) => {
    const client = await admit(c);
    if (!client) {
      c.header('www-authenticate', 'Bearer');
      return problem(
        c,
        401,
        'Not allowed',
        'Send a configured access key as `Authorization: Bearer`, from a configured origin.',
      );
    }
    c.set('client', client);
    return next();
  });
  app.use(
    '/introspect',
    rateLimiter<Env>({
      windowMs: 60_000,
      limit: config.requestsPerMinute,
      keyGenerator: (c) => c.get('client'),
      handler: (c) => problem(c, 429, 'Too many requests', 'Wait as long as Retry-After says.'),
    }),
  );
  app.use(
    '/introspect',
    bodyLimit({
      maxSize: config.maxBodyBytes,
      onError: (c) => problem(c, 413, 'Request too large', `The body may have ${config.maxBodyBytes} bytes.`),
    }),
  );

  app.post('/introspect', async (c) => {
    if (!c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
      return problem(c, 415, 'Wrong content type', 'Send the form of RFC 7662 as application/x-www-form-urlencoded.');
    }
    const form = new URLSearchParams(await c.req.text());
    const request = requestOf(form);
    if (!request.token) return problem(c, 400, 'No token', 'The form has no `token`.');
    if (request.token.length > longestToken) {
      return problem(c, 413, 'Token too long', `A token may have ${longestToken} characters.`);
    }
    const ignoreNbf = form.get('ignore_nbf') === 'true';
    const hash = await cache.hash(request.token, request.provider, request.room, String(ignoreNbf));
    const reply = cache.get(hash) ?? (await validate(request, { ignoreNbf }, config, surroundings, keySource));
    // An answer that a vendor could not give now may come a moment later.
    if (!reply.roomkey?.checks.some(({ name, outcome }) => name === 'vendor' && outcome === 'not-checked')) {
      cache.set(hash, reply);
    }
    c.header('cache-control', 'no-store');
    return c.json(reply);
  });

  app.all('/introspect', (c) => {
    c.header('allow', 'POST, OPTIONS');
    return problem(c, 405, 'Wrong method', 'Ask with POST.');
  });
  app.notFound((c) => problem(c, 404, 'Not found', 'There are POST /introspect and GET /healthz.'));
  app.onError((error, c) => {
    // The message may hold input; its kind cannot.
    surroundings.log({ event: 'error', kind: error.name });
    return problem(
      c,
      500,
      'Unexpected failure',
      'The server could not judge this token; its log tells the kind of failure.',
    );
  });
  return app;

  /** The name under which a caller is rate-limited, or null when it may not ask. */
  async function admit(c: Context<Env>): Promise<string | null> {
    const origin = c.req.header('origin');
    const allowedOrigin = origin !== undefined && config.origins.includes(origin);
    const address = c.env?.clientAddress ?? 'unknown';
    if (!config.accessKeys.length) return allowedOrigin ? `${origin} ${address}` : null;
    if (origin !== undefined && config.origins.length && !allowedOrigin) return null;
    const sent = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    let index = -1;
    // Every key is compared, so that time does not tell which one was near.
    for (const [at, accessKey] of config.accessKeys.entries()) {
      if (await timingSafeEqual(accessKey, sent)) index = at;
    }
    return index < 0 ? null : `key ${index} ${address}`;
  }
}

function requestOf(form: URLSearchParams): IntrospectionRequest {
  const request: IntrospectionRequest = { token: (form.get('token') ?? '').trim() };
  for (const name of ['token_type_hint', 'provider', 'room'] as const) {
    const value = form.get(name);
    if (value) request[name] = value.slice(0, 500);
  }
  return request;
}

/** Paths are chosen by the caller, so only known ones are logged. */
function knownPath(path: string): string {
  return ['/introspect', '/healthz'].includes(path) ? path : '(other)';
}

function problem(c: Context, status: 400 | 401 | 404 | 405 | 413 | 415 | 429 | 500, title: string, detail: string) {
  const body: ProblemDetails = { type: 'about:blank', title, status, detail };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}
