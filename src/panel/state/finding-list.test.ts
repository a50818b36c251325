import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { findingOf, rowsOf } from '../../../test/builders/panel-rows.ts';
import { daily } from '../../../test/builders/tokens.ts';
import type { Finding } from '../../engine/model/report.ts';
import { createFindingList, type FindingGroup } from './finding-list.ts';
import type { Row } from './row.ts';

const [one, two] = rowsOf(captureOf({ stores: [localStorageOf({ a: daily.guest(), b: daily.host() })] }));
if (!one || !two) throw new Error('too few tokens');
const row = (of: Row, findings: Finding[], goneAt: number | null = null): Row => ({ ...of, findings, goneAt });

const serious = findingOf({ rule: 'serious', severity: 'high' });
const mild = findingOf({ rule: 'mild', severity: 'low', at: 'claims.exp' });
const note = findingOf({ rule: 'note', severity: 'info' });
const muted = findingOf({ rule: 'accepted', severity: 'critical', muted: { reason: 'known' } });

const rules = (groups: FindingGroup[]) => groups.map(({ first, entries }) => `${first.rule} × ${entries.length}`);

test('findings are grouped by rule, the worst first; notes, muted ones and those of what is gone apart', () => {
  const rows = signal([row(one, [note, mild, muted]), row(two, [{ ...note }, serious]), row(one, [{ ...serious }], 7)]);
  const { sections } = createFindingList(rows);
  expect(rules(sections.value.counting)).toEqual(['serious × 1', 'mild × 1']);
  expect(rules(sections.value.notes)).toEqual(['note × 2']);
  expect(rules(sections.value.muted)).toEqual(['accepted × 1']);
  expect(rules(sections.value.past)).toEqual(['serious × 1']);
});

test('what is worse with one token than with another is counted for each', () => {
  const less = findingOf({ rule: 'serious', severity: 'low' });
  const { sections } = createFindingList(signal([row(one, [less]), row(two, [serious])]));
  expect(sections.value.counting.map(({ first, entries }) => `${entries.length} ${first.severity}`)).toEqual([
    '1 high',
    '1 low',
  ]);
});

test('a finding about several tokens is one entry', () => {
  const together = findingOf({ tokens: [one, two].map(({ subject }) => subject.token.id) });
  const { entries } = createFindingList(signal([row(one, [together]), row(two, [together])]));
  expect(entries.value).toHaveLength(1);
});

test('next and previous go through all of them, and stop at either end', () => {
  const findings = createFindingList(signal([row(one, [mild, note]), row(two, [serious])]));
  const opened = () => findings.open.value?.finding.rule;
  findings.step(1);
  expect(opened()).toBe('serious');
  findings.step(1);
  findings.step(1);
  expect(opened()).toBe('note');
  findings.step(1);
  expect(opened()).toBe('note');
  findings.step(-2);
  findings.step(-1);
  expect(opened()).toBe('serious');
});

test('two findings of one rule at one place are both reached', () => {
  const other = findingOf({ rule: 'serious', says: 'Another thing.' });
  const findings = createFindingList(signal([row(one, [serious, other])]));
  findings.step(1);
  findings.step(1);
  expect(findings.open.value?.finding).toBe(other);
});

test('the one that is open stays open while the page changes, and closes when it is no longer found', () => {
  const rows = signal([row(one, [serious])]);
  const findings = createFindingList(rows);
  findings.step(1);
  rows.value = [row(two, [mild]), row(one, [{ ...serious }])];
  expect(findings.open.value?.row.subject).toBe(one.subject);
  rows.value = [row(two, [mild])];
  expect(findings.open.value).toBeNull();
});
