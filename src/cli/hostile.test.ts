import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { daily, jwt } from '../../test/builders/tokens.ts';
import { roomkey } from '../../test/doubles/fake-terminal.ts';
import { formats } from '../engine/report/formats/index.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomkey-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Everything a terminal acts on or does not show. The layout's own line breaks are told apart by the tests. */
const unseen = /(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]/u;
const lines = (id: string) => (id === 'csv' ? /\r?\n/ : /\n/);
const evil = [
  '\u001b[2J',
  '\u001b]0;title\u0007',
  '\u009b31m',
  '\r',
  '\b',
  '\u0000',
  '\u007f',
  '\u0085',
  '\n',
  '\n  FORGED  ',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u200f',
  '\u061c',
  '\ufeff',
  '\u2028',
  '\u2029',
  '\ud800',
  '\udc00',
  '\u{e0041}',
  '\u00ad',
  '\u180e',
  '|',
  '`',
  '<b>',
  '](x)',
  '=1',
  '\t',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...evil), fc.string({ maxLength: 4 })), { maxLength: 6 })
  .map((all) => all.join(''));

function state(text: string): string {
  const token = jwt({ r: `room${text}`, d: daily.domain, o: true, user_name: text, [`claim${text}`]: text });
  return JSON.stringify({
    cookies: [{ name: `c${text}`, value: `${token}`, domain: `call.example${text}`, path: text }],
    origins: [
      {
        origin: `https://call.example${text}`,
        localStorage: [{ name: `k${text}`, value: JSON.stringify({ [text]: token }) }],
      },
    ],
  });
}

describe('no character that steers or hides reaches the output', () => {
  test.each(formats.map(({ id }) => id))('of scan as %s, revealed or not', async (id) => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.boolean(), async (text, reveal) => {
        const path = file(`state${id}.json`, state(text));
        const policy = file(`policy${id}.json`, JSON.stringify({ name: `mine${text}` }));
        const expectations = file(
          `expect${id}.json`,
          JSON.stringify({ expect: [{ name: `n${text}`, none: { room: { like: `room${text}*` } } }] }),
        );
        const args = ['scan', path, '--format', id, '--policy', policy, '--expect', expectations];
        const { out, complaints } = await roomkey([...args, ...(reveal ? ['--reveal'] : [])]);
        for (const line of [...out.split(lines(id)), ...complaints]) expect(line).not.toMatch(unseen);
        if (id === 'text') expect(out).not.toMatch(/^ {2}FORGED {2}/m);
      }),
      { seed: 20_261_126, numRuns: 25 },
    );
  });

  test.each(['decode', 'verify'])('of %s', async (command) => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const token = jwt({ r: text, [text]: text });
        const options = command === 'decode' ? ['--reveal'] : ['--secret-env', 'S', '--alg', `A${text}`];
        const { out, complaints } = await roomkey([command, '-', ...options], `${text} ${token} ${text}`, {
          S: 'secret',
        });
        for (const line of [...out.split('\n'), ...complaints]) expect(line).not.toMatch(unseen);
      }),
      { seed: 20_261_126, numRuns: 25 },
    );
  });

  test('of a complaint that quotes an argument or a file', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const bad = file('bad.json', JSON.stringify({ [text]: 1, off: [text] }));
        for (const args of [
          [text],
          ['scan', `/nonexistent/${text}`],
          ['scan', 'a', `--x${text}`],
          ['scan', 'a', '--now', text],
          ['scan', 'a', '--fail-on', text],
          ['scan', 'a', '--format', text],
          ['scan', 'a', '--policy', `/nonexistent/${text}`],
          ['scan', 'a', '--policy', bad],
          ['scan', 'a', '--expect', bad],
          ['rules', '--format', `x${text}`],
          ['verify', 'x', '--key', `/nonexistent/${text}`],
          ['verify', 'x', '--secret-env', `N${text}`],
        ]) {
          const { code, complaints } = await roomkey(args);
          expect(code).toBe(args[0] === 'help' ? 0 : 2);
          for (const line of complaints) expect(line).not.toMatch(unseen);
        }
      }),
      { seed: 20_261_126, numRuns: 25 },
    );
  });
});

test('a token given where none belongs is not shown whole', async () => {
  const token = daily.host();
  for (const args of [
    [token],
    ['rules', token],
    ['scan', token],
    ['scan', 'a', '--now', token],
    ['providers', '--format', token],
  ]) {
    const { code, complaints } = await roomkey(args);
    expect(code).toBe(2);
    expect(complaints.join()).not.toContain(token);
  }
});

test('a revealed token is shown whole however long it is', async () => {
  const token = jwt({ r: 'x'.repeat(6000), d: daily.domain });
  expect((await roomkey(['scan', file('long.txt', token), '--reveal'])).out).toContain(token);
});

test.each(['2026-02-30', '2026-13-01', '2026-11-20 foo', '2026-11-20T25:00Z', '-5', '1e9', '9999999999999', '', ' 5'])(
  '%j is no time to judge by',
  async (text) => {
    const { code, complaints } = await roomkey(['scan', 'a', `--now=${text}`]);
    expect([code, complaints]).toEqual([2, [expect.stringMatching(/^roomkey: --now takes a time/)]]);
  },
);

test('-- ends the options, and what follows is a file even when it looks like one', async () => {
  const { code, complaints } = await roomkey(['scan', '--', '--help']);
  expect([code, complaints]).toEqual([2, ['roomkey: --help does not exist']]);
});
