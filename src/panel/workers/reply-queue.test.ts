import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createReplyQueue } from './reply-queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A queue in which the reply `much` is work of its own task. */
function queue(onWork: () => void = () => {}) {
  const done: string[] = [];
  const replies = createReplyQueue((reply: string) => {
    done.push(reply);
    if (reply.startsWith('much'))
      replies.inOwnTask(() => {
        done.push(`${reply}, done`);
        onWork();
      });
  });
  return { replies, done };
}

test('what is little is answered at once', () => {
  const { replies, done } = queue();
  replies.hear('one');
  replies.hear('two');
  expect(done).toEqual(['one', 'two']);
});

test('what follows much waits for it, and for one task more, in its order', () => {
  const { replies, done } = queue();
  for (const reply of ['one', 'much', 'two', 'much more', 'three']) replies.hear(reply);
  expect(done).toEqual(['one', 'much']);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(['one', 'much', 'much, done']);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(['one', 'much', 'much, done', 'two', 'much more']);
  replies.hear('four');
  vi.runAllTimers();
  expect(done.slice(5)).toEqual(['much more, done', 'three', 'four']);
});

test('once it is stopped nothing more is answered or done, wherever that happens', () => {
  const before = queue();
  for (const reply of ['much', 'two']) before.replies.hear(reply);
  before.replies.stop();
  vi.runAllTimers();
  expect(before.done).toEqual(['much']);

  const within = queue(() => within.replies.stop());
  for (const reply of ['much', 'two']) within.replies.hear(reply);
  vi.runAllTimers();
  within.replies.hear('three');
  expect(within.done).toEqual(['much', 'much, done']);
});

test('work that fails keeps nothing back', () => {
  const { replies, done } = queue(() => {
    throw new Error('not shown');
  });
  for (const reply of ['much', 'two']) replies.hear(reply);
  expect(() => vi.advanceTimersToNextTimer()).toThrow('not shown');
  vi.runAllTimers();
  expect(done).toEqual(['much', 'much, done', 'two']);
});
