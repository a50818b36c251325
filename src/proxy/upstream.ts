import type { Surroundings } from './surroundings.ts';

export interface UpstreamAnswer {
  status: number;
  body: string;
}

/** Why no usable answer came. */
export class UpstreamError extends Error {
  override name = 'UpstreamError';
}

/** Longest answer that is read, in bytes. */
const longestAnswer = 64 * 1024;
const tries = 3;
const firstPauseMs = 150;

/**
 * Asks a vendor with a deadline over all tries. Network errors, 429 and 5xx are tried again with growing pauses (a
 * `Retry-After` is honoured when it fits the deadline); redirects are never followed.
 * @throws {UpstreamError} with a sentence that holds neither URL path nor credentials
 */
export async function ask(
  url: URL,
  headers: Record<string, string>,
  timeoutMs: number,
  surroundings: Surroundings,
): Promise<UpstreamAnswer> {
  const signal = surroundings.deadline(timeoutMs);
  let trouble = '';
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    let pauseMs = firstPauseMs * 2 ** (attempt - 1);
    try {
      const response = await surroundings.fetch(url, { headers, redirect: 'manual', signal });
      surroundings.log({ event: 'upstream', host: url.host, status: response.status, attempt });
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel().catch(() => undefined);
        throw new UpstreamError(`${url.host} answered with a redirect, which is not followed.`);
      }
      const body = await readBounded(response, url.host);
      if (response.status !== 429 && response.status < 500) return { status: response.status, body };
      trouble =
        response.status === 429 ? `${url.host} is limiting requests.` : `${url.host} answered ${response.status}.`;
      const retryAfter = Number(response.headers.get('retry-after'));
      if (Number.isFinite(retryAfter) && retryAfter > 0) pauseMs = retryAfter * 1000;
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
      if (signal.aborted) throw new UpstreamError(trouble || `${url.host} did not answer within ${timeoutMs} ms.`);
      trouble = `${url.host} could not be reached.`;
      surroundings.log({ event: 'upstream', host: url.host, status: null, attempt });
    }
    if (attempt === tries || pauseMs >= timeoutMs) break;
    await surroundings.sleep(pauseMs, signal).catch(() => undefined);
    if (signal.aborted) break;
  }
  throw new UpstreamError(trouble);
}

async function readBounded(response: Response, host: string): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let chunk = await reader.read(), read = 0; !chunk.done; chunk = await reader.read()) {
    read += chunk.value.byteLength;
    if (read > longestAnswer) {
      await reader.cancel();
      throw new UpstreamError(`The answer of ${host} was too long to read.`);
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}
