import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ReportDocument } from '../../src/engine/report/report-document.ts';
import { createStore, type Store } from '../../src/panel/state/store.ts';
import { createFakeHost } from '../doubles/fake-host.ts';
import { inlineWorker } from '../doubles/inline-worker.ts';
import { expectedOf, readExpected, recordings } from './recordings.ts';

let close = () => {};
afterEach(() => close());

function openStore(now: number): { store: Store; saved: { name: string; type: string; text: string }[] } {
  const host = createFakeHost();
  const clock = { now: () => now, onSecond: () => () => {} };
  const store = createStore(host, { clock, createWorker: inlineWorker });
  close = store.open();
  return { store, saved: host.saved };
}

const recording = (file: string) => new File([readFileSync(resolve(import.meta.dirname, file))], file);

test.each(recordings)('the panel shows of $file what the command line reports', async ({ file, kind }) => {
  const expected = readExpected(file);
  const { store, saved } = openStore(expected.now);
  await store.recordings.open([recording(file)]);
  // The reports that are kept were judged a moment after the recording ended.
  store.recordings.isJudgedNow.value = true;
  await store.exporting.exportReport(false, 'json');
  const report = JSON.parse(saved[0]?.text ?? '') as ReportDocument;
  expect(report.inputs).toMatchObject([{ name: file, kind, readable: true, problems: [] }]);
  expect(expectedOf(report)).toEqual(expected);
});

test.each(recordings)('a report of $file that was saved opens again as it was judged', async ({ file }) => {
  const expected = readExpected(file);
  const { store, saved } = openStore(expected.now);
  await store.recordings.open([recording(file)]);
  // The reports that are kept were judged a moment after the recording ended.
  store.recordings.isJudgedNow.value = true;
  await store.exporting.exportReport(false, 'json');
  const text = saved[0]?.text ?? '';
  const later = openStore(expected.now + 86_400);
  await later.store.recordings.open([new File([text], 'saved.json')]);
  expect(later.store.recordings.imported.value?.saved).toMatchObject({ masked: true });
  await later.store.exporting.exportReport(false, 'json');
  const again = JSON.parse(later.saved[0]?.text ?? '') as ReportDocument;
  expect(expectedOf(again)).toEqual(expected);
  expect(again.tokens.map(({ token }) => token)).toEqual(
    (JSON.parse(text) as ReportDocument).tokens.map(({ token }) => token),
  );
});
