// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../../../test/builders/captures.ts';
import { rowOf, see, usePanel } from '../../../../../test/builders/panel.ts';
import { daily, hours, jwt, minutes, now, without } from '../../../../../test/builders/tokens.ts';

usePanel();

const page = (documentId: string, loadedAt: number) => ({
  url: `https://call.example/${documentId}`,
  title: '',
  scriptOrigins: null,
  loadedAt,
  documentId,
});
const tokens = {
  soon: daily.guest({ u: 'Grace', exp: now + minutes(5) }),
  late: daily.guest({ u: 'Ada', exp: now + hours(5) }),
  early: daily.guest({ u: 'Linus', nbf: now + hours(1), exp: now + hours(2) }),
  endless: daily.guest({ u: 'Barbara', exp: without }),
  unknown: jwt({ sub: 'x', exp: (now + 60) * 1000 }),
};
const stores = [localStorageOf(tokens)];

const strip = (name: string) => rowOf(name).querySelector('.strip') as HTMLElement;
const bars = (name: string) => [...strip(name).querySelectorAll<HTMLElement>('span')];
/** Percent of the axis. */
const endsOf = (bar: HTMLElement | undefined) => {
  const [start, length] = [bar?.style.insetInlineStart, bar?.style.inlineSize].map((text) =>
    Number.parseFloat(text ?? ''),
  );
  return [start ?? Number.NaN, (start ?? 0) + (length ?? 0)] as const;
};

test('times of all tokens are drawn on one axis, and told in words', async () => {
  await see(captureOf({ page: page('a', now - 60), stores }));
  const [soon, late, endless] = ['Grace', 'Ada', 'Barbara'].map((name) => endsOf(bars(name)[0]));
  expect(soon?.[0]).toBe(late?.[0]);
  expect(soon?.[1]).toBeLessThan(late?.[1] ?? 0);
  expect(endless?.[1]).toBeCloseTo(100, 1);
  expect(bars('Barbara')[0]?.className).toContain('endless');
  expect(strip('Ada').getAttribute('aria-label')).toBe(
    'Issued 2026-11-20 11:59:00 UTC; expires 2026-11-20 17:00:00 UTC',
  );
  expect(strip('Linus').getAttribute('aria-label')).toContain('not before 2026-11-20 13:00:00 UTC');
});

test('the time between issue and not-before is no time of validity', async () => {
  await see(captureOf({ page: page('a', now - 60), stores }));
  const [waits, lives] = bars('Linus');
  expect([waits?.className.trim(), lives?.className.trim()]).toEqual(['waits', 'lives']);
  expect(endsOf(waits)[1]).toBeCloseTo(endsOf(lives)[0], 1);
});

test('of times that cannot be read nothing is drawn', async () => {
  await see(captureOf({ page: page('a', now - 60), stores }));
  expect(bars('JWT')).toEqual([]);
  expect(strip('JWT').getAttribute('aria-label')).toBe('Its times are not known');
});

test('now, and where the page was navigated, are lines through all rows', async () => {
  await see(captureOf({ page: page('a', now - hours(1)), stores, readAt: now - hours(1) }));
  await see(captureOf({ page: page('b', now - minutes(10)), stores, readAt: now - minutes(10) }));
  const place = (name: string) =>
    Number.parseFloat(document.querySelector<HTMLElement>(`.axis .${name}`)?.style.insetInlineStart ?? '');
  expect(document.querySelectorAll('.axis .navigated')).toHaveLength(1);
  expect(place('navigated')).toBeLessThan(place('now'));
  expect(place('now')).toBeLessThan(endsOf(bars('Grace')[0])[1]);
});

test('what a token renewed is drawn before it', async () => {
  await see(
    captureOf({ page: page('a', now - 60), readAt: now - 50, stores: [localStorageOf({ auth: tokens.soon })] }),
  );
  const renewed = daily.guest({ u: 'Grace', iat: now - 20, exp: now + hours(1) });
  await see(captureOf({ page: page('a', now - 60), readAt: now, stores: [localStorageOf({ auth: renewed })] }));
  const [earlier, latest] = bars('Grace');
  expect(earlier?.className).toContain('earlier');
  expect(endsOf(earlier)[0]).toBeLessThan(endsOf(latest)[0]);
});
