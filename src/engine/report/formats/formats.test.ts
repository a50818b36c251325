import { describe, expect, test } from 'vitest';
import { planted, plantedReport, plantedSecrets, repeatedReport } from '../../../../test/builders/reports.ts';
import { now } from '../../../../test/builders/tokens.ts';
import type { FormatOptions } from './format.ts';
import { formats } from './index.ts';

const report = plantedReport();
const options: FormatOptions = {
  inputs: [
    {
      name: `call ${planted.guest}.har`,
      kind: 'har',
      bytes: 12,
      readable: false,
      problems: [{ code: 'input-truncated', message: `Cut off at ${planted.guest}` }],
    },
    { name: 'b.txt', kind: 'text', bytes: 3, readable: true, problems: [] },
  ],
  expectations: [{ name: `no ${planted.host}`, held: false, says: `found ${planted.outer}` }],
  width: 80,
};

function write(id: string, more: FormatOptions = {}): string {
  const format = formats.find((one) => one.id === id);
  if (!format) throw new Error(`no format ${id}`);
  return format.write(report, { ...options, ...more });
}

test('every planted token was found', () => {
  const found = report.subjects.map(({ token }) => token.text);
  expect(found).toEqual(expect.arrayContaining(Object.values(planted).filter((token) => token !== planted.inner)));
});

test.each(formats.map(({ id }) => id))('%s holds no planted payload or signature', (id) => {
  const text = write(id, { color: true });
  for (const secret of plantedSecrets) {
    for (const spelling of [secret, encodeURIComponent(secret), btoa(secret).slice(0, -4)]) {
      expect(text).not.toContain(spelling);
    }
  }
});

test.each(['text', 'json', 'csv', 'markdown', 'html'])('%s shows tokens whole when told to', (id) => {
  expect(write(id, { reveal: true })).toContain(planted.guest);
});

test.each(formats.map(({ id }) => id))('%s writes the same report the same way twice', (id) => {
  expect(write(id)).toBe(write(id));
});

test.each([
  [
    'text',
    /entry 3: request header\s+Authorization on https:\/\/api\.example,\s[^,]+,\s+and 1,997\s+more\s+times,\s+last\s+at\s+2026-11-20\s+12:33:19 UTC/,
  ],
  ['markdown', 'and 1,997 more times, last at 2026-11-20 12:33:19 UTC'],
  ['html', 'and 1,997 more times, last at 2026-11-20 12:33:19 UTC'],
  ['csv', '1997,"2026-11-20 12:33:19 UTC"'],
  ['json', `"lastAt": ${now + 1999}`],
])('%s tells how often a place was met again, and when at last', (id, words) => {
  const format = formats.find((one) => one.id === id);
  const text = format?.write(repeatedReport(2000), { width: 120 });
  expect(text).toMatch(words);
  expect(format?.write(repeatedReport(1), {})).not.toMatch(/and [\d,]+ more times|lastAt|1997/);
});

describe('text', () => {
  test('wraps to the width, words alone excepted', () => {
    for (const line of write('text').split('\n')) {
      const [word = ''] = line.trim().split(' ');
      expect(line.length).toBeLessThanOrEqual(Math.max(80, 13 + word.length));
    }
  });

  test('sends nothing to the terminal that is not text, unless colours are wanted', () => {
    expect(write('text')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    const coloured = write('text', { color: true });
    expect(coloured).toContain('\u001b[');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).not.toContain('\u001b');
  });

  test('says what counts', () => {
    const text = write('text');
    expect(text).toMatch(/Daily.*room standup, host \(owner\)/);
    expect(text).toContain('active until 2026-11-20 13:00:00 UTC (for another 1 hour)');
    expect(text).toMatch(/^ {2}FAILED/m);
    expect(text.replace(/\s+/g, ' ')).toContain('1 of 2 inputs could not be read');
  });
});

describe('Markdown', () => {
  test('makes nothing of hostile text: no HTML, mention or broken table', () => {
    const markdown = write('markdown');
    expect(markdown).not.toMatch(/<img/);
    expect(markdown).not.toMatch(/[^`]@everyone/);
    for (const row of markdown.split('\n').filter((line) => line.startsWith('|'))) {
      expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(4);
    }
  });
});

describe('CSV', () => {
  const rows = write('csv').split('\r\n').slice(0, -1);

  test('has as many cells in every row', () => {
    const cells = (row: string) => row.replace(/"(?:[^"]|"")*"/g, '').split(',').length;
    expect(new Set(rows.map(cells)).size).toBe(1);
    expect(rows.length).toBe(1 + report.subjects.reduce((sum, { sightings }) => sum + sightings.length, 0));
  });

  test('lets no cell begin a formula', () => {
    for (const cell of rows.flatMap((row) => row.match(/"(?:[^"]|"")*"/g) ?? []))
      expect(cell).not.toMatch(/^"[=+\-@\t\r]/);
    expect(rows.join()).toContain(`"'=cmd|`);
  });
});

describe('HTML', () => {
  const html = write('html');

  test('is one page that loads and runs nothing', () => {
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
    const tags = html.match(/<[^>]*>/g) ?? [];
    expect(
      tags.filter((tag) => /^<(?:script|img|link|iframe|object|form)|\son\w+=|javascript:|\ssrc=/i.test(tag)),
    ).toEqual([]);
    expect(html).toContain('&#60;img src=x');
  });

  test('links only to references', () => {
    for (const [, url] of html.matchAll(/href="([^"]*)"/g)) expect(url).toMatch(/^https:\/\//);
  });

  test('warns when tokens are whole', () => {
    expect(html).not.toContain('Whoever has it can use them');
    expect(write('html', { reveal: true })).toContain('Whoever has it can use them');
  });
});
