import { expect, test } from 'vitest';
import { type Message, receive, send, type Transport } from './messages.ts';

/** Two ends of a port in one. */
function createPort(): Transport & { sent: unknown[] } {
  const listeners: ((message: unknown) => void)[] = [];
  const sent: unknown[] = [];
  return {
    sent,
    postMessage: (message) => {
      sent.push(message);
      for (const listener of listeners) listener(message);
    },
    onMessage: { addListener: (listener) => listeners.push(listener) },
  };
}

test('messages arrive as they were sent, and anything else is ignored', () => {
  const port = createPort();
  const received: Message[] = [];
  receive(port, (message) => received.push(message));
  send(port, { name: 'visible', value: false });
  send(port, { name: 'search', value: 'standup' });
  send(port, { name: 'search', value: null });
  send(port, { name: 'opened', value: 1_795_176_000.5 });
  for (const junk of [
    null,
    3,
    'visible',
    {},
    { name: 'visible' },
    { name: 'visible', value: 'yes' },
    { name: 'opened', value: '1795176000' },
    { name: 'other', value: 1 },
  ])
    port.postMessage(junk);
  expect(received).toEqual([
    { name: 'visible', value: false },
    { name: 'search', value: 'standup' },
    { name: 'search', value: null },
    { name: 'opened', value: 1_795_176_000.5 },
  ]);
});
