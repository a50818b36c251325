import { expect, test } from 'vitest';
import { callPage } from '../../../test/builders/captures.ts';
import { now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { Finding, Report } from '../../engine/model/report.ts';
import { emptyTimeline } from '../../engine/timeline/timeline.ts';
import { createChangesTeller, createReportKeeper, type Judged } from './report-changes.ts';

const report = inspect(find(callPage()).sightings, { now, policy: standard, page: callPage().page, lookedAt: [] });
const { sightings: _, ...timeline } = emptyTimeline;
const besides = { isWhole: true, expectations: [], timeline, sightings: new Uint32Array(), judgeAgainAt: now + 60 };

/** What is told of one report after the other, and what is made of it. */
function follow() {
  const changesIn = createChangesTeller();
  const take = createReportKeeper();
  return (next: Report) => {
    const pieces = structuredClone(changesIn(next, besides));
    const wholes = pieces.map(take);
    expect(wholes.slice(0, -1).every((one) => one === null)).toBe(true);
    return { pieces, judged: wholes.at(-1) as Judged };
  };
}

test('a subject that leaves is forgotten on both sides, and told anew when it comes back', () => {
  const tell = follow();
  const some = { ...report, subjects: report.subjects.slice(2) };
  for (const next of [report, some, report, { ...report, subjects: [] }, report])
    expect(tell(next).judged).toEqual({ ...next, ...besides });
});

test('an order that changes alone is all that is told', () => {
  const tell = follow();
  tell(report);
  const turned = { ...report, subjects: [...report.subjects].reverse() };
  const { pieces, judged } = tell(turned);
  expect(pieces).toMatchObject([{ subjects: [], wordings: [] }]);
  expect(judged).toEqual({ ...turned, ...besides });
});

test('findings about several tokens are told when they differ, and only then', () => {
  const tell = follow();
  const [finding] = report.findings.length > 0 ? report.findings : report.subjects.flatMap((one) => one.findings);
  const others = (says: string) => ({ ...report, findings: [{ ...(finding as Finding), says }] });
  tell(others('one'));
  expect(tell(others('one')).pieces[0]?.rest?.findings).toBeNull();
  expect(tell(others('two')).judged.findings).toMatchObject([{ says: 'two' }]);
});

test('wordings travel once, and however many a page causes, no more than some thousands are remembered', () => {
  const tell = follow();
  const [subject] = report.subjects;
  if (!subject) throw new Error('no token was found');
  const worded = (round: number) => ({
    ...report,
    subjects: [
      {
        ...subject,
        findings: Array.from({ length: 3000 }, (_, index) => ({
          ...(subject.findings[0] as Finding),
          title: `${round} ${index}`,
        })),
      },
    ],
  });
  let remembered = 0;
  for (const round of [1, 2, 3, 3]) {
    const { pieces, judged } = tell(worded(round));
    remembered += pieces.reduce((sum, { wordings }) => sum + wordings.length, 0);
    expect(judged.subjects).toEqual(worded(round).subjects);
  }
  expect(remembered).toBe(5000);
});

test('tokens of half a megabyte travel one by one', () => {
  const tell = follow();
  const [subject] = report.subjects;
  if (!subject) throw new Error('no token was found');
  const large = ['a', 'b', 'c'].map((letter) => ({
    ...subject,
    token: { ...subject.token, text: letter.repeat(600_000) },
  }));
  const { pieces, judged } = tell({ ...report, subjects: large });
  expect(pieces.map(({ subjects }) => subjects.length)).toEqual([1, 1, 1]);
  expect(judged.subjects).toEqual(large);
});

test('what many tokens say alike of privileges, and what is long in findings, travels once', () => {
  const tell = follow();
  const [subject] = report.subjects;
  if (!subject) throw new Error('no token was found');
  const [finding] = subject.findings;
  const alike = (index: number) => ({
    ...subject,
    token: { ...subject.token, id: `alike-${index}`, text: `${subject.token.text}${index}` },
    findings: [{ ...(finding as Finding), says: `It is so. ${'Long. '.repeat(100)}` }],
  });
  const given = { ...report, subjects: Array.from({ length: 20 }, (_, index) => alike(index)) };
  const { pieces, judged } = tell(given);
  expect(judged.subjects).toEqual(given.subjects);
  expect(JSON.stringify(pieces).split('It is so.')).toHaveLength(2);
  const granted = Object.keys(subject.facts.privileges).length;
  expect(granted).toBeGreaterThan(5);
  expect(pieces.flatMap(({ grants }) => grants).length).toBeLessThanOrEqual(granted);
  expect(judged.subjects[0]?.facts.privileges.join).toBe(judged.subjects[19]?.facts.privileges.join);
});
