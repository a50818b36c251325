import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { daily, hours, jwt, now } from '../../test/builders/tokens.ts';
import {
  checkExpectations,
  compareLocks,
  compareSeats,
  ExpectationError,
  emptyCapture,
  expectationsOfSeats,
  expectWhatIsSeen,
  inspect,
  lockTokens,
  type ReportDocument,
  reportFormats,
  storageStateCapture,
  writeReport,
} from './index.ts';

const ajv = new Ajv({ strict: false });
addFormats(ajv);
const isReport = ajv.compile(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../docs/report.schema.json'), 'utf8')) as object,
);

const token = daily.host({ n: 'Ada Lovelace' });
const captureOf = (text: string, origin = 'https://call.example') =>
  storageStateCapture({ cookies: [], origins: [{ origin, localStorage: [{ name: 'auth', value: text }] }] }, now);
const copyOf = (report: ReportDocument) => JSON.parse(JSON.stringify(report)) as ReportDocument;
const noHost = { expect: [{ name: 'no host', none: { role: 'host' } }] };

test('inspect returns the report of the schema, masked unless told otherwise', () => {
  const report = inspect(captureOf(token));
  expect(isReport(copyOf(report)), JSON.stringify(isReport.errors)).toBe(true);
  expect(report).toMatchObject({ version: 1, now, policy: 'standard', masked: true });
  expect(report.tokens[0]).toMatchObject({ provider: { id: 'daily' }, facts: { room: 'standup', role: 'host' } });
  expect(JSON.stringify(report)).not.toContain(token.split('.')[2]);
  expect(inspect(captureOf(token), { reveal: true }).tokens[0]?.token).toBe(token);
});

test('the clock is the capture’s, or what it is told to be', () => {
  expect(inspect(captureOf(token)).tokens[0]?.times.status).toBe('active');
  expect(inspect(captureOf(token), { now: now + hours(2) }).tokens[0]?.times.status).toBe('expired');
  expect(inspect([])).toMatchObject({ now: 0, tokens: [] });
  expect(() => inspect(captureOf(token), { now: Number.NaN })).toThrow(new RangeError('now is no number of seconds.'));
  expect(isReport(copyOf(inspect({ ...captureOf(token), readAt: Number.NaN })))).toBe(true);
});

test('several captures give one report, in which a token seen in each is one', () => {
  const captures = [captureOf(token), captureOf(token, 'https://stage.example'), captureOf(daily.guest())];
  const { tokens } = inspect(captures);
  expect(tokens.map(({ facts, sightings }) => [facts.role, sightings.length])).toEqual([
    ['host', 2],
    ['participant', 1],
  ]);
});

test('captures that are inspected together are the inputs of the report, called by the addresses of their pages', () => {
  const page = (path: string) => ({
    ...captureOf(token),
    page: { url: `https://call.example${path}#jwt=${token}`, title: '', scriptOrigins: null, loadedAt: now },
  });
  const report = inspect([page('/host'), page('/guest?a=b'), page('/guest'), captureOf(token)]);
  const names = [
    'https://call.example/host',
    'https://call.example/guest',
    'https://call.example/guest (2)',
    'no page',
  ];
  expect(report.inputs.map(({ name }) => name)).toEqual(names);
  const stored = report.tokens[0]?.sightings.filter(({ source }) => source === 'local-storage');
  expect(stored?.map(({ input }) => input)).toEqual(names);
  expect(inspect([page('/guest'), captureOf(token)]).inputs).toEqual([]);
});

test('what it returns goes into everything else, as it is and as a copy that was saved', () => {
  const report = inspect(captureOf(token));
  for (const one of [report, copyOf(report)]) {
    expect(checkExpectations(one, noHost)).toEqual([
      {
        name: 'no host',
        held: false,
        says: 'expected no host token, found one in localStorage["auth"]: Daily, room standup, owner.',
        expected: 'no host token',
        found: 'one in localStorage["auth"]: Daily, room standup, owner',
      },
    ]);
    expect(checkExpectations(one, expectWhatIsSeen(report)).every(({ held }) => held)).toBe(true);
    expect(lockTokens(one).kinds).toHaveLength(1);
    for (const format of reportFormats) expect(writeReport(one, format).length).toBeGreaterThan(20);
  }
  expect(compareLocks(lockTokens(report), lockTokens(report))).toEqual([]);
});

test('what is written down is masked where the report is, and holds what was expected', () => {
  const results = checkExpectations(inspect(captureOf(token)), noHost);
  const written = (reveal: boolean) =>
    writeReport(inspect(captureOf(token), { reveal }), 'json', { expectations: results });
  expect(written(false)).not.toContain(token);
  expect(written(true)).toContain(token);
  expect((JSON.parse(written(false)) as ReportDocument).expectations).toMatchObject([
    { held: false, says: results[0]?.says },
  ]);
});

test('sentences are masked where the report is', () => {
  const capture = { ...emptyCapture(now), texts: [{ name: `copy of ${token}`, text: token }] };
  const says = (reveal: boolean) => checkExpectations(inspect(capture, { reveal }), noHost)[0]?.says;
  expect(says(false)).not.toContain(token);
  expect(says(true)).toContain(token);
});

test('two seats are compared, after they were saved, too, and masked', () => {
  const at = (path: string, text: string) => ({
    ...captureOf(text),
    page: { url: `https://call.example${path}`, title: '', scriptOrigins: null, loadedAt: now },
  });
  const host = inspect(at('/host', token));
  const guest = inspect(at('/guest', daily.guest()));
  for (const [a, b] of [
    [host, guest],
    [copyOf(host), copyOf(guest)],
  ] as const) {
    const { verdict, rows } = compareSeats(a, b, { names: ['Ada’s', token] });
    expect(verdict).toMatchObject({ outcome: 'host-and-guest', host: 'Ada’s' });
    expect(rows.map(({ title }) => title)).toEqual(['Daily call token']);
    expect(JSON.stringify(verdict)).not.toContain(token.slice(0, 40));
    const { file, accepted } = expectationsOfSeats(a, b);
    expect(accepted.map(({ rule }) => rule)).toContain('storage-local');
    expect(checkExpectations(inspect([at('/host', token), at('/guest', daily.guest())]), file)).toMatchObject(
      file.expect.map(() => ({ held: true })),
    );
  }
  expect(compareSeats(host, host).verdict).toMatchObject({ outcome: 'other', host: null, guest: null });
});

test('keys that anybody knows are looked for where that is asked for', () => {
  const capture = captureOf(jwt({ sub: 'x', exp: now + 60 }, {}, 'secret'));
  const rules = (weakKeys: boolean) => inspect(capture, { weakKeys }).tokens[0]?.findings.map(({ rule }) => rule);
  expect(rules(true)).toContain('hmac-secret-known');
  expect(rules(false)).not.toContain('hmac-secret-known');
});

test.each<[string, unknown, RegExp]>([
  ['a fact', [{ name: 'x', none: { rol: 'host' } }], /^expect\[0\]\.none\.rol is not known\.$/],
  ['a value', [{ name: 'x', none: { role: 'owner' } }], /^expect\[0\]\.none\.role fits nothing: it is host, /],
  ['a place', [{ name: 'x', where: { orgin: 'https://call.example' }, none: {} }], /\.where\.orgin is not known/],
  ['what is expected', [{ name: 'x', non: { role: 'host' } }], /^expect\[0\]\.non is not known; known here are name, /],
  ['a way to want', [{ name: 'x', none: { role: { liek: 'host' } } }], /must be a value, a list, or an object with/],
  ['nothing', [{ name: 'x' }], /^expect\[0\] expects nothing: /],
  ['a number that is none', [{ name: 'x', count: Number.NaN }], /^expect\[0\]\.count must be a whole number/],
  ['a pattern of a program', [{ name: 'x', none: { room: /a/ } }], /must be a value, a list, or an object with/],
  ['a severity', [{ name: 'x', maxSeverity: 'hihg' }], /maxSeverity must be one of/],
  ['no name', [{ none: {} }], /^expect\[0\]\.name is missing/],
  ['no list', null, /^expect must be a list\.$/],
])('a program that misspells %s is told, and nothing holds for that', (_, expect_, says) => {
  const list = { expect: expect_ } as never;
  expect(() => checkExpectations(inspect(captureOf(token)), list)).toThrow(ExpectationError);
  expect(() => checkExpectations(inspect(captureOf(token)), list)).toThrow(says);
});

test('members of an expectation that are undefined are left out', () => {
  const [result] = checkExpectations(inspect(captureOf(token)), {
    expect: [{ name: 'x', on: undefined, where: undefined, none: { role: 'host' } } as never],
  });
  expect(result?.held).toBe(false);
});

test('what is no report, and a format that there is not, are named', () => {
  const strange = { tokens: [] } as unknown as ReportDocument;
  expect(() => checkExpectations(strange, noHost)).toThrow('This is no report of Roomkey: inspect() returns one.');
  expect(() => writeReport(inspect([]), 'pdf')).toThrow('There is no format "pdf"; there are text, json');
});
