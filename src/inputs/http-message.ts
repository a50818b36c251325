import { seconds } from '../engine/text/narrow.ts';
import { readText, tooLarge } from './bytes/read-json.ts';
import { emptyCapture, type Input } from './input.ts';
import { exchangeOfMessages, headerValue, messageOf, requestLine, statusLine } from './message-text.ts';
import { readAsText } from './text.ts';

/** One HTTP/1.1 request or response as it goes over the wire, or as `curl -i` and proxies print it (RFC 9112). */
export const httpMessage: Input = {
  id: 'http-message',
  name: 'raw HTTP message',
  matches: (head) => requestLine.test(head) || statusLine.test(head),
  async read(window, context, emit) {
    const { now, name, recorded } = context;
    const text = await readText(window);
    if (text === null) return readAsText(window, context, emit, tooLarge());
    const message = messageOf(text);
    const exchange = requestLine.test(message.first)
      ? exchangeOfMessages({ name: 'request', request: message, response: null })
      : exchangeOfMessages({ name: 'response', request: null, response: message });
    // When the answer was made (RFC 9110 §6.6.1).
    recorded(seconds(headerValue(message.headers, 'date')));
    emit({
      ...emptyCapture(now),
      exchanges: [exchange],
      texts: message.rest ? [{ name, text: message.rest }] : [],
    });
  },
};
