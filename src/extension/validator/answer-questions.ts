import { ask, type Backend } from '../../introspection/ask.ts';
import type { IntrospectionRequest } from '../../introspection/reply.ts';
import { within } from '../browsers/browser.ts';
import type { Requests } from '../browsers/requests.ts';
import { givenUp, readQuestion } from './question.ts';

/** The browser names a failure a moment after the request has failed. In milliseconds. */
const patience = 500;

/** The part of a window that questions arrive in. */
export interface Asked {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  parent: unknown;
  location: { origin: string };
}

/** Answers what the page around this one asks, over the port that comes with each question, and nothing else. */
export function answerQuestions(window: Asked, requests: Requests): void {
  const origins = createOrigins(requests);
  window.onmessage = ({ origin, source, data, ports: [port] }) => {
    if (!port || source !== window.parent || origin !== window.location.origin) return;
    const question = readQuestion(data);
    if (!question) return port.close();
    const controller = new AbortController();
    port.onmessage = (event: MessageEvent<unknown>) => {
      if (event.data === givenUp) controller.abort();
    };
    void askBy(requests, origins, question.backend, question.request, controller.signal).then((answer) => {
      port.postMessage(answer);
      port.close();
    });
  };
}

/** Asks a backend; a request that fails is named as the browser names it. */
async function askBy(
  requests: Requests,
  origins: ReturnType<typeof createOrigins>,
  backend: Backend,
  request: IntrospectionRequest,
  signal: AbortSignal,
) {
  let failure: string | null = null;
  return await ask(backend, request, {
    signal,
    networkError: async () => failure,
    async fetch(input, init) {
      const url = input instanceof Request ? input.url : new URL(input).href;
      const showAgain = await (hasCredentials(init) ? origins.hide(url) : origins.show(url));
      let tell: (name: string) => void = () => undefined;
      const told = new Promise<string>((resolve) => {
        tell = resolve;
      });
      const stop = requests.onRequestError(url, tell);
      try {
        return await requests.fetch(input, init);
      } catch (error) {
        if (!init?.signal?.aborted) failure = await within(patience, told, null);
        throw error;
      } finally {
        stop();
        void showAgain();
      }
    },
  });
}

/**
 * Authorization servers refuse browsers from origins they do not know, whatever credentials are sent (oidc-provider answers
 * 400). A question with credentials needs no origin; without them, the origin is all that a server can go by.
 */
function hasCredentials(init: RequestInit | undefined): boolean {
  return [...new Headers(init?.headers).keys()].some((name) => name !== 'accept' && name !== 'content-type');
}

/** Where the extension's origin is left out: only while a question is asked, so that no rule about it stays. */
function createOrigins({ sendOrigin }: Requests) {
  const hidden = new Map<string, number>();
  // The browser numbers no rules, so that two made at once would have one number.
  let last = Promise.resolve();
  const change = (url: string, isSent: boolean) => {
    last = last.then(() => sendOrigin(url, isSent)).catch(() => undefined);
    return last;
  };
  const count = (url: string, by: number) => {
    const now = (hidden.get(url) ?? 0) + by;
    hidden.set(url, now);
    return now;
  };
  return {
    async hide(url: string): Promise<() => Promise<void>> {
      count(url, 1);
      await change(url, false);
      return async () => {
        if (count(url, -1) === 0) await change(url, true);
      };
    },
    async show(url: string): Promise<() => Promise<void>> {
      await change(url, true);
      return async () => {};
    },
  };
}
