import { expect, test } from 'vitest';
import { daily, jwt, now } from '../../../test/tokens.ts';
import { emptyCapture } from '../../inputs/empty-capture.ts';
import { find, inspect } from '../inspect.ts';
import { policies } from '../policies.ts';
import type { FormatOptions } from './format.ts';
import { formats } from './index.ts';

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

test('in SARIF, no message has a link of its own', () => {
  const { runs } = JSON.parse(write('sarif', { room: 'a [click](https://evil.example)' }));
  const messages: string[] = runs[0].results.map(({ message }: { message: { text: string } }) => message.text);
  expect(messages.join('\n')).toContain('click');
  for (const message of messages) expect(message).not.toMatch(/\]\(/);
});

test.each(['x;=1+1', 'x; +1', 'x;"=1', ';;-1', '=1;@a', ' \t=1'])(
  'in CSV, no cell begins a formula, wherever cells are parted: %j',
  (room) => {
    const csv = write('csv', { room });
    for (const cell of csv.split(/[;,]|\r\n/)) expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
  },
);
