import { expect, test, vi } from 'vitest';
import type { Requests } from '../browsers/requests.ts';
import { type Asked, answerQuestions } from './answer-questions.ts';
import { askOver } from './ask-in-frame.ts';
import { givenUp, type Question, readAnswer, readQuestion } from './question.ts';

const url = 'https://backend.example/introspect';
const origin = 'chrome-extension://of-the-test';
const question: Question = { backend: { url, headers: {} }, request: { token: 'of.the.test', room: 'standup' } };
const withHeader: Question = { ...question, backend: { url, headers: { authorization: 'Bearer x' } } };

/** A frame without a browser, the page around it, and what it asked the browser for. */
function openFrame(given: Partial<Requests> = {}) {
  const told: string[] = [];
  const requests: Requests = {
    fetch: async () => Response.json({ active: true }),
    sendOrigin: async (_, isSent) => void told.push(isSent ? 'shown' : 'hidden'),
    onRequestError: () => () => {},
    ...given,
  };
  const parent = {};
  const window: Asked = { onmessage: null, parent, location: { origin } };
  answerQuestions(window, requests);
  const post = (data: unknown, ports: MessagePort[], from: unknown = parent, by = origin) =>
    window.onmessage?.({ data, ports, source: from, origin: by } as unknown as MessageEvent);
  const ask = (asked: Question, signal = new AbortController().signal, milliseconds?: number) =>
    askOver(asked, signal, (sent, port) => post(structuredClone(sent), [port]), milliseconds);
  return { ask, post, told };
}

test('one question is asked with one request, and answered', async () => {
  const fetch = vi.fn<Requests['fetch']>(async () => Response.json({ active: false }));
  const { ask } = openFrame({ fetch });
  expect(await ask(question)).toEqual({ reply: { active: false } });
  expect(fetch).toHaveBeenCalledTimes(1);
  const [[where, how] = []] = fetch.mock.calls;
  expect(where).toBe(url);
  expect(how).toMatchObject({ method: 'POST', redirect: 'manual', credentials: 'omit' });
  expect(new URLSearchParams(String(how?.body)).get('room')).toBe('standup');
});

test.each([
  ['another window', {}, origin],
  ['another origin', undefined, 'https://call.example'],
])('nothing is asked for %s', async (_, source, by) => {
  const fetch = vi.fn<Requests['fetch']>(async () => Response.json({ active: true }));
  const { post } = openFrame({ fetch });
  post(question, [new MessageChannel().port2], source, by);
  post(question, []);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(fetch).not.toHaveBeenCalled();
});

test('nor where the address is not safe, and that is said', async () => {
  const fetch = vi.fn<Requests['fetch']>();
  const { ask } = openFrame({ fetch });
  const { fault } = (await ask({
    ...question,
    backend: { url: 'http://backend.example/', headers: {} },
  })) as { fault: { code: string } };
  expect(fault.code).toBe('url-insecure');
  expect(fetch).not.toHaveBeenCalled();
});

test.each([
  null,
  'x',
  {},
  { backend: { url }, request: {} },
  { backend: { url: 1 }, request: { token: 'x' } },
  { backend: { url, headers: { a: 1 } }, request: { token: 'x' } },
  { backend: { url, headers: {} }, request: { token: 'x', room: {} } },
  { backend: { url, headers: {} }, request: { token: 'x'.repeat(4_000_001) } },
])('what is no question is none: %j', (data) => {
  expect(readQuestion(data)).toBeNull();
});

test('of a question, only what belongs to it is taken', () => {
  const data = { ...question, more: 1, request: { ...question.request, more: 1 }, backend: { url, more: 1 } };
  expect(readQuestion(data)).toEqual(question);
});

test('what is no answer is told as silence', async () => {
  expect([null, 1, {}, { reply: {} }, { fault: { code: 1, message: 'x' } }].map(readAnswer)).toEqual(
    Array.from({ length: 5 }, () => null),
  );
  const answer = await askOver(question, new AbortController().signal, (_, port) => port.postMessage({ reply: 1 }));
  expect(answer).toMatchObject({ fault: { code: 'unreachable' } });
});

test('a frame that does not answer is waited for no longer than said', async () => {
  let last: unknown;
  const answer = await askOver(
    question,
    new AbortController().signal,
    (_, port) => {
      port.onmessage = ({ data }) => {
        last = data;
        port.close();
      };
    },
    5,
  );
  expect(answer).toMatchObject({ fault: { code: 'unreachable' } });
  await vi.waitFor(() => expect(last).toBe(givenUp));
});

test('a question that is given up ends its request', async () => {
  const { ask } = openFrame({
    fetch: (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))),
  });
  const controller = new AbortController();
  const asked = ask(question, controller.signal);
  setTimeout(() => controller.abort(), 5);
  expect(await asked).toMatchObject({ fault: { code: 'cancelled' } });
});

test('a failed request is named as the browser names it', async () => {
  let tell: (name: string) => void = () => undefined;
  let stopped = 0;
  const { ask } = openFrame({
    onRequestError: (_, listener) => {
      tell = listener;
      return () => {
        stopped += 1;
      };
    },
    fetch: async () => {
      setTimeout(() => tell('net::ERR_CONNECTION_REFUSED'), 5);
      throw new TypeError('Failed to fetch');
    },
  });
  expect(await ask(question)).toMatchObject({ fault: { code: 'refused' } });
  expect(stopped).toBe(1);
});

test('a question with credentials hides its origin for as long as it is asked, and one without shows it', async () => {
  const { ask, told } = openFrame();
  await ask(withHeader);
  await vi.waitFor(() => expect(told).toEqual(['hidden', 'shown']));
  await ask(question);
  expect(told).toEqual(['hidden', 'shown', 'shown']);
});

test('of several questions at once, the last one shows it again', async () => {
  const { ask, told } = openFrame();
  await Promise.all([ask(withHeader), ask(withHeader), ask(withHeader)]);
  await vi.waitFor(() => expect(told.at(-1)).toBe('shown'));
  expect(told).toEqual(['hidden', 'hidden', 'hidden', 'shown']);
});
