import { expect, test } from 'vitest';
import { callPage } from '../../../test/builders/captures.ts';
import { jwe } from '../../../test/builders/other-tokens.ts';
import { repeatedReport } from '../../../test/builders/reports.ts';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import type { Report, ReportInput } from '../model/report.ts';
import type { JsonObject } from '../text/json.ts';
import { readReport } from './read-report.ts';
import { type FormatOptions, toDocument } from './report-document.ts';

const page = callPage();
const reportOf = (texts: string[]): Report => {
  const capture = { ...page, texts: texts.map((text, index) => ({ name: `text ${index}`, text })) };
  const { sightings, problems } = find(capture);
  return inspect(sightings, { now, policy: standard, page: page.page, problems });
};
const report = reportOf([
  jwt({ sub: 'outer', assertion: daily.guest() }),
  jwe({ kid: 'k1' }),
  `${jwt({ sub: 'cut' }).slice(0, 60)}`,
]);
const inputs: ReportInput[] = [
  { name: 'call.har', kind: 'har', bytes: 12, readable: true, problems: [] },
  {
    name: 'cut.har',
    kind: 'har',
    bytes: null,
    readable: false,
    problems: [{ code: 'input-truncated', message: 'cut.har is cut off.', offset: 7 }],
  },
];
const first = report.subjects[0]?.token.id ?? '';
const options: FormatOptions = {
  inputs,
  expectations: [
    { name: 'a guest', held: true, says: 'it is there' },
    { name: 'a host', held: false, says: 'it is not there' },
    { name: 'a viewer', held: null, says: 'not checked: nothing was looked at.' },
  ],
  validations: new Map<string, JsonObject>([[first, { active: true, checks: [] }]]),
};

test.each([true, false])('a report written, read and written again is the same (tokens whole: %s)', (reveal) => {
  const written = toDocument(report, { ...options, reveal });
  const saved = readReport(JSON.parse(JSON.stringify(written)), 'saved.json');
  expect(saved?.masked).toBe(!reveal);
  expect(written.tokens.length).toBeGreaterThan(5);
  expect(saved && toDocument(saved.report, { ...saved.told, reveal })).toEqual({
    ...written,
    tokens: written.tokens.map((token) => ({
      ...token,
      sightings: token.sightings.map((sighting) => ({ ...sighting, input: sighting.input ?? 'saved.json' })),
    })),
  });
});

test('that a token was missing for a while is written, valid, and read again', () => {
  const [subject, ...others] = report.subjects;
  if (!subject) throw new Error('nothing was found');
  const sightings = subject.sightings.map((sighting) => ({ ...sighting, backAt: now + 20 }));
  const written = toDocument({ ...report, subjects: [{ ...subject, sightings }, ...others] });
  expect(written.tokens[0]?.sightings[0]).toMatchObject({ backAt: now + 20 });
  expect(written.tokens[1]?.sightings[0]).not.toHaveProperty('backAt');
  const saved = readReport(JSON.parse(JSON.stringify(written)), 'saved.json');
  expect(saved?.report.subjects[0]?.sightings[0]).toMatchObject({ backAt: now + 20 });
  expect(saved?.report.subjects[1]?.sightings[0]).not.toHaveProperty('backAt');
});

test('where a token stands in a file of lines is written, and read again where it is a place', () => {
  const [subject, ...others] = report.subjects;
  if (!subject) throw new Error('nothing was found');
  const lines = { line: 3, column: 7, length: 120 };
  const sightings = subject.sightings.map((sighting) => ({ ...sighting, lines }));
  const written = toDocument({ ...report, subjects: [{ ...subject, sightings }, ...others] });
  const again = () => readReport(JSON.parse(JSON.stringify(written)), 'saved.json')?.report.subjects[0]?.sightings[0];
  expect(again()).toMatchObject({ lines });
  Object.assign(written.tokens[0]?.sightings[0] ?? {}, { lines: { line: 0, column: 'x' } });
  expect(again()).not.toHaveProperty('lines');
});

test('what followed a token is written, and read again where it says enough', () => {
  const [subject, ...others] = report.subjects;
  if (!subject) throw new Error('nothing was found');
  const followed = { by: others[0]?.token.id ?? '', at: now + 20.5 };
  const written = toDocument({ ...report, subjects: [{ ...subject, followed }, ...others] });
  expect(written.tokens.map((token) => token.followed)).toEqual([followed, ...others.map(() => undefined)]);
  const read = (value: unknown) =>
    readReport(
      JSON.parse(JSON.stringify({ ...written, tokens: [{ ...written.tokens[0], followed: value }] })),
      'saved.json',
    )?.report.subjects[0]?.followed;
  expect(read(followed)).toEqual(followed);
  for (const damaged of [null, 7, 'later', [], {}, { by: 'a' }, { at: 1 }, { by: 1, at: 1 }, { by: 'a', at: '1' }])
    expect(read(damaged)).toBeUndefined();
});

test('tokens that a file gives one id are told apart, the first by the id it has', () => {
  const written = toDocument(report, options);
  const [one] = written.tokens;
  const saved = readReport({ ...written, tokens: [one, { ...one, id: `${first}-2` }, one, one, {}, {}] }, 'saved.json');
  const ids = saved?.report.subjects.map(({ token }) => token.id) ?? [];
  expect(ids.slice(0, 4)).toEqual([first, `${first}-2`, `${first}-3`, `${first}-4`]);
  expect(new Set(ids).size).toBe(6);
});

test('repeats are written, valid, and read again', () => {
  const written = toDocument(repeatedReport(5000));
  expect(written.tokens[0]?.sightings.map(({ more }) => more)).toEqual([
    undefined,
    undefined,
    { count: 4997, elsewhere: 0, firstAt: now + 3, lastAt: now + 4999 },
  ]);
  const saved = readReport(JSON.parse(JSON.stringify(written)), 'saved.json');
  expect(saved?.report.subjects[0]?.sightings.map(({ more }) => more)).toEqual(
    written.tokens[0]?.sightings.map(({ more }) => more),
  );
});

test.each([
  [
    { count: 2.5, elsewhere: 9, firstAt: '1', lastAt: 7 },
    { count: 2, elsewhere: 2, firstAt: null, lastAt: 7 },
  ],
  [
    { count: 3, elsewhere: -1 },
    { count: 3, elsewhere: 0, firstAt: null, lastAt: null },
  ],
  [{ count: 0 }, undefined],
  [{ count: -4 }, undefined],
  [{ count: null }, undefined],
  [[], undefined],
  ['many', undefined],
  [null, undefined],
])('repeats of a saved report are counted as far as they make sense: %j', (more, read) => {
  const written = toDocument(repeatedReport(1));
  const tokens = written.tokens.map((token) => ({
    ...token,
    sightings: token.sightings.map((sighting) => ({ ...sighting, more })),
  }));
  const saved = readReport(JSON.parse(JSON.stringify({ ...written, tokens })), 'saved.json');
  expect(saved?.report.subjects[0]?.sightings.map((sighting) => sighting.more)).toEqual([read]);
});

test.each([null, 7, [], {}, { version: 1 }, { $schema: 'https://other.example', version: 1, tokens: [] }])(
  'what is no report is none: %j',
  (value) => {
    expect(readReport(value, 'x')).toBeNull();
  },
);

test('what a saved report counts never hides what it holds, nor what it lost; either is told', () => {
  const written = JSON.parse(JSON.stringify(toDocument(report, options)));
  const right = readReport(written, null)?.report;
  expect(right?.problems.map(({ message }) => message)).not.toContain(miscounted);
  const none = { ...written, summary: { ...written.summary, high: 0, medium: 0, low: 0 } };
  const hidden = readReport(none, null)?.report;
  expect(hidden?.summary).toEqual(right?.summary);
  expect(hidden?.problems.map(({ message }) => message)).toContain(miscounted);
  const tokens = written.tokens.map((token: object) => ({ ...token, findings: [] }));
  const lost = readReport({ ...written, tokens, findings: [] }, null)?.report;
  expect(lost?.summary).toEqual(right?.summary);
  expect(lost?.problems.map(({ message }) => message)).toContain(miscounted);
});

const miscounted = 'The saved report counts other findings than it holds.';
