// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { answerWith, headersOf } from '../../../../test/builders/answers.ts';
import { captureOf, exchangeOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily, now } from '../../../../test/builders/tokens.ts';
import type { Exchange } from '../../../engine/model/capture.ts';

const panel = usePanel();

const token = daily.guest({ u: 'Rita' });
const pageUrl = 'https://call.example/standup';
const bearer = {
  requestHeaders: headersOf({ Authorization: `Bearer ${token}`, Origin: 'https://call.example' }),
  pageUrl,
};
const requests: Partial<Exchange>[] = [
  answerWith(
    token,
    {},
    { url: 'https://call.example/join', method: 'POST', pageUrl, startedAt: now, endedAt: now + 0.25 },
  ),
  { ...bearer, url: 'https://api.daily.co/rooms', startedAt: now + 1 },
  { ...bearer, url: 'https://stats.other.net/collect', startedAt: now + 2 },
];

async function watch(...exchanges: Partial<Exchange>[]): Promise<void> {
  await see(captureOf({ page: { url: pageUrl, title: 'Standup', scriptOrigins: null, loadedAt: now - 1 } }));
  await act(async () => {
    panel.host.emitTraffic(...exchanges.map((one, index) => exchangeOf({ name: `request ${index + 1}`, ...one })));
  });
  await screen.findByText('Rita');
  await click(rowOf('Rita'));
  await openTab(/Places/);
}

const its = async () => within(await within(tabPanel()).findByRole('region', { name: 'Its way' }));

test('the way of a token is a list in order, in which the recipient that was not meant is named', async () => {
  await watch(...requests);
  const items = (await its()).getAllByRole('listitem').map(({ textContent }) => textContent ?? '');
  expect(items).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d\.250issued in the reply of POST https:\/\/call\.example\/join \(200\)/),
    expect.stringContaining('sent to https://api.daily.co, Daily’s own server, in request header Authorization'),
    expect.stringContaining('Not meant for it: sent to https://stats.other.net, a stranger'),
  ]);
  expect(items.filter((text) => text.includes('Not meant'))).toHaveLength(1);
  expect(tabPanel().textContent).toContain(
    'Inferred: between the reply and the first request the page held it in memory',
  );
});

test('a step leads to its place, and its request to the browser’s own list', async () => {
  await watch(...requests);
  await click((await its()).getByRole('button', { name: /^Not meant for it: sent to https:\/\/stats/ }));
  expect(tabPanel().querySelector('.lit h2')?.textContent).toContain('request 3: request header Authorization');
  await click((await its()).getAllByRole('button', { name: 'Show in Network' })[2] as HTMLElement);
  expect(panel.host.lookedUp).toEqual(['stats.other.net/collect']);
});

test('each step has a mark in the picture, which is for the eye alone', async () => {
  await watch(...requests);
  await its();
  const picture = tabPanel().querySelector('.journey-picture');
  expect(picture?.getAttribute('aria-hidden')).toBe('true');
  expect(picture?.querySelectorAll('.mark')).toHaveLength(3);
  expect(picture?.querySelectorAll('.mark.stranger')).toHaveLength(1);
  await click(picture?.querySelector('.mark.stranger') as Element);
  expect(tabPanel().querySelector('.lit h2')?.textContent).toContain('request 3');
});

test('no step shows a token, nor runs what an address or a method holds', async () => {
  await watch(
    answerWith(
      token,
      {},
      {
        url: `https://call.example/<img src=x onerror=alert(1)>/${token}`,
        method: '<b>\u202ePOST',
        pageUrl,
        startedAt: now,
      },
    ),
    { ...bearer, url: `https://api.daily.co/${token}?t=${token}`, startedAt: now + 1 },
  );
  const region = await its();
  expect(region.getAllByRole('listitem').length).toBeGreaterThan(1);
  expect(tabPanel().innerHTML).not.toContain(token);
  expect(tabPanel().querySelector('img, b')).toBeNull();
  expect(tabPanel().textContent).not.toContain('\u202e');
  await click(region.getAllByRole('button', { name: 'Show in Network' }).at(-1) as HTMLElement);
  expect(panel.host.lookedUp).toEqual(['api.daily.co']);
});

test('a token that a reply brought for another is shown at a press', async () => {
  const other = daily.guest({ u: 'Sven' });
  await watch(...requests, {
    ...bearer,
    url: 'https://api.daily.co/join',
    startedAt: now + 3,
    responseBody: { text: other, mimeType: null },
  });
  await click((await its()).getByRole('button', { name: 'Show it' }));
  expect(screen.getByRole('region', { name: /^Details of .*Sven/ })).toBeTruthy();
});

test('what only lies somewhere has no way', async () => {
  await see(captureOf({ stores: [localStorageOf({ auth: token })] }));
  await click(rowOf('Rita'));
  await openTab(/Places/);
  expect(tabPanel().querySelectorAll('.places > li')).toHaveLength(1);
  expect(screen.queryByRole('region', { name: 'Its way' })).toBeNull();
});
