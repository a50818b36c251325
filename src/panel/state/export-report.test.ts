import { computed, signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { jwt, now } from '../../../test/builders/tokens.ts';
import { judge } from '../../../test/cases/rule.ts';
import type { Format } from '../../engine/report/formats/format.ts';
import { formats } from '../../engine/report/formats/index.ts';
import { createExport } from './export-report.ts';
import { createMessages } from './messages.ts';

const token = jwt({ sub: 'someone' });

function setUp(list: readonly Format[], isWhole = true) {
  const saved: { name: string; text: string }[] = [];
  const messages = createMessages();
  const exporting = createExport({
    host: { save: async (file) => void saved.push(file) },
    messages,
    time: { actual: signal(now) },
    report: signal(judge({ local: { auth: token } })),
    isWhole: signal(isWhole),
    page: { hasCapture: signal(true), place: signal({ pageUrl: null, frames: [] }), closedSites: signal([]) },
    recordings: { imported: signal(null) },
    expectations: { results: computed(() => []) },
    validation: { replies: () => new Map() },
    loadFormats: async () => list,
  });
  return { saved, messages, exporting, exportReport: exporting.exportReport };
}

test.each(formats)('the format $id that throws is named, quotes nothing, and leaves no file', async ({ id }) => {
  const write = vi.fn((): string => {
    throw new TypeError(`cannot write ${token}`);
  });
  const broken = formats.map((format) => (format.id === id ? { ...format, write } : format));
  const { saved, messages, exportReport } = setUp(broken);
  await exportReport(true, id);
  expect(write).toHaveBeenCalledOnce();
  expect(messages.failure.value).toBe(
    `The report could not be saved: A part of Roomkey failed: the format "${id}" (TypeError). Nothing was written in it. Everything else stands.`,
  );
  expect(messages.notice.value).toBe('');
  expect(saved).toEqual([]);

  const other = formats.find((one) => one.id !== id);
  await exportReport(true, other?.id);
  expect(saved).toHaveLength(1);
  expect(saved[0]?.text).toContain(token);
});

test('what is thrown is told by its name alone, however odd it is', async () => {
  const thrown = [token, null, { name: token, message: token }, Object.assign(new Error(token), { name: token })];
  for (const one of thrown) {
    const write = () => {
      throw one;
    };
    const { messages, exportReport } = setUp(formats.map((format) => ({ ...format, write })));
    await exportReport(false, 'json');
    expect(messages.failure.value).toContain('the format "json". Nothing was written');
  }
});

test('every format can be chosen, the page for a team first, what is read at a terminal last, and the first is taken unless told', async () => {
  const { exporting, saved, exportReport } = setUp(formats);
  expect(exporting.formats.value).toEqual([]);
  expect(await exporting.offerFormats()).toBe(true);
  const ids = exporting.formats.value.map(({ id }) => id);
  expect([...ids].sort()).toEqual(formats.map(({ id }) => id).sort());
  expect([ids[0], ids.at(-1)]).toEqual(['html', 'text']);
  await exportReport(false);
  expect(saved[0]?.name).toMatch(/\.html$/);
});

// A table of tokens has no place for it; the notice says so of every format.
const withProblems = formats.filter(({ id, isWithoutTokens }) => id !== 'csv' && !isWithoutTokens);

test.each(withProblems)(
  'a report saved as $id before all was judged says so, and a whole one does not',
  async ({ id }) => {
    for (const isWhole of [false, true]) {
      const { saved, messages, exportReport } = setUp(formats, isWhole);
      await exportReport(false, id);
      expect(/before\s+all\s+of\s+them\s+were\s+judged/.test(saved[0]?.text ?? '')).toBe(!isWhole);
      expect(messages.notice.value.includes('before all tokens were judged')).toBe(!isWhole);
    }
  },
);
