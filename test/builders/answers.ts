import type { Exchange, Header } from '../../src/engine/model/capture.ts';

/** Headers by their names. */
export const headersOf = (pairs: Record<string, string>): Header[] =>
  Object.entries(pairs).map(([name, value]) => ({ name, value }));

/** An answer of a server of the tests' call page that hands out a token, with headers and whatever the test changes. */
export function answerWith(
  token: string,
  headers: Record<string, string>,
  parts: Partial<Exchange> = {},
): Partial<Exchange> {
  return {
    url: 'https://api.acme.com/token',
    requestHeaders: headersOf({ Host: 'api.acme.com' }),
    responseHeaders: headersOf({ 'Content-Type': 'application/json', ...headers }),
    responseBody: { text: JSON.stringify({ token }), mimeType: 'application/json' },
    ...parts,
  };
}
