// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { callPage, capture, cookieOf, crowdedPage, localStorageOf } from '../../test/call-page.ts';
import { createFakeHost, type FakeHost } from '../../test/fake-host.ts';
import { inlineWorker } from '../../test/inline-worker.ts';
import { fillMsalCache } from '../../test/msal-cache.ts';
import { daily, hours, jwt, now } from '../../test/tokens.ts';
import type { Capture } from '../engine/model.ts';
import { preloadViews } from './App.tsx';
import * as judging from './chunks/judging.ts';
import type { PageState } from './host.ts';
import { mount } from './mount.tsx';
import { createSearcher } from './workers/find-client.ts';

let host: FakeHost;
let unmount: () => void;
let root: HTMLElement;

// Loaded ahead, so that a test need not wait for files.
beforeAll(preloadViews);

beforeEach(() => {
  host = createFakeHost();
  host.stored = { policy: 'standard', pageMarks: {}, timeZone: 'utc' };
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
});

async function emitState(state: PageState): Promise<void> {
  await act(async () => host.emitState(state));
}

async function see(picture: Capture, sites: Extract<PageState, { kind: 'watching' }>['sites'] = []): Promise<void> {
  await emitState({ kind: 'watching', sites });
  await act(async () => {
    host.emitCapture(picture);
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
}

const rows = () => screen.getAllByRole('row').slice(1);
const rowOf = (text: string | RegExp) => {
  const row = rows().find((one) =>
    typeof text === 'string' ? one.textContent?.includes(text) : text.test(one.textContent ?? ''),
  );
  if (!row) throw new Error(`no row with ${text}`);
  return row;
};
async function press(element: Element, key: string, modifiers: KeyboardEventInit = {}): Promise<void> {
  await act(async () => {
    fireEvent.keyDown(element, { key, ...modifiers });
  });
}
async function click(element: Element, modifiers: MouseEventInit = {}): Promise<void> {
  await act(async () => {
    fireEvent.click(element, modifiers);
  });
}
const openTab = (name: RegExp) => click(screen.getByRole('tab', { name }));
const panel = () => screen.getByRole('tabpanel');

test('says that it is reading until something was read', () => {
  expect(screen.getByRole('heading', { name: 'Reading the page …' })).toBeTruthy();
});

test('says what is watched when there are no tokens', async () => {
  await see(capture());
  expect(screen.getByRole('heading', { name: 'No tokens here yet' })).toBeTruthy();
  expect(root.textContent).toContain('cookies, localStorage and sessionStorage');
});

test.each([
  ['browser-page', 'This is a page of the browser itself'],
  ['file', 'This page is a file on this computer'],
  ['error-page', 'The page could not be loaded'],
  ['sandboxed', 'This page is sandboxed'],
  ['other', 'This page cannot be read'],
] as const)('says what to do on an unsupported page: %s', async (reason, title) => {
  await emitState({ kind: 'unsupported', url: 'chrome://settings/', reason });
  expect(screen.getByRole('heading', { name: title })).toBeTruthy();
});

test('offers to try again when reading failed', async () => {
  await emitState({ kind: 'failed', message: 'The page did not answer.' });
  await click(screen.getByRole('button', { name: 'Try again' }));
  expect(root.textContent).toContain('The page did not answer.');
  expect(host.asked.rescan).toBe(1);
});

test('says what cannot be seen without access, and asks for one site at a press', async () => {
  await see(callPage(), [
    { site: 'https://video.example', granted: false, isPage: false },
    { site: 'https://call.example', granted: false, isPage: true },
    { site: 'https://meet.example', granted: true, isPage: false },
  ]);
  expect(rows()).toHaveLength(9);
  const banner = screen.getByRole('region', { name: 'Hidden cookies' });
  expect(within(banner).queryByText(/meet\.example/)).toBeNull();
  await click(within(banner).getByRole('button', { name: 'Allow on https://call.example' }));
  expect(host.asked.access).toEqual([['https://call.example']]);
});

test('lists what each token is', async () => {
  await see(callPage());
  const row = rowOf('Ada');
  expect(row.textContent).toContain('Daily');
  expect(row.textContent).toContain('standup');
  expect(row.textContent).toContain('Host');
  expect(row.textContent).toMatch(/\d+ min.* left|1 h left/);
  expect(rowOf('Linus').textContent).toContain('Never expires');
  expect(rowOf('Barbara').textContent).toContain('Expired 3 h ago');
});

test('a token that is gone says since when', async () => {
  await see(callPage());
  await see({ ...callPage(), readAt: now + 61, frames: [], cookies: [] });
  expect(rowOf('Ada').textContent).toContain('Gone since 12:01:01');
});

test('explains a chosen token in plain words', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  expect(panel().textContent).toContain('Ada may join standup on Daily as a host');
  expect(panel().textContent).toContain('Why can’t I join?');
});

test('moves through the list by keyboard, opens details and comes back', async () => {
  await see(callPage());
  const grid = screen.getByRole('grid');
  await press(grid, 'ArrowDown');
  await press(grid, 'ArrowDown');
  expect(rows()[1]?.getAttribute('aria-selected')).toBe('true');
  expect(grid.getAttribute('aria-activedescendant')).toBe(rows()[1]?.id);
  await press(grid, 'End');
  expect(rows().at(-1)?.getAttribute('aria-selected')).toBe('true');
  await press(grid, 'Enter');
  expect(document.activeElement?.getAttribute('role')).toBe('tab');
  await press(document.activeElement ?? grid, 'Escape');
  expect(document.activeElement).toBe(grid);
  await press(grid, 'Escape');
  expect(screen.queryByRole('tabpanel')).toBeNull();
});

test('tabs are moved between by arrow keys and have one stop', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await press(screen.getByRole('tab', { name: 'Overview' }), 'ArrowRight');
  expect(screen.getByRole('tab', { name: 'Claims' }).getAttribute('aria-selected')).toBe('true');
  expect(screen.getAllByRole('tab').filter((one) => one.tabIndex === 0)).toHaveLength(1);
  await press(screen.getByRole('tab', { name: 'Claims' }), 'End');
  expect(screen.getByRole('tab', { name: 'Raw' }).getAttribute('aria-selected')).toBe('true');
});

test('a slash goes to the filter, except while typing', async () => {
  await see(callPage());
  await press(screen.getByRole('grid'), '/');
  const filter = screen.getByRole('searchbox');
  expect(document.activeElement).toBe(filter);
  await act(async () => {
    fireEvent.input(filter, { target: { value: 'role:host platform:daily' } });
  });
  expect(rows()).toHaveLength(1);
  await press(filter, 'Escape');
  expect(rows()).toHaveLength(9);
});

test('says when the filter hides everything, and takes it away', async () => {
  await see(callPage());
  await act(async () => {
    fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'no such thing' } });
  });
  await click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(rows()).toHaveLength(9);
});

test('sorts by a column', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: /Identity/ }));
  expect(screen.getByRole('columnheader', { name: /Identity/ }).getAttribute('aria-sort')).toBe('ascending');
  expect(rows()[0]?.textContent).toContain('Ada');
});

test('claims carry their meaning, and lead to findings and back', async () => {
  await see(callPage());
  await click(rowOf('Linus'));
  await openTab(/Claims/);
  expect(panel().textContent).toContain('room_name');
  const mark = within(panel()).getByRole('button', { name: /never expires/i });
  await click(mark);
  expect(screen.getByRole('tab', { name: /Findings/ }).getAttribute('aria-selected')).toBe('true');
  expect(panel().querySelector('.lit')?.getAttribute('data-at')).toContain('exp-missing');
  await click(within(panel()).getAllByRole('button', { name: 'Show exp' })[0] as Element);
  expect(screen.getByRole('tab', { name: /Claims/ }).getAttribute('aria-selected')).toBe('true');
  expect(panel().querySelector('.lit')?.getAttribute('data-at')).toBe('claims.exp');
});

test('every privilege has an answer and a reason', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await openTab(/Privileges/);
  const lines = within(panel()).getAllByRole('row').slice(1);
  expect(lines).toHaveLength(17);
  const mute = lines.find((line) => line.textContent?.includes('mute others'));
  expect(mute?.textContent).toContain('yes');
  expect(mute?.textContent).toContain('o is true');
});

test('places tell who can read them and what a cookie is like', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await openTab(/Places/);
  expect(panel().textContent).toContain('cookie "meeting"');
  expect(panel().textContent).toContain('any script that runs on https://call.example');
  expect(panel().textContent).toMatch(/SameSite\s*none/);
});

test('a token is masked until it is revealed, one at a time', async () => {
  const one = daily.guest({ u: 'One' });
  const other = daily.guest({ u: 'Two' });
  await see(capture({ stores: [localStorageOf({ one, other })] }));
  await click(rowOf('One'));
  await openTab(/Raw/);
  expect(root.innerHTML).not.toContain(one.split('.')[2]);
  await click(screen.getByRole('button', { name: 'Reveal token' }));
  expect(panel().querySelector('.token')?.textContent).toBe(one);
  await click(rowOf('Two'));
  expect(root.innerHTML).not.toContain(other.split('.')[2]);
});

test('copies the token, its parts and a masked line', async () => {
  const token = daily.guest();
  await see(capture({ stores: [localStorageOf({ token })] }));
  await click(rowOf('Grace'));
  await openTab(/Raw/);
  for (const name of ['Copy token', 'Copy masked line', 'Copy claims']) {
    await click(screen.getByRole('button', { name }));
  }
  expect(host.copied[0]).toBe(token);
  expect(host.copied[1]).not.toContain(token.split('.')[2]);
  expect(JSON.parse(host.copied[2] ?? '').r).toBe('standup');
  expect(screen.getByRole('status').textContent).toBe('Claims copied.');
});

test('no view shows a token whole, wherever it lies', async () => {
  const inner = daily.host({ u: 'Inner' });
  const outer = jwt({ sub: 'outer', embedded: inner, wrapped: JSON.stringify({ a: inner }), exp: now + hours(1) });
  const picture = capture({
    page: { url: `https://call.example/?t=${outer}#jwt=${inner}`, title: '', scriptOrigins: null, loadedAt: now },
    stores: [localStorageOf({ [`key ${inner}`]: outer })],
    cookies: [cookieOf('c', encodeURIComponent(JSON.stringify({ outer })))],
    problems: [{ code: 'made-up', message: `Something about ${inner}.`, subject: `https://x.example/?t=${outer}` }],
  });
  await see(picture);
  await click(screen.getByRole('button', { name: '1 problem' }));
  const expectMasked = () => {
    for (const token of [inner, outer]) expect(root.innerHTML).not.toContain(token.split('.')[2]);
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
  await see(capture({ stores: [localStorageOf({ t: daily.guest({ u: name, r: '<b>room</b>' }) })] }));
  await click(rowOf('<img src=x'));
  expect(root.querySelector('img')).toBeNull();
  await openTab(/Claims/);
  expect(root.querySelector('img')).toBeNull();
  expect(panel().textContent).toContain('\\u202egnirts\\u0000');
  expect(root.textContent).not.toContain('\u202E');
});

test('claims of any size and depth stay bounded', async () => {
  const deep = `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`;
  const claims = { long: 'x'.repeat(300_000), many: Array.from({ length: 5000 }, (_, index) => index) };
  await see(
    capture({
      stores: [localStorageOf({ big: jwt({ sub: 'big', ...claims }), deep: daily.guest({ deep }) })],
    }),
  );
  for (const row of rows()) {
    await click(row);
    await openTab(/Claims/);
    expect(panel().textContent?.length).toBeLessThan(50_000);
    expect(panel().querySelectorAll('li').length).toBeLessThan(500);
  }
});

test('thousands of tokens draw a screenful', async () => {
  await see(crowdedPage(150));
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('151');
  expect(rows().length).toBeLessThan(100);
});

test('two tokens are compared claim by claim', async () => {
  await see(callPage());
  await click(rowOf('Ada'));
  await click(rowOf('Linus'), { ctrlKey: true });
  expect(screen.getByRole('region', { name: 'Comparison of 2 tokens' })).toBeTruthy();
  const line = within(panel()).getByRole('row', { name: /^o\b/ });
  expect(line.textContent).toContain('not there');
  expect(line.textContent).toContain('differs');
  await openTab(/Privileges compared/);
  expect(panel().textContent).toContain('mute others');
});

test('findings are grouped by rule, and lead to their token', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Findings' }));
  expect(root.textContent).toContain('exp-missing');
  await click(screen.getAllByRole('button', { name: /Linus/ })[0] as Element);
  expect(screen.getByRole('grid')).toBeTruthy();
  expect(screen.getByRole('tab', { name: /Findings/ }).getAttribute('aria-selected')).toBe('true');
});

test('every place of an origin is listed with who can read it and for how long', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Origins' }));
  const table = within(screen.getByRole('region', { name: 'Places on https://call.example' }));
  const line = table.getByRole('row', { name: /sessionStorage/ });
  expect(line.textContent).toContain('any script that runs on https://call.example');
  expect(line.textContent).toContain('until the tab closes');
});

test('an export is masked unless whole tokens are asked for twice', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Export report' }));
  const whole = screen.getByRole('button', { name: 'Save with whole tokens' }) as HTMLButtonElement;
  expect(whole.disabled).toBe(true);
  await click(screen.getByRole('button', { name: 'Save JSON report, tokens masked' }));
  await vi.waitFor(() => expect(host.saved).toHaveLength(1));
  expect(host.saved[0]?.text).toContain('"masked": true');
});

test('problems can be read', async () => {
  await see(callPage());
  const button = screen.getByRole('button', { name: '1 problem' });
  await click(button);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(root.textContent).toContain('This frame went away while it was read.');
});

test('a damaged token is shown as far as it can be read', async () => {
  await see(callPage());
  await click(rowOf('Damaged'));
  expect(panel().textContent).toContain('This token is damaged');
  await openTab(/Claims/);
  expect(panel().textContent).toContain('HS256');
});

test('pausing says that nothing is watched, and resuming goes on', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Pause watching' }));
  expect(root.textContent).toContain('Paused: page and 2 frames not watched');
  expect(rows()).toHaveLength(9);
  await click(screen.getByRole('button', { name: 'Resume watching' }));
  expect(host.asked.watch).toBe(2);
});

test('the settings change policy, time zone and whose page it is', async () => {
  await see(callPage());
  await click(screen.getByRole('button', { name: 'Settings' }));
  await click(screen.getByRole('radio', { name: /^Strict/ }));
  await click(screen.getByRole('radio', { name: 'In your time zone' }));
  await click(screen.getByRole('radio', { name: /is a guest’s/ }));
  expect(host.stored).toMatchObject({
    policy: 'strict',
    timeZone: 'local',
    pageMarks: { 'https://call.example': 'guest' },
  });
});

test('a count in the status line filters by its severity', async () => {
  await see(callPage());
  const high = screen.getByRole('button', { name: /^High \d+/ });
  await click(high);
  expect(high.getAttribute('aria-pressed')).toBe('true');
  expect(rows().length).toBeLessThan(9);
  await click(high);
  expect(rows()).toHaveLength(9);
});

test('on another page, what was on the last one is gone and what is there is listed', async () => {
  await see(callPage());
  await see(
    capture({
      readAt: now + 30,
      page: { url: 'https://other.example/', title: '', scriptOrigins: null, loadedAt: now + 30 },
      stores: [localStorageOf({ t: daily.guest({ u: 'Newcomer' }) }, 'https://other.example')],
    }),
  );
  expect(rowOf('Newcomer').textContent).toContain('left');
  expect(rowOf('Ada').textContent).toContain('Gone since 12:00:30');
  await click(screen.getByRole('button', { name: 'Clear' }));
  expect(rows()).toHaveLength(1);
});

test('unmounting leaves nothing behind', async () => {
  await see(callPage());
  unmount();
  expect(root.innerHTML).toBe('');
  expect(host.asked.unwatch).toBe(1);
});

async function addBackend(url: string, value = ''): Promise<void> {
  await click(screen.getByRole('button', { name: 'Settings' }));
  await click(screen.getByRole('button', { name: 'Add a backend' }));
  await act(async () => {
    fireEvent.input(screen.getByLabelText('URL'), { target: { value: url } });
    fireEvent.input(screen.getByLabelText('Its value'), { target: { value } });
  });
  await click(screen.getByRole('button', { name: 'Add' }));
}

test('a backend is added through the browser’s prompt, asked at a press, and its verdict is shown with each check', async () => {
  await see(callPage());
  const checks = [{ name: 'signature', outcome: 'failed', reason: 'It does not match.' }];
  const roomkey = { version: 1, answeredBy: 'this server', checkedAt: now, provider: 'daily', checks };
  host.answers.reply = () => Response.json({ active: false, roomkey });
  await addBackend('http://127.0.0.1:8787/introspect', 'Bearer of-the-test');
  expect(host.asked.access).toEqual([['http://127.0.0.1:8787']]);
  expect(JSON.stringify(host.stored)).not.toContain('of-the-test');
  expect(host.fetched).toEqual([]);

  await click(rowOf('Daily'));
  await click(screen.getByRole('tab', { name: 'Validity' }));
  await click(screen.getByRole('button', { name: 'Validate' }));
  expect(host.fetched).toHaveLength(1);
  expect(host.fetched[0]?.headers.get('authorization')).toBe('Bearer of-the-test');
  const table = await screen.findByRole('table', { name: 'Checks' });
  expect(within(table).getByRole('row', { name: /Signature failed It does not match/ })).toBeTruthy();
  expect(screen.getByText(/Answered by 127.0.0.1:8787 \(this server\)/)).toBeTruthy();

  await click(screen.getByRole('tab', { name: 'Overview' }));
  expect(screen.getByText('Not active: it would be refused')).toBeTruthy();

  await click(screen.getByRole('button', { name: 'Remove' }));
  expect(host.secrets).toEqual({});
  expect(screen.queryByText('Not active: it would be refused')).toBeNull();
});

test('a backend that may not be asked, or is not safe to ask, is not added', async () => {
  await see(callPage());
  await addBackend('http://backend.example/introspect');
  expect(screen.getByRole('alert').textContent).toContain('must begin with https://');
  expect(host.asked.access).toEqual([]);
  host.answers.access = false;
  await act(async () => {
    fireEvent.input(screen.getByLabelText('URL'), { target: { value: 'https://backend.example/introspect' } });
  });
  await click(screen.getByRole('button', { name: 'Add' }));
  expect(screen.getByRole('alert').textContent).toContain('Access to https://backend.example was not given');
  expect(host.stored.backends).toBeUndefined();
});

test('all tokens are sent only after a confirmation that names the backend and the count', async () => {
  await see(callPage());
  await addBackend('https://backend.example/introspect');
  await click(screen.getByRole('button', { name: 'Validate all' }));
  const dialog = screen.getByRole('dialog', { name: 'Validate all' });
  const count = rows().length;
  expect(dialog.textContent).toContain(`https://backend.example/introspect: ${count} tokens`);
  expect(host.fetched).toEqual([]);
  await click(within(dialog).getByRole('button', { name: `Send ${count} tokens` }));
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  expect(host.fetched).toHaveLength(count);
});

test('a key in hand verifies a signature, and is kept nowhere', async () => {
  await see(callPage());
  await click(rowOf('Daily'));
  await click(screen.getByRole('tab', { name: 'Validity' }));
  await act(async () => {
    fireEvent.input(screen.getByLabelText(/Secret, PEM, JWK/), { target: { value: 'not-the-key-of-this-token' } });
  });
  await click(screen.getByRole('button', { name: 'Verify signature' }));
  await vi.waitFor(async () => {
    await act(async () => {});
    expect(screen.getByText('Signature failed.')).toBeTruthy();
  });
  expect(JSON.stringify([host.stored, host.secrets])).not.toContain('not-the-key');
  expect(host.fetched).toEqual([]);
});

test('an encrypted entry of MSAL is decrypted with its cookie, and the token inside stays masked', async () => {
  window.location.href = 'https://call.example/';
  const { local, cookie, accessToken, refreshToken } = await fillMsalCache();
  const shown = async (kind: string, claims: RegExp) => {
    const entries = Object.entries(local).filter(([key]) => key.includes(`|${kind}|`));
    await see(capture({ stores: [localStorageOf(Object.fromEntries(entries))] }));
    await click(rowOf('MSAL, encrypted'));
    await openTab(/Validity/);
    await act(async () => {
      fireEvent.input(screen.getByLabelText(/cookie msal\.cache\.encryption/), { target: { value: cookie } });
    });
    await click(screen.getByRole('button', { name: 'Decrypt' }));
    await vi.waitFor(async () => {
      await act(async () => {});
      expect(screen.getByText('Decryption passed.')).toBeTruthy();
    });
    expect(screen.getByRole('region', { name: 'Decrypted claims' }).textContent).toMatch(claims);
    for (const secret of [accessToken, refreshToken]) expect(root.textContent).not.toContain(secret);
  };
  await shown('accesstoken', /"credentialType": "AccessToken"[\s\S]*"scp": "read"/);
  await shown('refreshtoken', /"credentialType": "RefreshToken"/);
  expect(JSON.stringify([host.stored, host.secrets])).not.toContain(
    JSON.parse(decodeURIComponent(cookie.slice(22))).key,
  );
});

const withoutExpiry = () =>
  capture({
    stores: [localStorageOf({ auth: jwt({ r: 'standup', d: daily.domain, u: 'Grace', iat: now - 60 }) })],
  });

test('a finding is muted with a reason, listed and counted apart, and unmuted again', async () => {
  await see(withoutExpiry());
  await click(rows()[0] as HTMLElement);
  await openTab(/^Findings/);
  const before = panel().querySelectorAll('.finding').length;
  const finding = () => within(panel()).getByText('exp-missing').closest('.finding') as HTMLElement;
  await click(within(finding()).getByRole('button', { name: 'Mute' }));
  expect([...finding().querySelectorAll('option')].map(({ textContent }) => textContent)).toEqual([
    'this token',
    'everything on https://call.example',
  ]);
  await act(async () => {
    fireEvent.input(within(finding()).getByRole('textbox', { name: 'Reason' }), {
      target: { value: ' the demo room ' },
    });
  });
  await click(within(finding()).getByRole('button', { name: 'Mute the finding' }));
  expect(host.stored.mutes).toMatchObject([
    { rule: 'exp-missing', place: null, origin: null, reason: 'the demo room' },
  ]);
  expect(within(panel()).getByRole('region', { name: 'Muted findings' }).textContent).toContain('Muted: the demo room');
  expect(panel().querySelectorAll('.finding')).toHaveLength(before);
  const muted = screen.getByRole('button', { name: '1 muted' });
  await click(within(finding()).getByRole('button', { name: 'Unmute' }));
  expect(host.stored.mutes).toEqual([]);
  expect(muted.isConnected).toBe(false);
});

test('muted findings stand last among the findings by rule', async () => {
  host.stored = {
    ...host.stored,
    mutes: [{ rule: 'exp-missing', token: null, place: null, origin: 'https://call.example', reason: 'the demo room' }],
  };
  unmount();
  unmount = mount(root, host, {
    clock: { now: () => now, onSecond: () => () => {} },
    searcher: createSearcher(inlineWorker),
    loadJudging: async () => judging,
  });
  await see(withoutExpiry());
  await click(screen.getByRole('button', { name: '1 muted' }));
  const apart = screen.getByRole('region', { name: 'Muted findings' });
  expect(apart.textContent).toContain('exp-missing');
  expect(apart.textContent).toContain('Muted (the demo room)');
  expect(apart.querySelectorAll('details')).toHaveLength(1);
});

test('a policy with mistakes is not imported, and each is shown with its place', async () => {
  await see(withoutExpiry());
  await click(screen.getByRole('button', { name: 'Settings' }));
  const file = (text: string) => new File([text], 'ours.json', { type: 'application/json' });
  const bring = async (text: string) => {
    await act(async () => {
      fireEvent.change(screen.getByLabelText('Policy file'), { target: { files: [file(text)] } });
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
  };
  await bring('{"off": ["exp-misspelt"],\n "lifetime": {}}');
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain('$.off[0] is no rule of this version (line 1, column 2)');
  expect(alert.textContent).toContain('(line 2, column 2)');
  await bring('{"off": ["exp-missing"]}');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(host.stored.policy).toBe('ours');
  expect(root.textContent).not.toContain('exp-missing');
  await click(screen.getByRole('button', { name: 'Export the policy in use' }));
  expect(JSON.parse(host.saved[0]?.text ?? '')).toEqual({ name: 'ours', extends: 'standard', off: ['exp-missing'] });
  await click(screen.getByRole('button', { name: 'Remove the policy ours' }));
  expect(host.stored.policy).toBe('standard');
});

test('a policy set by an administrator is named, and cannot be changed', async () => {
  host.preset = { policy: '{"name": "Clinic policy", "extends": "strict"}' };
  unmount();
  unmount = mount(root, host, {
    clock: { now: () => now, onSecond: () => () => {} },
    searcher: createSearcher(inlineWorker),
    loadJudging: async () => judging,
  });
  await see(withoutExpiry());
  expect(screen.getByTitle('Your administrator set the policy')).toHaveProperty('disabled', true);
  await click(screen.getByRole('button', { name: 'Settings' }));
  expect(root.textContent).toContain('Your administrator set the policy: Clinic policy.');
  expect(screen.queryByRole('radio', { name: /^Strict/ })).toBeNull();
});

test('what a logout leaves behind is reported once the user says that they logged out', async () => {
  const at = (readAt: number) =>
    capture({
      readAt,
      stores: [localStorageOf({ auth: jwt({ r: 'standup', d: daily.domain, u: 'Grace', iat: now - 60 }) })],
    });
  await see(at(now - 30));
  await click(screen.getByRole('button', { name: 'Origins' }));
  await click(screen.getByRole('button', { name: 'I have logged out now' }));
  expect(host.asked.rescan).toBe(1);
  await see(at(now + 1));
  await click(screen.getByRole('button', { name: 'Findings' }));
  expect(root.textContent).toContain('Still there after logout');
  await click(screen.getByRole('button', { name: 'Origins' }));
  await click(screen.getByRole('button', { name: 'Forget' }));
  await click(screen.getByRole('button', { name: 'Findings' }));
  expect(root.textContent).not.toContain('Still there after logout');
});

test('the view of origins says until when a cookie keeps its token', async () => {
  const cookie = cookieOf('auth', daily.guest(), { session: false, expiresAt: now + hours(48) });
  await see(capture({ cookies: [cookie] }));
  await click(screen.getByRole('button', { name: 'Origins' }));
  expect(screen.getByText(/until the cookie expires/).textContent).toContain('2 d');
});
