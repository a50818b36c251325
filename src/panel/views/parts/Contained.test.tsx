// @vitest-environment happy-dom
import { act, cleanup, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { capture, localStorageOf } from '../../../../test/call-page.ts';
import { createFakeHost, type FakeHost } from '../../../../test/fake-host.ts';
import { inlineWorker } from '../../../../test/inline-worker.ts';
import { daily, now } from '../../../../test/tokens.ts';
import { preloadViews } from '../../App.tsx';
import * as judging from '../../chunks/judging.ts';
import { mount } from '../../mount.tsx';
import { createSearcher } from '../../workers/find-client.ts';

const broken = vi.hoisted(() => ({ row: false, overview: false, statusLine: false }));

vi.mock('./RoleBadge.tsx', async (original) => {
  const { RoleBadge, ...rest } = await original<typeof import('./RoleBadge.tsx')>();
  return {
    ...rest,
    RoleBadge: (props: Parameters<typeof RoleBadge>[0]) => {
      if (broken.row && props.facts.role === 'host') throw new TypeError(`eyJ ${JSON.stringify(props.facts)}`);
      return <RoleBadge {...props} />;
    },
  };
});
vi.mock('../token/Overview.tsx', async (original) => {
  const { Overview, ...rest } = await original<typeof import('../token/Overview.tsx')>();
  return {
    ...rest,
    Overview: (props: Parameters<typeof Overview>[0]) => {
      if (broken.overview) throw new RangeError('eyJ');
      return <Overview {...props} />;
    },
  };
});
vi.mock('../frame/StatusLine.tsx', async (original) => {
  const { StatusLine, ...rest } = await original<typeof import('../frame/StatusLine.tsx')>();
  return {
    ...rest,
    StatusLine: () => {
      if (broken.statusLine) throw new Error('eyJ');
      return <StatusLine />;
    },
  };
});

let host: FakeHost;
let root: HTMLElement;
let unmount: () => void;

beforeAll(preloadViews);
beforeEach(() => {
  host = createFakeHost();
  root = document.body.appendChild(document.createElement('div'));
  unmount = mount(root, host, {
    clock: { now: () => now, onSecond: () => () => {} },
    searcher: createSearcher(inlineWorker),
    loadJudging: async () => judging,
  });
});
afterEach(() => {
  unmount();
  root.remove();
  cleanup();
  Object.assign(broken, { row: false, overview: false, statusLine: false });
});

async function see() {
  await act(async () => {
    host.emitState({ kind: 'watching', sites: [] });
    host.emitCapture(capture({ stores: [localStorageOf({ host: daily.host(), guest: daily.guest() })] }));
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
}

test('a row that fails says so, and the other rows stand', async () => {
  broken.row = true;
  await see();
  const [, ...rows] = screen.getAllByRole('row');
  expect(rows).toHaveLength(2);
  const texts = rows.map((row) => row.textContent ?? '');
  expect(texts.filter((text) => text.includes('the view "row" (TypeError)'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('Grace'))).toHaveLength(1);
  expect(root.textContent).not.toContain('eyJ');
});

test('details that fail say so; the list stands, and so do the other tabs', async () => {
  broken.overview = true;
  await see();
  await act(async () => screen.getAllByRole('row')[1]?.click());
  const detail = screen.getByRole('region', { name: /Details of/ });
  expect(within(detail).getByRole('alert').textContent).toContain('the view "Overview" (RangeError)');
  expect(screen.getAllByRole('row')).toHaveLength(3);
  await act(async () => within(detail).getByRole('tab', { name: 'Raw' }).click());
  expect(within(detail).queryByRole('alert')).toBeNull();
  expect(detail.textContent).toContain('eyJ');
});

test('a status line that fails takes no token along', async () => {
  broken.statusLine = true;
  await see();
  expect(screen.getAllByRole('row')).toHaveLength(3);
  expect(screen.getByRole('alert').textContent).toContain('the view "status line" (Error)');
});
