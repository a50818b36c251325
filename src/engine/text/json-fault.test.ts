import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault, lineAndColumn } from './json-fault.ts';

test.each([
  ['', 0],
  ['{"a":01}', 6],
  ['{"a":"\t"}', 6],
  ['{"a":"\\x"}', 6],
  ['{"\\u00g0":1}', 2],
  ['[1,]', 3],
  ['{} x', 3],
  ['{} \u00a0', 3],
  ['{}\n\ufeff', 3],
  [`${'['.repeat(100_000)}`, 100_000],
])('%j stops making sense where it does', (text, at) => {
  expect(jsonFault(text)).toBe(at);
});

test('a fault is found in what the platform does not parse, and in nothing else', () => {
  const scrap = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u0041',
    'a',
    '1',
    '-',
    '.',
    'e',
    'true',
    ' ',
    '\n',
    '\t',
    '\u0000',
    '\u00a0',
    '\ufeff',
    '\r',
    '"a"',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.array(scrap, { maxLength: 12 }).map((all) => all.join('')),
      ),
      (text) => {
        let parsed = true;
        try {
          JSON.parse(text);
        } catch {
          parsed = false;
        }
        expect(jsonFault(text) === null).toBe(parsed);
      },
    ),
    { seed: 20_261_126, numRuns: 3000 },
  );
});

test.each(['\n', '\r\n', '\r'])('a place is told by line and column, where lines end in %j', (end) => {
  expect(lineAndColumn(`{${end}${end}  "a": x`, 8 + 2 * end.length)).toBe('line 3, column 8');
});
