import { afterEach, expect, test, vi } from 'vitest';
import { chromiumNetwork } from './chromium-network.ts';
import type { Content } from './network.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The body of a request that ended, as the browser hands it over. */
async function bodyOf(...given: unknown[]): Promise<Content | null> {
  let heard: (request: unknown) => void = () => {};
  const onRequestFinished = {
    addListener: (listener: typeof heard) => {
      heard = listener;
    },
    removeListener: () => {},
  };
  vi.stubGlobal('chrome', { devtools: { network: { onRequestFinished } } });
  const body = new Promise<Content | null>((resolve) => {
    chromiumNetwork.onFinished((_, ask) => void ask().then(resolve, resolve));
  });
  heard({ getContent: (hand: (...parts: unknown[]) => void) => hand(...given) });
  return body;
}

test.each([
  ['text', ['{}', ''], { text: '{}', isBase64: false }],
  ['bytes', ['e30=', 'base64'], { text: 'e30=', isBase64: true }],
  ['an empty text', ['', ''], { text: '', isBase64: false }],
  ['null', [null, null], null],
  ['nothing, as after a navigation', [], null],
  ['what is no text', [7, ''], null],
])('the body that the browser hands over as %s', async (_, given, body) => {
  expect(await bodyOf(...given)).toEqual(body);
});
