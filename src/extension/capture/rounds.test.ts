import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultPace, Rounds } from './rounds.ts';

let looks: number[];
let cost: number;
let taken: number;
let rounds: Rounds;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  looks = [];
  cost = 0;
  taken = 0;
  const look = async () => {
    // Timers of no milliseconds may count as one.
    looks.push(Math.floor(Date.now() / 10) * 10);
    if (taken > 0) await new Promise((resolve) => setTimeout(resolve, taken));
    return cost;
  };
  rounds = new Rounds(look, { pace: defaultPace, clock: Date.now });
});

afterEach(() => {
  rounds.stop();
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test('a quick page is looked at twice a second', async () => {
  rounds.soon(0);
  await pass(2000);
  expect(looks).toEqual([0, 500, 1000, 1500, 2000]);
});

test('a page that is slow every time gets sixteen times as much rest, ten seconds at most', async () => {
  cost = 125;
  rounds.soon(0);
  await pass(4000);
  expect(looks).toEqual([0, 2000, 4000]);
  cost = 9000;
  await pass(60_000);
  expect((looks.at(-1) as number) - (looks.at(-2) as number)).toBe(10_000);
});

test('one slow look among quick ones changes nothing', async () => {
  rounds.soon(0);
  await pass(600);
  cost = 5000;
  await pass(500);
  cost = 0;
  await pass(900);
  expect(looks).toEqual([0, 500, 1000, 1500, 2000]);
});

test('a document that has just come is looked at again soon, whatever looks at it and at the one before cost', async () => {
  cost = 9000;
  rounds.soon(0);
  await pass(21_000);
  expect(looks).toEqual([0, 10_000, 20_000]);
  rounds.begin();
  await pass(16_500);
  expect(looks.slice(3)).toEqual([21_000, 23_000, 25_000, 27_000, 37_000]);
});

test('what is asked for during a look follows it: at once after a navigation, after half as long otherwise', async () => {
  taken = 400;
  rounds.soon(0);
  await pass(100);
  rounds.soon(0);
  await pass(310);
  expect(looks).toEqual([0, 400]);
  rounds.soon(50);
  await pass(595);
  expect(looks).toEqual([0, 400, 1000]);
});

test('nothing is looked at while paused or after the end', async () => {
  rounds.soon(0);
  await pass(10);
  rounds.pause();
  rounds.soon(0);
  await pass(5000);
  expect(looks).toEqual([0]);
  rounds.resume();
  await pass(10);
  expect(looks).toHaveLength(2);
  rounds.stop();
  rounds.resume();
  await pass(5000);
  expect(looks).toHaveLength(2);
});

test('what happens to a page brings the next look forward, but not where it happens all the time', async () => {
  cost = 100;
  rounds.soon(0);
  await pass(10_000);
  const before = looks.length;
  rounds.hurry(50);
  await pass(100);
  expect(looks.length).toBe(before + 1);
  looks = [];
  for (let at = 0; at < 60_000; at += 20) {
    rounds.hurry(50);
    await pass(20);
  }
  // Each costs a tenth of a second, and is followed by sixteen times as much rest.
  expect(looks.length).toBeGreaterThan(30);
  expect(looks.length).toBeLessThan(2 * (60_000 / 1600) + 15);
});

test('documents that come all the time are not looked at all the time', async () => {
  cost = 100;
  for (let at = 0; at < 60_000; at += 20) {
    rounds.begin();
    await pass(20);
  }
  expect(looks.length).toBeGreaterThan(20);
  expect(looks.length).toBeLessThan(150);
});
