import { expect, test } from 'vitest';
import { readInput } from '../../../test/builders/read-input.ts';
import { daily } from '../../../test/builders/tokens.ts';

const token = daily.guest();
const bytesOf = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const zeros = Array.from({ length: 30 }, () => 0);

test.each<[what: string, head: string | number[], says: string]>([
  [
    'a SQLite database',
    'SQLite format 3\0',
    'is a SQLite database; its bytes were searched as text, not what they stand for',
  ],
  ['a binary file', [1, 2, 3], 'is a binary file; its bytes were searched as text'],
])('%s is named, and searched as bytes and as UTF-16', async (_, head, says) => {
  const wide = Buffer.from(`a ${daily.host()} z`, 'utf16le').toString('latin1');
  const { kind, failure, sightings } = await readInput(bytesOf(head, zeros, ` ${token} `, zeros, wide, zeros));
  expect([kind, failure?.message]).toEqual(['binary', says]);
  expect(sightings.map((one) => one.token)).toEqual([token, daily.host()]);
});

test('a table of LevelDB is known by its end', async () => {
  const end = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
  const { failure, sightings } = await readInput(bytesOf(zeros, `\x01${token}\x01`, zeros, end));
  expect(failure?.message).toContain('is a table of LevelDB');
  expect(sightings).toMatchObject([{ token }]);
});

test.each<[what: string, head: string | number[]]>([
  ['a picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a font', 'wOF2'],
  ['a film', [0, 0, 0, 24, ...Buffer.from('ftypisom')]],
  ['a sound', 'ID3'],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
])('of %s nothing is said, but what it holds', async (_, head) => {
  const { kind, failure, problems, sightings } = await readInput(bytesOf(head, zeros, ` ${token} `, zeros));
  expect([kind, failure, problems]).toEqual(['binary', null, []]);
  expect(sightings).toMatchObject([{ token }]);
});
