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
  expectations: [
    { name: `no ${planted.host}`, held: false, says: `found ${planted.outer}` },
    { name: `not ${planted.host}`, held: null, says: `not checked: nothing of ${planted.outer} was looked at.` },
  ],
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

describe('the sentence', () => {
  const { inputs, ...live } = options;
  const page = { pageUrl: 'https://call.example/standup', frames: [] };
  const of = (id: string, more: FormatOptions) => formats.find((one) => one.id === id)?.write(report, more) ?? '';

  test.each(['text', 'markdown', 'html'])('stands at the start of %s, with no token in it', (id) => {
    const text = of(id, { ...live, page, width: 4000 });
    const at = text.search(/This page/);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(text.search(/meeting token/));
  });

  test.each(['text', 'markdown', 'html'])(
    'of a recording names that, and of a pasted text there is none in %s',
    (id) => {
      const [har, other] = inputs ?? [];
      if (!har || !other) throw new Error('no inputs');
      expect(of(id, { inputs: [{ ...har, readable: true }], width: 4000 })).toMatch(/This recording/);
      expect(of(id, { inputs: [other], width: 4000 })).not.toMatch(/This (?:recording|page) (?:holds|joins|would|<a)/);
      expect(of(id, { width: 4000 })).not.toMatch(/This (?:recording|page) (?:joins|would|<a)/);
    },
  );
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

  test('links only to references, and to its own parts, which are there', () => {
    for (const [, url = ''] of html.matchAll(/href="([^"]*)"/g)) {
      expect(url).toMatch(/^https:\/\/|^#(?:token-\d+|findings|tokens)$/);
      if (url.startsWith('#')) expect(html).toContain(`id="${url.slice(1)}"`);
    }
  });

  test('begins with whose page, when, what it does, who may do what and where tokens lie', () => {
    const page = { pageUrl: 'https://call.example/standup?t=secret#part', frames: [] };
    const { inputs, ...live } = options;
    const written = formats.find(({ id }) => id === 'html')?.write(report, { ...live, page }) ?? '';
    const parts = [
      '<h1>Tokens on https://call.example</h1>',
      '2026-11-20 12:00:00 UTC, by the standard policy.',
      'This page',
      'Worst risk',
      'Who may do what',
      'May its holder …',
      'Where they lie',
      '<h3><bdi>https://call.example</bdi></h3>',
      'any script that runs on this origin',
      'What is wrong',
      'Each token',
    ];
    let at = 0;
    for (const part of parts) {
      expect(written.indexOf(part, at), part).toBeGreaterThan(at);
      at = written.indexOf(part, at);
    }
    expect(written.slice(written.indexOf('<h1>'), written.indexOf('</h1>'))).not.toContain('secret');
  });

  test('says once what is wrong with several tokens, and of which', () => {
    const titles = [...html.matchAll(/<div class="finding"><h3>(.*?)<\/h3>/g)].map(([, title]) => title);
    expect(titles.length).toBeGreaterThan(3);
    expect(html).toMatch(/<li><a href="#token-\d+">\d+<\/a>, <a href="#token-\d+">\d+<\/a>/);
  });

  test('names sites whose hidden cookies were not looked at', () => {
    const closedSites = ['https://call.example'];
    expect(write('html', { closedSites })).toContain(
      'Cookies of https://call.example that scripts cannot read were not looked at.',
    );
  });

  test('warns when tokens are whole', () => {
    expect(html).not.toContain('Whoever has it can use them');
    expect(write('html', { reveal: true })).toContain('Whoever has it can use them');
  });
});
