import { expect, test } from 'vitest';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';
import { policies } from '../../audit/policy/policies.ts';
import { find, inspect } from '../../inspect.ts';
import { emptyCapture } from '../../model/capture.ts';
import type { Report } from '../../model/report.ts';
import type { FormatOptions } from './format.ts';
import { formats } from './index.ts';
import { escapeMarkdown } from './markdown-text.ts';

/** A report about one token of Daily for such a room, kept in local storage under such a name. */
function write(id: string, { room = 'standup', key = 'k' }: { room?: string; key?: string }, options?: FormatOptions) {
  const text = jwt({ r: room, d: daily.domain, o: true, iat: now, exp: now + 60, [room]: 1 });
  const origin = 'https://call.example';
  const { sightings } = find({
    ...emptyCapture(now),
    stores: [{ source: 'local-storage', origin, url: origin, entries: [{ key, text }], readBy: 'isolated-world' }],
  });
  expect(sightings).not.toEqual([]);
  const format = formats.find((one) => one.id === id);
  return format?.write(inspect(sightings, { now, policy: policies.standard }), options ?? {}) ?? '';
}

test.each(formats.map(({ id }) => id))('%s is written whatever runs a name is made of', (id) => {
  for (const piece of ['`a', '``', '|', '<', '"', ';=']) {
    const text = write(id, { key: piece.repeat(200_000 / piece.length) });
    expect(text.length).toBeGreaterThan(500);
  }
});

test.each([40, 80, 100])(
  'in text of %i columns, a name begins no line that reads as a token, a row or the end',
  (width) => {
    for (const forged of ['Zoom, room forged, host', '0 tokens: no findings.', 'About several tokens']) {
      for (let before = 0; before < width; before += 7) {
        const room = `${'x'.repeat(before)} ${' '.repeat(before % 3)}${forged}`;
        const lines = write('text', { room }, { width }).split('\n');
        const [first = ''] = forged.split(' ');
        expect(lines.filter((line) => line.startsWith(first) && !line.startsWith('1 token'))).toEqual([]);
      }
    }
  },
);

test('in Markdown, a name is spelled once, mentions nobody and is no formula', () => {
  const markdown = write('markdown', { room: '<b>x</b> @octocat #12 &amp; $\\href{https://evil.example}{x}$' });
  expect(markdown).toContain('&#60;b&#62;x&#60;/b&#62;');
  expect(markdown).not.toContain('&&#');
  // What a host has once entities are resolved, which is when it looks for mentions and issues.
  const rendered = markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  expect(rendered.replace(/`[^`]*`|\]\(https:[^)]*\)/g, '')).not.toMatch(/[@#](?=\w)/);
  expect(markdown.replace(/`[^`]*`/g, '')).not.toMatch(/(?<!\\)\$/);
});

const names = [
  '\\\\[click\\](https://evil.example)',
  '[[a](1)](https://evil.example)',
  '{0} {{1}} }{',
  '[click](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '<https://evil.example>',
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  'HTTPS://evil.example www.evil.example WWW.evil.example ftp://evil.example',
  '@octocat #12 !7 &3 ~bug %4 $5 ^alert',
  '**bold** _it_ ~~gone~~ | cell |',
  '`` `<b>`',
  '\n# Heading\n- item\n',
  '[a]: https://evil.example',
];

/** A report in which every text that a rule may write, or a page bring, is this name. */
function reportOf(name: string): Report {
  const report = inspect(find({ ...emptyCapture(now), texts: [{ name, text: daily.host({ r: name }) }] }).sightings, {
    now,
    policy: policies.standard,
    problems: [{ code: 'unit-failed', message: name, subject: name }],
  });
  const [finding] = report.subjects.flatMap(({ findings }) => findings);
  if (!finding) throw new Error('nothing was found');
  report.findings.push({ ...finding, rule: 'hostile', title: name, says: name, why: name, fix: name });
  report.findings.push({
    ...finding,
    rule: 'muted',
    title: name,
    says: name,
    why: '',
    fix: '',
    muted: { reason: name },
  });
  for (const { sightings } of report.subjects) for (const sighting of sightings) sighting.input = name;
  return { ...report, policy: name };
}

/** Every text of a value, with the name of its member. */
function textsIn(value: unknown, name = ''): [string, string][] {
  if (typeof value === 'string') return [[name, value]];
  return Object.entries(Object(value)).flatMap(([key, one]) => textsIn(one, key));
}

/** A line without its code spans, as CommonMark reads them (§6.1), and without the links that rules bring. */
function words(line: string): string {
  let left = '';
  for (let at = 0; at < line.length; ) {
    const [run = ''] = /^`+/.exec(line.slice(at)) ?? [];
    const [, inside] = new RegExp(`^${run}(.*?[^\`])${run}(?!\`)`).exec(run ? line.slice(at) : '') ?? [];
    const taken = line[at] === '\\' ? line.slice(at, at + 2) : run || (line[at] as string);
    if (inside === undefined) left += taken;
    at += inside === undefined ? taken.length : inside.length + 2 * run.length;
  }
  return left.replace(/\[[\w-]+\]\(https:\/\/(?!evil)[^)]*\)|<https:\/\/(?!evil)[^>]*>/g, '');
}

const written = (id: string, name: string) =>
  formats
    .find((one) => one.id === id)
    ?.write(reportOf(name), {
      inputs: [{ name, kind: name, bytes: 1, readable: true, problems: [{ code: 'x', message: name }] }],
      expectations: [{ name, held: false, says: name }],
    }) ?? '';

test.each(names)('in Markdown, no name is more than words: %j', (name) => {
  const helps = textsIn(JSON.parse(written('sarif', name))).filter(([key]) => key === 'markdown');
  const markdown = [written('markdown', name), ...helps.map(([, text]) => text)].join('\n\n');
  for (const line of markdown.split('\n').map(words)) {
    expect(line).not.toMatch(/<[a-z/!]|:\/\/|\bwww\.|(?<!\\)\]\(|^(?:# Heading|- item|\[a\]:)/i);
    expect(line.replace(/^- \[[ x]\]/, '')).not.toMatch(/(?<!\\)[_[\]~$`]/);
    // Hosts look for whom and what is meant once entities are resolved.
    const shown = line.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replaceAll('\\', '');
    expect(shown.replace(/^#+ /, '')).not.toMatch(/[@#](?=\w)|(?<!\w)[!&%~^](?=[\w"])/);
  }
});

test.each(['`a\\|![x](https://evil.example/x.png)`', 'a\\|b', '`|`', '`\\\\|` |', '\\`|`'])(
  'in Markdown, no bar of a name ends a cell, whichever way backslashes before it are counted: %j',
  (name) => {
    expect(escapeMarkdown(name)).toContain('|');
    expect(escapeMarkdown(name)).not.toMatch(/(?<!\\)(?:\\\\)*\|/);
  },
);

/** The links of a plain message, by the grammar of SARIF 2.1.0 §3.11.6: a backslash stands for itself but before one of its kind. */
function linksIn(text: string): string[] {
  const literal = text.replace(/\\[\\[\]]/g, '_');
  return literal.match(/\[[^\\[\]]*\]\([^)]*\)/g) ?? [];
}

test.each(names)('in SARIF, no text has a link of its own, and no place leads elsewhere: %j', (name) => {
  const all = textsIn(JSON.parse(written('sarif', name)));
  expect(all.filter(([key]) => key === 'text').length).toBeGreaterThan(5);
  for (const [key, text] of all) {
    if (key === 'text') expect(linksIn(text)).toEqual([]);
    if (key === 'markdown') expect(text).not.toMatch(/(?<!\\)\]\(https:\/\/[^)]*evil/);
    if (key === 'text' || key === 'markdown') expect(text.replaceAll(/\{\{|\}\}/g, '')).not.toMatch(/[{}]/);
    if (key === 'uri') expect(new URL(text, 'https://host.example/').host).toBe('host.example');
  }
});

test.each(['javascript:alert(1)', '//evil.example/x', '\\\\evil.example\\x', 'data:text/html,x', 'a:b'])(
  'in SARIF, a file named %j is a path',
  (name) => {
    const report = reportOf('x');
    for (const { sightings } of report.subjects) for (const sighting of sightings) sighting.input = name;
    const { runs } = JSON.parse(formats.find(({ id }) => id === 'sarif')?.write(report, {}) ?? '');
    const { uri } = runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    expect(new URL(uri, 'https://host.example/a/').origin).toBe('https://host.example');
  },
);

test.each(names)('in HTML, no name is markup: %j', (name) => {
  const page = written('html', name);
  const tags = new Set([...page.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, tag]) => tag));
  for (const tag of tags) expect(htmlTags).toContain(tag);
  for (const [, href] of page.matchAll(/href="([^"]*)"/g)) expect(href).not.toContain('evil');
});

/** What the page itself is made of. */
const htmlTags =
  '!doctype html head meta title style body main section div h1 h2 h3 p strong b bdi details summary span dl dt dd code pre ul li a br table thead tbody tr th td'.split(
    ' ',
  );

test.each(['x;=1+1', 'x; +1', 'x;"=1', ';;-1', '=1;@a', ' \t=1'])(
  'in CSV, no cell begins a formula, wherever cells are parted: %j',
  (room) => {
    const csv = write('csv', { room });
    for (const cell of csv.split(/[;,]|\r\n/)) expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
  },
);
