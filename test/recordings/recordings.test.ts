import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { policies } from '../../src/engine/audit/policy/policies.ts';
import { find, inspect } from '../../src/engine/inspect.ts';
import { toDocument } from '../../src/engine/report/report-document.ts';
import { storageStateCapture } from '../../src/library/index.ts';
import { digestsOf, expectedOf, readDigests, readExpected, recordings, scanRecording } from './recordings.ts';

test.each(recordings)(
  '$file says what is expected of it; else look, and run `npm run recordings -- --reports`',
  async ({ file, kind }) => {
    const expected = readExpected(file);
    const report = await scanRecording(file, expected.now);
    expect(report.inputs).toMatchObject([{ kind, readable: true, problems: [] }]);
    expect(expectedOf(report)).toEqual(expected);
  },
);

test.each(recordings)(
  'the report of $file is, in every format and to the last byte, what it was; if it should not be, `npm run recordings -- --reports`',
  async ({ file }) => {
    expect(await digestsOf(file, readExpected(file).now)).toEqual(readDigests()[file]);
  },
);

test('the recording of traffic holds tokens in every kind of place', () => {
  const places = readExpected('call.har').tokens.flatMap((token) => (token as { places: string[] }).places);
  const sources = new Set(places.map((place) => place.split(' ')[0]));
  for (const source of [
    'page-url',
    'request-url',
    'request-header',
    'response-header',
    'response-body',
    'websocket-message',
  ]) {
    expect([...sources]).toContain(source);
  }
});

test('the heap snapshot shows a token that only a closure holds, and what holds it', () => {
  const places = readExpected('call.heapsnapshot.gz').tokens.flatMap((token) => (token as { places: string[] }).places);
  expect(places).toContainEqual(expect.stringMatching(/callToken of CallSession/));
});

test('the engine alone reads a storage state as the command line does', () => {
  const expected = readExpected('call.storage-state.json');
  const state = JSON.parse(readFileSync(resolve(import.meta.dirname, 'call.storage-state.json'), 'utf8'));
  const { sightings } = find(storageStateCapture(state, expected.now));
  const named = sightings.map((sighting) => ({ ...sighting, input: 'call.storage-state.json' }));
  const report = inspect(named, { now: expected.now, policy: policies.standard });
  expect(expectedOf(toDocument(report))).toEqual(expected);
});
