// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { see, usePanel } from '../../../../test/builders/panel.ts';
import { daily } from '../../../../test/builders/tokens.ts';

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

const panel = usePanel();

afterEach(() => {
  Object.assign(broken, { row: false, overview: false, statusLine: false });
});

const picture = captureOf({ stores: [localStorageOf({ host: daily.host(), guest: daily.guest() })] });

test('a row that fails says so, and the other rows stand', async () => {
  broken.row = true;
  await see(picture);
  const [, ...rows] = screen.getAllByRole('row');
  expect(rows).toHaveLength(2);
  const texts = rows.map((row) => row.textContent ?? '');
  expect(texts.filter((text) => text.includes('the view "row" (TypeError)'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('Grace'))).toHaveLength(1);
  expect(panel.root.textContent).not.toContain('eyJ');
});

test('details that fail say so; the list stands, and so do the other tabs', async () => {
  broken.overview = true;
  await see(picture);
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
  await see(picture);
  expect(screen.getAllByRole('row')).toHaveLength(3);
  expect(screen.getByRole('alert').textContent).toContain('the view "status line" (Error)');
});
