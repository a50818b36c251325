import { list, number, record, string } from '../engine/text/narrow.ts';
import { exchangeOf, type HarEntry, wholeEntry } from './har-entry.ts';
import { emptyCapture, type Input } from './input.ts';
import { readJsonOrText } from './text.ts';

/** "JSON Session File" of Charles (.chlsj): a list of exchanges (https://www.charlesproxy.com/documentation/using-charles/session-formats/). */
export const charlesSession: Input = {
  id: 'charles-session',
  name: 'JSON session of Charles',
  matches: (head) =>
    /^\s*\[\s*\{/.test(head) &&
    ['scheme', 'host', 'path', 'request'].every((name) => head.includes(`"${name}"`)) &&
    ['tunnel', 'actualPort', 'protocolVersion', 'firstLine'].some((name) => head.includes(`"${name}"`)),
  async read(window, context, emit) {
    const { now, name, recorded } = context;
    const value = await readJsonOrText(window, context, emit);
    for (const [index, one] of list(value).entries()) {
      const entry = entryOf(record(one));
      if (!entry) {
        emit({ ...emptyCapture(now), texts: [{ name, text: JSON.stringify(one) }] });
        continue;
      }
      const exchange = exchangeOf(entry, `entry ${index + 1}`, null);
      recorded(exchange.endedAt ?? exchange.startedAt);
      emit({ ...emptyCapture(now), exchanges: [exchange] });
    }
  },
};

/** The same exchange as an entry of HAR; null for what is none. */
function entryOf(one: Record<string, unknown>): HarEntry | null {
  const { method, times, durations, webSocketMessages } = one;
  const [request, response] = [record(one.request), record(one.response)];
  const url = urlOf(one);
  if (url === null || typeof method !== 'string') return null;
  return wholeEntry({
    startedDateTime: record(times).start,
    time: number(record(durations).total) ?? undefined,
    request: {
      method,
      url,
      headers: record(request.header).headers,
      postData: { mimeType: request.mimeType, text: bodyOf(request) },
    },
    response: {
      status: response.status,
      headers: record(response.header).headers,
      content: { mimeType: response.mimeType, ...encodedBodyOf(response) },
    },
    webSocketMessages,
  });
}

function urlOf({ scheme, host, port, path, query }: Record<string, unknown>): string | null {
  if (!string(scheme) || !string(host)) return null;
  const search = string(query);
  return `${string(scheme)}://${string(host)}${number(port) === null ? '' : `:${number(port)}`}${string(path) || '/'}${search ? `?${search}` : ''}`;
}

function bodyOf(message: Record<string, unknown>): string {
  const { text, encoded } = record(message.body);
  return string(text) || (string(encoded) && decoded(string(encoded)));
}

function decoded(base64: string): string {
  return wholeEntry({}).body(base64, true);
}

function encodedBodyOf(message: Record<string, unknown>): object {
  const { text, encoded } = record(message.body);
  return string(text) ? { text } : string(encoded) ? { text: encoded, encoding: 'base64' } : {};
}
