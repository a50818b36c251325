import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { zipSync } from 'fflate';
import type { ElementHandle } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detect } from '../../src/engine/find/detect.ts';
import { formats } from '../../src/engine/report/formats/index.ts';
import type { ReportDocument } from '../../src/engine/report/report-document.ts';
import { inspect, storageStateCapture } from '../../src/library/index.ts';
import { exportAs } from '../browser/export-report.ts';
import { localStorageOf } from '../builders/captures.ts';
import { jwt } from '../builders/tokens.ts';
import { readExpected } from '../recordings/recordings.ts';
import { type PageServer, servePages } from './page-server.ts';
import { eventually, openSession, press, reportOf, type Session, shownText } from './session.ts';

const recording = (file: string) => resolve(import.meta.dirname, '../recordings', file);
const folder = mkdtempSync(join(tmpdir(), 'roomkey-files-'));
let pages: PageServer;
let session: Session;

beforeAll(async () => {
  const token = jwt({ r: 'of-the-page', d: 'd' });
  pages = await servePages({
    '/': `<!doctype html><title>Call</title><script>localStorage.setItem('auth', '${token}')</script>`,
  });
  session = await openSession({ url: `${pages.origin}/` });
});

afterAll(async () => {
  await session?.close();
  await pages?.close();
  rmSync(folder, { recursive: true });
});

async function choose(selector: string, ...files: string[]): Promise<void> {
  const field = (await session.panel.waitForSelector(selector)) as ElementHandle<HTMLInputElement> | null;
  await field?.uploadFile(...files);
}

/** Ids of the tokens that are shown, and where each was seen. */
const shown = (report: ReportDocument) =>
  report.tokens
    .map(({ id, sightings }) => ({
      id,
      places: sightings.map(({ source, label, path }) => [source, label, path].filter(Boolean).join(' ')),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

test.each(['call.har', 'call.storage-state.json', 'call.heapsnapshot.gz'])(
  'the panel reads %s in its worker and lists what the command line finds',
  async (file) => {
    await choose('input.open-files', recording(file));
    await eventually(async () => expect(await shownText(session.panel)).toContain(`Showing ${file} in place`));
    const report = await reportOf(session.panel);
    expect(report.inputs).toMatchObject([{ name: file, readable: true, problems: [] }]);
    const expected = readExpected(file).tokens as { id: string; places: string[] }[];
    expect(shown(report)).toEqual(expected.map(({ id, places }) => ({ id, places })));
  },
);

test('the panel reads the files of a zip archive by itself, without a script from elsewhere', async () => {
  const file = join(folder, 'calls.zip');
  writeFileSync(file, zipSync({ 'results/call.har': readFileSync(recording('call.har')) }));
  await choose('input.open-files', file);
  await eventually(async () => expect(await shownText(session.panel)).toContain('Showing calls.zip in place'));
  const report = await reportOf(session.panel);
  expect(report.inputs).toMatchObject([
    { name: 'calls.zip/results/call.har', kind: 'har', readable: true, problems: [] },
    { name: 'calls.zip', kind: 'archive', readable: true, problems: [] },
  ]);
  const expected = readExpected('call.har').tokens as { id: string; places: string[] }[];
  expect(shown(report)).toEqual(expected.map(({ id, places }) => ({ id, places })));
});

test('no format saves a usable token of a recording', async () => {
  await choose('input.open-files', recording('call.har'));
  await eventually(async () => expect(await shownText(session.panel)).toContain('Showing call.har in place'));
  const whole = await reportOf(session.panel);
  const signatures = whole.tokens.map(({ token }) => token.split('.').at(-1) ?? '').filter(({ length }) => length > 16);
  expect(signatures.length).toBeGreaterThan(8);
  for (const { id } of formats) {
    const text = await exportAs(session.panel, id);
    expect(text.length).toBeGreaterThan(1000);
    for (const signature of signatures) expect(text).not.toContain(signature);
    expect(detect(text).hits.filter(({ note, form }) => note === null && form !== 'damaged')).toEqual([]);
  }
  const sarif = JSON.parse(await exportAs(session.panel, 'sarif')) as {
    version: string;
    runs: { results: unknown[] }[];
  };
  expect(sarif.version).toBe('2.1.0');
  expect(sarif.runs[0]?.results.length).toBeGreaterThan(5);
  expect(await exportAs(session.panel, 'html')).toMatch(/^<!doctype html>/);
});

test('a saved report opens again, masked', async () => {
  const file = join(folder, 'saved.json');
  writeFileSync(file, await exportAs(session.panel, 'json'));
  await choose('input.open-files', file);
  await eventually(async () => expect(await shownText(session.panel)).toContain('Showing the saved report saved.json'));
  const before = JSON.parse(readFileSync(file, 'utf8')) as ReportDocument;
  const after = await reportOf(session.panel);
  expect(shown(after)).toEqual(shown(before));
  expect(after.tokens.map(({ token }) => token)).toEqual(before.tokens.map(({ token }) => token));
});

test('a file that is dropped is read, and the page comes back', async () => {
  const token = jwt({ r: 'dropped', d: 'd' });
  await session.panel.evaluate((text: string) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'dropped.txt'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, `joined with ${token}`);
  await eventually(async () => expect(await shownText(session.panel)).toContain('Showing dropped.txt in place'));
  expect((await reportOf(session.panel)).tokens.map((one) => one.token)).toEqual([token]);
  await press(session.panel, 'Back to the page');
  await eventually(async () => {
    expect((await reportOf(session.panel)).tokens.map(({ facts }) => facts.room)).toEqual(['of-the-page']);
  });
});

test('expectations made from the page are checked live, in the words of the engine', async () => {
  await press(session.panel, 'Expectations');
  await press(session.panel, 'Expect what I see');
  await press(session.panel, 'Expect anyway');
  await eventually(async () => expect(await shownText(session.panel)).toContain('All 2 hold, kept for this site'));
  const host = jwt({ r: 'of-the-page', d: 'd', o: true });
  await session.page.evaluate((text: string) => sessionStorage.setItem('host', text), host);
  await eventually(async () => {
    expect(await shownText(session.panel)).toContain('1 of 2 failed');
    expect(await shownText(session.panel)).toMatch(
      /Found\s+One in sessionStorage\["host"\]: Daily, room of-the-page, owner/,
    );
  });
  const { expectations } = JSON.parse(await exportAs(session.panel, 'json')) as ReportDocument;
  expect(expectations.map(({ held }) => held)).toEqual([true, false]);
  await session.page.evaluate(() => sessionStorage.removeItem('host'));
});

test('a lock is saved from the panel, opened again, and tells in a line what changed', async () => {
  const file = join(folder, 'page.lock.json');
  writeFileSync(file, await exportAs(session.panel, 'lock'));
  await choose('input.open-expectations', file);
  await eventually(async () => expect(await shownText(session.panel)).toContain('As locked'));
  const guest = jwt({ r: 'of-the-page', d: 'd', iat: 1, exp: 43_201 });
  await session.page.evaluate((text: string) => localStorage.setItem('kept', text), guest);
  await eventually(async () =>
    expect(await shownText(session.panel)).toMatch(
      /1 change\n[\s\S]*is new: in localStorage\.kept on http:\/\/[\w.]+:\*/,
    ),
  );
  await press(session.panel, 'Close the lock file');
  await session.page.evaluate(() => localStorage.removeItem('kept'));
});

test('the report of another page is opened beside this one, and both are expected', async () => {
  const host = jwt({ r: 'of-the-page', d: 'd', ud: 'ada', o: true });
  const report = inspect({
    ...storageStateCapture({ cookies: [], origins: [] }, 0),
    page: { url: 'http://host.localhost/', title: '', scriptOrigins: null, loadedAt: 0 },
    stores: [localStorageOf({ auth: host }, 'http://host.localhost')],
  });
  const file = join(folder, 'host-report.json');
  writeFileSync(file, JSON.stringify(report));
  await choose('input.open-seat', file);
  await eventually(async () =>
    expect(await shownText(session.panel)).toMatch(/host-report\.json is the host’s seat, this page a guest’s/),
  );
  await press(session.panel, 'Expect both as they are');
  await press(session.panel, 'Expect anyway');
  const names = () =>
    session.panel.$$eval('.expectations ol input', (fields) =>
      fields.map((field) => (field as HTMLInputElement).value),
    );
  await eventually(async () => expect(await names()).toContain('no host token on pages marked guest'));
  await press(session.panel, 'Close the other seat');
});

test('an expectation file is opened and fails on a recording', async () => {
  const file = join(folder, 'guest.json');
  writeFileSync(file, JSON.stringify({ expect: [{ name: 'guests hold no host token', none: { role: 'host' } }] }));
  await choose('input.open-expectations', file);
  await choose('input.open-files', recording('call.har'));
  await eventually(async () => {
    const text = await shownText(session.panel);
    expect(text).toContain('1 of 1 failed');
    expect(text).toMatch(/Expected\s+No host token\s+Found\s+/);
  });
});
