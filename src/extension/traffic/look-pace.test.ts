import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLookPace, type Looked } from './look-pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** The rests, in milliseconds, after looks that take as long as said and see as much as said. */
async function restsAfter(takes: number[], looked: Looked | null): Promise<number[]> {
  const rests: number[] = [];
  const left = [...takes];
  const pace = createLookPace(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, left.shift() ?? 0));
      if (left.length === 0) pace.stop();
      return looked;
    },
    (rest) => rests.push(rest),
    () => Date.now(),
  );
  pace.start();
  await vi.runAllTimersAsync();
  return rests;
}

const seen = (requests: number, messages = 0): Looked => ({ isNews: true, requests, messages });

describe('a look is followed by rest', () => {
  test('of nineteen times what it took to read requests', async () => {
    expect(await restsAfter([65], seen(500))).toEqual([65 * 19]);
  });

  test('of nine times what it took to read messages', async () => {
    expect(await restsAfter([100], seen(0, 40_000))).toEqual([900]);
  });

  test('of a decent length however little it took', async () => {
    expect(await restsAfter([0, 1], seen(3))).toEqual([300, 300]);
  });

  test('by the quickest of three, for a busy machine makes one slow', async () => {
    expect(await restsAfter([60, 90, 80], seen(500))).toEqual([60 * 19, 60 * 19, 60 * 19]);
  });
});

describe('a look that waits for a burst of requests', () => {
  test('counts as what its entries explain, so that a token in a socket is there within three seconds', async () => {
    const rests = await restsAfter([400, 380, 410, 395], seen(450));
    for (const rest of rests) expect(rest).toBeCloseTo(450 * 0.13 * 1.5 * 19, 5);
    expect(Math.max(...rests)).toBeLessThan(2000);
  });

  test('counts in full when the next ones are as slow: then it is the log that is', async () => {
    const rests = await restsAfter(Array(9).fill(400), seen(450));
    expect(rests.slice(0, 7).every((rest) => rest < 2000)).toBe(true);
    expect(rests.slice(7)).toEqual([400 * 19, 400 * 19]);
  });

  test('begins anew after one that was quick', async () => {
    const rests = await restsAfter([...Array(7).fill(400), 50, ...Array(3).fill(400)], seen(450));
    expect(Math.max(...rests)).toBeLessThan(2000);
  });

  test('counts in full when it brings no answer', async () => {
    expect(await restsAfter([400], null)).toEqual([400 * 19]);
  });
});
