import { expect, test } from 'vitest';
import { callPage } from '../../../test/builders/captures.ts';
import { now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { Finding, Report } from '../../engine/model/report.ts';
import { sortRows } from './lines.ts';
import { createRowMaker } from './row.ts';

const report = inspect(find(callPage()).sightings, { now, policy: standard, page: callPage().page });

const finding = (parts: Partial<Finding>): Finding => ({
  rule: 'made-up',
  severity: 'high',
  confidence: 'certain',
  title: 'Made up',
  says: '',
  why: '',
  fix: '',
  at: null,
  references: [],
  modifiers: [],
  ...parts,
});

test('a finding about several tokens is listed with each of them', () => {
  const [one, two] = report.subjects;
  const ids = [one, two].flatMap((subject) => subject?.token.id ?? []);
  const rows = createRowMaker()({ ...report, findings: [finding({ severity: 'critical', tokens: ids })] });
  expect(rows.filter(({ worst }) => worst === 'critical').map(({ subject }) => subject.token.id)).toEqual(ids);
});

test('muted findings and details of others are never the worst', () => {
  const [subject] = report.subjects;
  if (!subject) throw new Error('no token was found');
  const findings = [
    finding({ severity: 'critical', muted: { reason: 'accepted' } }),
    finding({ rule: 'detail', severity: 'high', under: 'headline' }),
    finding({ rule: 'headline', severity: 'medium' }),
  ];
  const [row] = createRowMaker()({ ...report, findings: [], subjects: [{ ...subject, findings }] });
  expect(row?.lead?.rule).toBe('headline');
  expect(row?.findings.at(-1)?.muted).toBeDefined();
});

test('of equally bad findings, what is wrong with the token leads before where it is kept, and the surer before the less sure', () => {
  const [subject] = report.subjects;
  if (!subject) throw new Error('no token was found');
  const leads = (...findings: Finding[]) =>
    createRowMaker()({ ...report, findings: [], subjects: [{ ...subject, findings }] })[0]?.findings.map(
      ({ rule }) => rule,
    );
  const stored = finding({ rule: 'stored', at: 'sightings[0]', isOfPlace: true });
  const here = finding({ rule: 'here', at: 'sightings[0]', isOfPlace: false, confidence: 'likely' });
  const saved = finding({ rule: 'saved', at: 'sightings[0]' });
  const doubtful = finding({ rule: 'doubtful', at: 'claims.o', confidence: 'possible' });
  const allowed = finding({ rule: 'allowed', at: 'claims.o' });
  const worse = finding({ rule: 'worse', severity: 'critical', at: 'sightings[1]' });
  expect(leads(stored, saved, doubtful, here, allowed, worse)).toEqual([
    'worse',
    'allowed',
    'here',
    'doubtful',
    'stored',
    'saved',
  ]);
});

test('a token is gone when it is gone from every place, since the last of them', () => {
  const [subject] = report.subjects;
  const [sighting] = subject?.sightings ?? [];
  if (!subject || !sighting) throw new Error('no token was found');
  const gone = (...times: (number | null)[]) =>
    createRowMaker()({
      ...report,
      subjects: [{ ...subject, sightings: times.map((goneAt) => ({ ...sighting, goneAt })) }],
    })[0]?.goneAt;
  expect(gone(now, now + 5)).toBe(now + 5);
  expect(gone(now, null)).toBeNull();
});

test('sorts by any column, both ways, with unknown values last', () => {
  const rows = createRowMaker()(report);
  const identities = (descending: boolean) =>
    sortRows(rows, { column: 'identity', descending }).map(({ subject }) => subject.facts.displayName);
  const known = (names: (string | null)[]) => names.filter((name) => name !== null);
  expect(known(identities(true))).toEqual(known(identities(false)).reverse());
  expect(identities(false).at(-1)).toBeNull();
  expect(identities(true).at(-1)).toBeNull();
});

test('without a column the worst come first, and what is gone last', () => {
  const order = sortRows(createRowMaker()(report), null).map(({ worst }) => worst);
  const ranks = ['critical', 'high', 'medium', 'low', 'info', null];
  expect(order).toEqual([...order].sort((a, b) => ranks.indexOf(a) - ranks.indexOf(b)));
});

test('a row is the same object while nothing of it differs, and another when what it is listed with does', () => {
  const makeRows = createRowMaker();
  const gone = report.subjects.slice(0, 1).map((subject) => ({
    ...subject,
    token: { ...subject.token, id: 'earlier' },
    sightings: subject.sightings.map((sighting) => ({ ...sighting, goneAt: now })),
    replacedBy: 'later',
  }));
  const later = report.subjects.slice(0, 1).map((subject) => ({
    ...subject,
    token: { ...subject.token, id: 'later' },
    replaces: 'earlier',
  }));
  const about = finding({ tokens: ['later'] });
  const rowsOf = (subjects: Report['subjects'], findings: Finding[] = []) =>
    makeRows({ ...report, subjects, findings });
  const first = rowsOf([...later, ...gone], [about]);
  expect(first.map(({ isVersion, versions }) => [isVersion, versions.length])).toEqual([
    [false, 1],
    [true, 0],
  ]);
  for (const [index, row] of rowsOf([...later, ...gone], [about]).entries()) expect(row).toBe(first[index]);
  // The same finding, accepted meanwhile.
  const [muted] = rowsOf([...later, ...gone], [{ ...about, muted: { reason: 'accepted' } }]);
  expect(muted?.findings.find(({ rule }) => rule === 'made-up')?.muted).toEqual({ reason: 'accepted' });
  rowsOf([...later, ...gone]);
  expect(rowsOf(later)[0]?.versions).toEqual([]);
  expect(rowsOf(gone)[0]?.isVersion).toBe(false);
  expect(rowsOf([...later, ...gone]).map(({ isVersion }) => isVersion)).toEqual([false, true]);
});
