import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import { rateLimiter } from 'hono-rate-limiter';
import { hints, type IntrospectionRequest, type ProblemDetails } from '../introspection/reply.ts';
import { hostName, isLoopback } from './addresses.ts';
import { createCache } from './cache.ts';
import type { ProxyConfig } from './config.ts';
import { createDoor, type Env } from './door.ts';
import { createKeySource } from './key-source.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';
import { validate } from './validate.ts';

/** Longest token that is looked at, in characters. */
const longestToken = 32 * 1024;

/** What a question is answered with. */
interface Parts {
  config: ProxyConfig;
  surroundings: Surroundings;
  keySource: ReturnType<typeof createKeySource>;
  cache: ReturnType<typeof createCache>;
}

/**
 * A token introspection endpoint (RFC 7662) at `POST /introspect`, and `GET /healthz`. Runs wherever `fetch` handlers do.
 * Errors are problem details (RFC 9457). No token and no key reaches a log line or an error.
 */
export function createServer(config: ProxyConfig, surroundings: Surroundings = realSurroundings): Hono<Env> {
  const app = new Hono<Env>();
  const parts: Parts = {
    config,
    surroundings,
    keySource: createKeySource(surroundings),
    cache: createCache(config.cacheSeconds, surroundings.now),
  };
  app.use(logged(surroundings));
  app.use(secureHeaders({ crossOriginResourcePolicy: false }));
  app.use(onlyOwnNames(config));
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  guard(app, config, surroundings);
  app.post('/introspect', (c) => introspect(c, parts));
  app.all('/introspect', (c) => {
    c.header('allow', 'POST, OPTIONS');
    return problem(c, 405, 'Wrong method', 'Ask with POST.');
  });
  app.notFound((c) => problem(c, 404, 'Not found', 'There are POST /introspect and GET /healthz.'));
  app.onError((error, c) => {
    // The message may hold input; its kind cannot.
    surroundings.log({ event: 'error', kind: error.name });
    const detail = 'The server could not judge this token; its log tells the kind of failure.';
    return problem(c, 500, 'Unexpected failure', detail);
  });
  return app;
}

function logged(surroundings: Surroundings): MiddlewareHandler<Env> {
  return async (c, next) => {
    const startedAt = surroundings.now();
    await next();
    const ms = Math.round((surroundings.now() - startedAt) * 1000);
    surroundings.log({ event: 'request', method: c.req.method, path: knownPath(c.req.path), status: c.res.status, ms });
  };
}

/**
 * A page whose name was made to point here (DNS rebinding) sends its own name as `Host`, which tells it from a caller
 * that means this server.
 */
function onlyOwnNames(config: ProxyConfig): MiddlewareHandler<Env> {
  const names = ownNames(config);
  return async (c, next) => {
    // Of an address with a user in it, no runtime makes a request.
    const { username, password } = new URL(c.req.url);
    if (username || password) return problem(c, 400, 'Wrong address', 'An address holds no user name and no password.');
    const isOnce = (c.env?.times?.('host') ?? 1) === 1;
    const name = isOnce ? hostName(c.req.header('host') ?? new URL(c.req.url).host) : null;
    if (name !== null && (isLoopback(name) || names.has(name))) return next();
    const detail = 'This server is not known by that name; `hosts` in its configuration adds one.';
    return problem(c, 403, 'Foreign host', detail);
  };
}

/** Everything that is asked of a caller before a question is read: origin, key, pace and size. */
function guard(app: Hono<Env>, config: ProxyConfig, surroundings: Surroundings) {
  const admit = createDoor(config, surroundings.now);
  const path = '/introspect';
  app.use(
    path,
    cors({
      origin: (origin) => (config.origins.includes(origin) ? origin : null),
      allowMethods: ['POST'],
      allowHeaders: ['authorization', 'content-type'],
      exposeHeaders: ['retry-after'],
      maxAge: 600,
    }),
  );
  app.use(path, async (c, next) => {
    const admitted = admit(c);
    if (!('client' in admitted)) return refused(c, admitted.waitSeconds);
    c.set('client', admitted.client);
    return next();
  });
  app.use(
    path,
    rateLimiter<Env>({
      windowMs: 60_000,
      limit: config.requestsPerMinute,
      keyGenerator: (c) => c.get('client'),
      handler: (c) => problem(c, 429, 'Too many requests', 'Wait as long as Retry-After says.'),
    }),
  );
  app.use(
    path,
    bodyLimit({
      maxSize: config.maxBodyBytes,
      onError: (c) => problem(c, 413, 'Request too large', `The body may have ${config.maxBodyBytes} bytes.`),
    }),
  );
}

function refused(c: Context<Env>, waitSeconds: number): Response {
  if (waitSeconds) {
    c.header('retry-after', String(waitSeconds));
    return problem(c, 429, 'Too many wrong keys', 'Wait as long as Retry-After says.');
  }
  c.header('www-authenticate', 'Bearer');
  const detail = 'Send a configured access key as `Authorization: Bearer`, from a configured origin.';
  return problem(c, 401, 'Not allowed', detail);
}

async function introspect(c: Context<Env>, { config, surroundings, keySource, cache }: Parts): Promise<Response> {
  const contentType = c.req.header('content-type') ?? '';
  if (!isForm(contentType)) {
    return problem(c, 415, 'Wrong content type', 'Send the form of RFC 7662 as application/x-www-form-urlencoded.');
  }
  if ((c.req.header('content-encoding') ?? 'identity').trim().toLowerCase() !== 'identity') {
    // RFC 9110 §12.5.3: whoever gets 415 for a coding is told which ones are taken.
    c.header('accept-encoding', 'identity');
    return problem(c, 415, 'Compressed body', 'Send the form as it is, without Content-Encoding.');
  }
  if (new URL(c.req.url).search !== '') {
    return problem(c, 400, 'Query not allowed', 'Send the parameters in the body: addresses are logged on the way.');
  }
  const body = await bodyOf(c);
  if (body === null) {
    return problem(c, 400, 'Body not read', 'The body ended before its length said so.');
  }
  const form = new URLSearchParams(body);
  const mistake = mistakeIn(form);
  if (mistake) return problem(c, 400, 'Wrong form', mistake);
  const request = requestOf(form);
  if (request.token.trim() === '' && !isEmptyAllowed(request, config)) {
    return problem(c, 400, 'No token', 'The form has no `token`.');
  }
  if (request.token.length > longestToken) {
    return problem(c, 413, 'Token too long', `A token may have ${longestToken} characters.`);
  }
  const ignoreNbf = form.get('ignore_nbf') === 'true';
  const hash = await cache.hash(request.token, request.provider, request.room, request.tenant, String(ignoreNbf));
  const reply = cache.get(hash) ?? (await validate(request, { ignoreNbf }, config, surroundings, keySource));
  // What a vendor or a key server could not answer now may be answered a moment later.
  const isFinal =
    reply.active ||
    !reply.roomkey?.checks.some(
      ({ name, outcome }) => outcome === 'not-checked' && (name === 'vendor' || name === 'signature'),
    );
  if (isFinal) cache.set(hash, reply);
  c.header('cache-control', 'no-store');
  return c.json(reply);
}

/** The body as text; null where it broke off. */
async function bodyOf(c: Context<Env>): Promise<string | null> {
  try {
    return await c.req.text();
  } catch {
    return null;
  }
}

/** A server that lets people in without a token may be asked about none. */
function isEmptyAllowed({ token, provider }: IntrospectionRequest, { keys }: ProxyConfig): boolean {
  return token === '' && keys.some((key) => key.provider === provider && key.allowEmptyToken === true);
}

/** What is listened on is a name of this server, unless it stands for every address of the machine. */
function ownNames({ host, hosts }: ProxyConfig): Set<string> {
  const plain = [host, ...hosts].map((name) => name.toLowerCase().replace(/^\[|\]$|\.$/g, ''));
  return new Set(plain.filter((name) => name !== '0.0.0.0' && name !== '::'));
}

/** RFC 7662 §2.1; another character set than UTF-8 would make other texts of the same bytes. */
function isForm(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  return (
    type.trim() === 'application/x-www-form-urlencoded' &&
    parameters.every((one) => one.trim() === '' || /^charset="?utf-8"?$/.test(one.trim()))
  );
}

/** Longest hint, in characters. A longer one is refused, not cut: half a room's name is another room. */
const longestHint = 500;

/** What makes a form mean two things, or nothing; a sentence, or null. */
function mistakeIn(form: URLSearchParams): string | null {
  const names = [...form.keys()];
  if (names.length > 20) return 'The form has more parameters than there are.';
  // RFC 6749 §3.1: no parameter comes more than once.
  if (new Set(names).size < names.length) return 'A parameter comes twice.';
  for (const name of hints) {
    if ((form.get(name)?.length ?? 0) > longestHint) return `\`${name}\` may have ${longestHint} characters.`;
  }
  return ['true', 'false', '', null].includes(form.get('ignore_nbf')) ? null : '`ignore_nbf` is true or false.';
}

function requestOf(form: URLSearchParams): IntrospectionRequest {
  const request: IntrospectionRequest = { token: form.get('token') ?? '' };
  for (const name of hints) {
    const value = form.get(name);
    if (value) request[name] = value;
  }
  return request;
}

/** Paths are chosen by the caller, so only known ones are logged. */
function knownPath(path: string): string {
  return ['/introspect', '/healthz'].includes(path) ? path : '(other)';
}

function problem(
  c: Context,
  status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 429 | 500,
  title: string,
  detail: string,
) {
  const body: ProblemDetails = { type: 'about:blank', title, status, detail };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}
