import { expect, test } from 'vitest';
import { type Found, nodesOf, sourceNodes } from './source-nodes.ts';

/** A function on one screen is read at a glance; one of two screens should say why it cannot be carved. */
const longest = 120;
const screen = 60;
const mostBeyondScreen = 20;
/** What runs inside a page goes there as one text, so it cannot be carved. */
const longestInPage = 310;
const inPage = /^(?:probes|extension\/trace)\//;

/** Functions by file and first line, with how many lines they have, the longest first. */
function lengths(all: readonly Found[]): { at: string; lines: number }[] {
  return all
    .filter(({ node }) => /Function/.test(node.type) && typeof node.body === 'object' && node.body !== null)
    .map(({ file, node, text }) => ({
      at: `${file}:${lineOf(text, node.start)}`,
      lines: lineOf(text, node.end) - lineOf(text, node.start) + 1,
    }))
    .sort((a, b) => b.lines - a.lines);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

const functions = lengths(sourceNodes());
const longerThan = (most: number, mostInPage = most) =>
  functions
    .filter(({ at, lines }) => lines > (inPage.test(at) ? mostInPage : most))
    .map(({ at, lines }) => `${at} has ${lines} lines`);

test('functions are measured from their first line to their last, methods and closures too', () => {
  const source = 'function one() {\n  return () => {\n    return 1;\n  };\n}\nconst two = {\n  run() {\n  },\n};\n';
  expect(lengths(nodesOf('one.ts', source))).toEqual([
    { at: 'one.ts:1', lines: 5 },
    { at: 'one.ts:2', lines: 3 },
    { at: 'one.ts:7', lines: 2 },
  ]);
  expect(functions.length).toBeGreaterThan(3000);
});

test(`no function has more than ${longest} lines, or ${longestInPage} where it runs inside a page`, () => {
  expect(longerThan(longest, longestInPage)).toEqual([]);
});

test(`at most ${mostBeyondScreen} functions have more than ${screen} lines`, () => {
  const beyond = longerThan(screen, longestInPage);
  expect(beyond.length, beyond.join('\n')).toBeLessThanOrEqual(mostBeyondScreen);
});
