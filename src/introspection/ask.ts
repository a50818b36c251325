import { insecureUrl } from './insecure-url.ts';
import { encodeRequest, type IntrospectionReply, type IntrospectionRequest, parseReply, ReplyError } from './reply.ts';

/** A validation backend as the user configured it. */
export interface Backend {
  /** Absolute URL of the introspection endpoint. HTTPS, except on loopback. */
  url: string;
  /** Sent as they are, e.g. `authorization`. */
  headers: Record<string, string>;
}

/** Why there is no verdict. Stable, for tests and for help. */
export type FaultCode =
  | 'url-insecure'
  | 'access-denied'
  | 'refused'
  | 'dns'
  | 'tls'
  | 'unreachable'
  | 'cors'
  | 'timeout'
  | 'timeout-body'
  | 'redirected'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'too-large'
  | 'rate-limited'
  | 'server-error'
  | 'unexpected-status'
  | 'content-type'
  | 'reply-too-large'
  | 'malformed-json'
  | 'not-an-object'
  | 'active-missing'
  | 'contradictory'
  | 'cancelled';

export interface Fault {
  code: FaultCode;
  /** What happened and what to do, in a sentence or two. Holds neither token nor header values. */
  message: string;
  /** Seconds until asking again makes sense, where the backend said so. */
  retryAfterSeconds?: number;
}

export type Answer = { reply: IntrospectionReply } | { fault: Fault };

export interface AskOptions {
  fetch: typeof fetch;
  /** Until the first byte of the answer, in milliseconds. */
  headersTimeoutMs?: number;
  /** For the rest of the answer, in milliseconds. */
  bodyTimeoutMs?: number;
  signal?: AbortSignal;
  /** The browser's own name for the last network error on this URL (`net::ERR_CONNECTION_REFUSED`, `NS_ERROR_CONNECTION_REFUSED`), where it can be had. */
  networkError?: () => Promise<string | null>;
}

/** Longest reply that is read, in bytes. */
const longestReply = 1024 * 1024;

/**
 * Asks a backend about one token. Never rejects: whatever goes wrong is a fault with its own words. One request, no
 * retries, no redirects, no cookies.
 */
export async function ask(backend: Backend, request: IntrospectionRequest, options: AskOptions): Promise<Answer> {
  const { headersTimeoutMs = 10_000, bodyTimeoutMs = 10_000 } = options;
  const insecure = insecureUrl(backend.url);
  if (insecure) return fault('url-insecure', insecure);
  const host = new URL(backend.url).host;
  const controller = new AbortController();
  const cancel = () => controller.abort();
  options.signal?.addEventListener('abort', cancel);
  let phase: 'headers' | 'body' = 'headers';
  let timedOut = false;
  const expire = () => {
    timedOut = true;
    controller.abort();
  };
  let timer = setTimeout(expire, headersTimeoutMs);
  try {
    if (options.signal?.aborted) return fault('cancelled', 'The question was cancelled.');
    const response = await options.fetch(backend.url, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        ...backend.headers,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: encodeRequest(request).toString(),
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: controller.signal,
    });
    clearTimeout(timer);
    phase = 'body';
    timer = setTimeout(expire, bodyTimeoutMs);
    const refusal = refusalOf(response, host);
    if (refusal) {
      await response.body?.cancel().catch(() => undefined);
      return { fault: refusal };
    }
    const body = await readBounded(response);
    if (body === null)
      return fault('reply-too-large', `${host} answered with more than 1 MB; a reply has a few kilobytes.`);
    return { reply: parseReply(body) };
  } catch (error) {
    if (error instanceof ReplyError) return fault(error.code, `${host}: ${error.message}`);
    if (timedOut) {
      return phase === 'headers'
        ? fault('timeout', `${host} did not answer within ${seconds(headersTimeoutMs)}.`)
        : fault('timeout-body', `${host} began to answer but did not finish within ${seconds(bodyTimeoutMs)}.`);
    }
    if (options.signal?.aborted) return fault('cancelled', 'The question was cancelled.');
    return { fault: networkFault((await options.networkError?.()) ?? null, host) };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', cancel);
  }
}

function refusalOf(response: Response, host: string): Fault | null {
  const { status } = response;
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    return {
      code: 'redirected',
      message: `${host} answered with a redirect. The token was not sent on; set the final URL instead.`,
    };
  }
  const type = response.headers.get('content-type') ?? '';
  if (status === 200) {
    if (/^application\/([\w.+-]+\+)?json\b/i.test(type)) return null;
    const got = type.split(';')[0]?.slice(0, 60) || 'no content type';
    return {
      code: 'content-type',
      message: `${host} answered with ${got} where JSON was expected. Is this the right URL?`,
    };
  }
  const retryAfterSeconds = retryAfter(response.headers.get('retry-after'));
  switch (status) {
    case 401:
      return { code: 'unauthorized', message: `${host} wants credentials (401). Check the header in the settings.` };
    case 403:
      return {
        code: 'forbidden',
        message: `${host} does not allow the question (403). Check the header and the allowed origins.`,
      };
    case 404:
      return { code: 'not-found', message: `${host} has nothing at this path (404). Check the URL.` };
    case 413:
      return { code: 'too-large', message: `The token is too large for ${host} (413).` };
    case 429:
      return {
        code: 'rate-limited',
        message: `${host} is asked too often (429). ${retryAfterSeconds ? `Try again in ${retryAfterSeconds} s.` : 'Try again later.'}`,
        ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
      };
    default:
      return status >= 500
        ? { code: 'server-error', message: `${host} failed (${status}). Its log will say why.` }
        : { code: 'unexpected-status', message: `${host} answered ${status}, which token introspection does not use.` };
  }
}

/** `Retry-After` in seconds (RFC 9110 §10.2.3); a date form is not read, as clocks differ. */
function retryAfter(value: string | null): number | undefined {
  return value && /^\d{1,6}$/.test(value.trim()) ? Number(value) : undefined;
}

function networkFault(name: string | null, host: string): Fault {
  // Chromium's names are `net::ERR_…`; Firefox's `NS_ERROR_…`, or a sentence where a certificate is the matter.
  const code = name?.replace(/^(?:net::ERR_|NS_ERROR_)/, '') ?? '';
  if (/CONNECTION_REFUSED/.test(code)) {
    return { code: 'refused', message: `Nothing listens at ${host}. Is the backend running?` };
  }
  if (/NAME_NOT_RESOLVED|NAME_RESOLUTION|UNKNOWN_HOST/.test(code)) {
    return { code: 'dns', message: `The name ${host} is not known. Check the URL.` };
  }
  if (/CERT|SSL|TLS|^SEC_ERROR/i.test(code)) {
    return { code: 'tls', message: `The secure connection to ${host} failed (${code}). Check its certificate.` };
  }
  if (/BLOCKED_BY_(RESPONSE|CLIENT|ADMINISTRATOR)|CORS|^FAILED$/.test(code)) {
    return {
      code: 'cors',
      message: `The browser refused the answer of ${host}. Grant access to it, or allow the extension’s origin there.`,
    };
  }
  const why = code ? ` (${code})` : '';
  return {
    code: 'unreachable',
    message: `${host} could not be reached${why}: it may be down, its name or certificate wrong, or the browser not allowed to ask it.`,
  };
}

async function readBounded(response: Response): Promise<string | null> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > longestReply) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

const seconds = (ms: number) => (ms % 1000 ? `${ms} ms` : `${ms / 1000} s`);

function fault(code: FaultCode, message: string): Answer {
  return { fault: { code, message } };
}
