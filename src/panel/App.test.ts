// @vitest-environment happy-dom
import { screen } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { callPage, captureOf, cookieOf, localStorageOf } from '../../test/builders/captures.ts';
import { click, openTab, press, rowOf, rows, see, tabPanel, type, usePanel } from '../../test/builders/panel.ts';
import { daily, hours, jwt, now } from '../../test/builders/tokens.ts';

const panel = usePanel();

test('a slash goes to the filter, except while typing', async () => {
  await see(callPage());
  await press(screen.getByRole('grid'), '/');
  const filter = screen.getByLabelText('Filter tokens');
  expect(document.activeElement).toBe(filter);
  await type(filter, 'role:host platform:daily');
  expect(rows()).toHaveLength(1);
  await press(filter, 'Escape');
  expect(rows()).toHaveLength(9);
});

test('no view shows a token whole, wherever it lies', async () => {
  const inner = daily.host({ u: 'Inner' });
  const outer = jwt({ sub: 'outer', embedded: inner, wrapped: JSON.stringify({ a: inner }), exp: now + hours(1) });
  const picture = captureOf({
    page: { url: `https://call.example/?t=${outer}#jwt=${inner}`, title: '', scriptOrigins: null, loadedAt: now },
    stores: [localStorageOf({ [`key ${inner}`]: outer })],
    cookies: [cookieOf('c', encodeURIComponent(JSON.stringify({ outer })))],
    problems: [{ code: 'made-up', message: `Something about ${inner}.`, subject: `https://x.example/?t=${outer}` }],
  });
  await see(picture);
  await click(screen.getByRole('button', { name: '1 problem' }));
  const expectMasked = () => {
    for (const token of [inner, outer]) expect(panel.root.innerHTML).not.toContain(token.split('.')[2]);
  };
  for (const name of ['Findings', 'Origins', 'Privileges', 'Tokens']) {
    await click(screen.getByRole('button', { name }));
    expectMasked();
  }
  for (let index = 0; index < rows().length; index++) {
    await click(rows()[index] as Element);
    for (const tab of [/Overview/, /Claims/, /Privileges/, /Findings/, /Places/, /Raw/]) {
      await openTab(tab);
      expectMasked();
    }
  }
});

test('markup and hidden characters in claims are shown as text', async () => {
  const name = '<img src=x onerror=alert(1)>\u202Egnirts\u0000';
  await see(captureOf({ stores: [localStorageOf({ t: daily.guest({ u: name, r: '<b>room</b>' }) })] }));
  await click(rowOf('<img src=x'));
  expect(panel.root.querySelector('img')).toBeNull();
  await openTab(/Claims/);
  expect(panel.root.querySelector('img')).toBeNull();
  expect(tabPanel().textContent).toContain('\\u202egnirts\\u0000');
  expect(panel.root.textContent).not.toContain('\u202E');
});

test('on another page, what was on the last one is out of sight and what is there is listed', async () => {
  await see(callPage());
  await see(
    captureOf({
      readAt: now + 30,
      page: { url: 'https://other.example/', title: '', scriptOrigins: null, loadedAt: now + 30 },
      stores: [localStorageOf({ t: daily.guest({ u: 'Newcomer' }) }, 'https://other.example')],
    }),
  );
  expect(rowOf('Newcomer').textContent).toContain('left');
  expect(rowOf('Ada').textContent).toContain('Out of sight since 12:00:30');
  await click(screen.getByRole('button', { name: 'Clear' }));
  expect(rows()).toHaveLength(1);
});

test('unmounting leaves nothing behind', async () => {
  await see(callPage());
  panel.close();
  expect(panel.root.innerHTML).toBe('');
  expect(panel.host.asked.unwatch).toBe(1);
});
