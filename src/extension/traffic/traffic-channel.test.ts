import { expect, test } from 'vitest';
import type { Exchange } from '../../engine/model/capture.ts';
import { nothingUnread, type Traffic } from '../../engine/model/traffic.ts';
import { type Channel, createTrafficSender, receiveTraffic, type Said } from './traffic-channel.ts';

/** Two ends that hear each other. */
function channels(): [Channel, Channel] {
  const ends: [Channel, Channel] = [
    { onmessage: null, postMessage: (message) => hear(ends[1], message) },
    { onmessage: null, postMessage: (message) => hear(ends[0], message) },
  ];
  const hear = (end: Channel, message: Said) =>
    end.onmessage?.({ data: structuredClone(message) } as MessageEvent<Said>);
  return ends;
}

const exchange = (name: string, text = ''): Exchange => ({
  name,
  method: 'GET',
  url: 'https://call.example/',
  startedAt: null,
  pageUrl: null,
  initiator: null,
  requestHeaders: [],
  requestBody: null,
  status: 200,
  responseHeaders: [],
  responseBody: text === '' ? null : { text, mimeType: null },
  messages: [],
});
const traffic = (...exchanges: Exchange[]): Traffic => ({ exchanges, unread: nothingUnread });
const names = (heard: Traffic[]) => heard.flatMap(({ exchanges }) => exchanges.map(({ name }) => name));

test('what was heard before the panel listened is told first, then each thing as it comes', () => {
  const [devtools, panel] = channels();
  const listening: boolean[] = [];
  const send = createTrafficSender(devtools, (isListening) => listening.push(isListening));
  send(traffic(exchange('one'), exchange('two')));
  const heard: Traffic[] = [];
  const stop = receiveTraffic(panel, (one) => heard.push(one));
  send(traffic(exchange('three')));
  expect(names(heard)).toEqual(['one', 'two', 'three']);
  stop();
  send(traffic(exchange('four')));
  expect(names(heard)).toHaveLength(3);
  expect(listening).toEqual([true, false]);
});

test('since when the panel listens is told with it', () => {
  const [devtools, panel] = channels();
  const since: number[] = [];
  createTrafficSender(devtools, (_, at) => since.push(at));
  receiveTraffic(
    panel,
    () => {},
    () => 42,
  )();
  expect(since).toEqual([42, 42]);
});

test('for a panel that is never opened no more than a bound is kept, the latest, and the rest is counted', () => {
  const [devtools, panel] = channels();
  const send = createTrafficSender(devtools, () => {});
  for (let index = 0; index < 30; index += 1) send(traffic(exchange(String(index), 'x'.repeat(1 << 20))));
  const heard: Traffic[] = [];
  receiveTraffic(panel, (one) => heard.push(one));
  const kept = names(heard);
  expect(kept.at(-1)).toBe('29');
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.length).toBeLessThan(20);
  expect(heard[0]?.unread.skipped).toBe(30 - kept.length);
});

test('messages of other kinds are passed over', () => {
  const [devtools, panel] = channels();
  const send = createTrafficSender(devtools, () => {
    throw new Error('nobody said so');
  });
  panel.postMessage({ kind: 'traffic', traffic: traffic() });
  send(traffic(exchange('one')));
  const heard: Traffic[] = [];
  devtools.onmessage = null;
  receiveTraffic(panel, (one) => heard.push(one));
  devtools.postMessage({ kind: 'listening', isListening: true, since: 0 });
  expect(heard).toEqual([]);
});
