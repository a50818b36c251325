import { expect, test } from 'vitest';
import { createFakeBrowser } from '../../../test/doubles/fake-browser.ts';
import type { HostEvent } from '../../panel/host.ts';
import { createTracing } from './tracing.ts';

function following(load?: () => Promise<never>) {
  const browser = createFakeBrowser('https://call.example/');
  let show: (visible: boolean) => void = () => {};
  browser.onVisibility = (listener) => {
    show = listener;
    return () => {};
  };
  const runs: string[] = [];
  const tracePage = () => {
    runs.push('begun');
    return () => void runs.push('ended');
  };
  const events: HostEvent[] = [];
  const tracing = createTracing(browser, load ?? (async () => ({ tracePage })));
  const stop = tracing.follow({ tell: () => {}, listener: (event) => events.push(event) });
  return { tracing, runs, events, stop, show: (visible: boolean) => show(visible) };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('nothing is loaded or traced until it is switched on', async () => {
  let loads = 0;
  const { stop } = following(async () => {
    loads += 1;
    throw new Error('no');
  });
  await settled();
  stop();
  expect(loads).toBe(0);
});

test('it is traced while it is wanted, the panel is on screen and the page is watched', async () => {
  const { tracing, runs, show, stop } = following();
  tracing.set(true);
  await settled();
  show(false);
  show(true);
  await settled();
  stop();
  tracing.set(false);
  tracing.set(true);
  await settled();
  expect(runs).toEqual(['begun', 'ended', 'begun', 'ended']);
});

test('one that is switched off before its code is there never begins', async () => {
  const { tracing, runs } = following();
  tracing.set(true);
  tracing.set(false);
  await settled();
  expect(runs).toEqual([]);
});

test('where its code cannot be loaded, that is told', async () => {
  const { tracing, events } = following(async () => {
    throw new Error('no');
  });
  tracing.set(true);
  await settled();
  expect(events).toEqual([{ kind: 'trace', state: null }]);
});
