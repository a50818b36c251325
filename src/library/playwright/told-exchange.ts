import { type Body, type Exchange, emptyExchange } from '../../engine/model/capture.ts';
import { readable } from '../../inputs/har-entry.ts';
import type { PlaywrightRequest, PlaywrightResponse } from './playwright.ts';

/** A request as Playwright tells it when it begins, in the terms of a capture. */
export function exchangeOfRequest(request: PlaywrightRequest, name: string, pageUrl: string | null): Exchange {
  const headers = request.headers();
  const isDocument = request.isNavigationRequest();
  const isOfPage = isDocument && isTop(request);
  const bytes = request.postDataBuffer();
  return {
    ...emptyExchange(name, request.url()),
    method: request.method(),
    startedAt: Date.now() / 1000,
    pageUrl: isOfPage ? request.url() : pageUrl,
    requestHeaders: Object.entries(headers).map(([header, value]) => ({ name: header, value })),
    requestBody: bytes ? { text: readable(bytes), mimeType: headers['content-type'] ?? null } : null,
    ...(isDocument && { isDocument: true }),
  };
}

/** A WebSocket, of which no more than its address is told when it begins. */
export function exchangeOfSocket(url: string, name: string, pageUrl: string): Exchange {
  return { ...emptyExchange(name, url), method: 'GET', startedAt: Date.now() / 1000, pageUrl };
}

/** Adds what is told of an answer before its headers. */
export function addStatus(exchange: Exchange, response: PlaywrightResponse): void {
  exchange.status = response.status();
  const { startTime, responseStart } = response.request().timing();
  if (startTime > 0) exchange.startedAt = startTime / 1000;
  if (startTime > 0 && responseStart > 0) exchange.answeredAt = (startTime + responseStart) / 1000;
}

/** The body of an answer; null for one without any. */
export function bodyOf({ responseHeaders }: Exchange, bytes: Uint8Array): Body | null {
  if (bytes.length === 0) return null;
  const type = responseHeaders.find(({ name }) => name.toLowerCase() === 'content-type');
  return { text: readable(bytes), mimeType: type?.value ?? null };
}

function isTop(request: PlaywrightRequest): boolean {
  try {
    return request.frame().parentFrame() === null;
  } catch {
    // The page has no document yet.
    return true;
  }
}
