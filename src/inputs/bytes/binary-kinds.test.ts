import { expect, test } from 'vitest';
import { readInput } from '../../../test/builders/read-input.ts';
import { daily } from '../../../test/builders/tokens.ts';

const [host, token] = [daily.host(), daily.guest()];
const bytesOf = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const zeros = Array.from({ length: 30 }, () => 0);

test.each<[what: string, head: string | number[], says: string]>([
  [
    'a SQLite database',
    'SQLite format 3\0',
    'is a SQLite database; its bytes were searched as text, not what they stand for',
  ],
  [
    'a capture of packets',
    [0xd4, 0xc3, 0xb2, 0xa1, 2, 0],
    'is a capture of packets; its bytes were searched as text, not what they stand for',
  ],
  ['a binary file', [1, 2, 3], 'is a binary file; its bytes were searched as text'],
])('%s is named, and searched as bytes and as UTF-16', async (_, head, says) => {
  const wide = Buffer.from(`a ${host} z`, 'utf16le').toString('latin1');
  const { kind, failure, sightings } = await readInput(bytesOf(head, zeros, ` ${token} `, zeros, wide, zeros));
  expect([kind, failure?.message]).toEqual(['binary', says]);
  expect(sightings.map((one) => one.token)).toEqual([token, host]);
});

test('a table of LevelDB is known by its end', async () => {
  const end = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
  const { failure, sightings } = await readInput(bytesOf(zeros, `\x01${token}\x01`, zeros, end));
  expect(failure?.message).toContain('is a table of LevelDB');
  expect(sightings).toMatchObject([{ token }]);
});

/** What databases of LevelDB write first, as Chromium did, with its checksum: which order their keys have. */
const firstRecord = Buffer.from(
  '957cb9c5220001011a6c6576656c64622e4279746577697365436f6d70617261746f72020003020400',
  'hex',
);

/** A log with that and one more record, cut at the ends of blocks (https://github.com/google/leveldb/blob/main/doc/log_format.md). */
function levelLog(record: Buffer): Buffer {
  const parts: Buffer[] = [firstRecord];
  let room = 32_768 - firstRecord.length - 7;
  for (let at = 0; at < record.length; room = 32_768 - 7) {
    const data = record.subarray(at, at + room);
    const isEnd = at + data.length === record.length;
    const head = Buffer.alloc(7);
    head.writeUInt16LE(data.length, 4);
    head[6] = at === 0 ? (isEnd ? 1 : 2) : isEnd ? 4 : 3;
    parts.push(head, data);
    at += data.length;
  }
  return Buffer.concat(parts);
}

test.each([0, 1, 20, 120, 230])('a token that goes over the end of a block of LevelDB is whole: %i', async (before) => {
  const filled = 32_768 - firstRecord.length - 7 - before;
  const log = levelLog(
    bytesOf(
      'y'.repeat(filled - 1),
      '"',
      token,
      '"',
      'x'.repeat(40_000),
      ' ',
      Buffer.from(host, 'utf16le').toString('latin1'),
    ),
  );
  for (const piece of [Number.POSITIVE_INFINITY, 1000]) {
    const { kind, failure, sightings } = await readInput(log, piece);
    expect([kind, failure?.message]).toEqual([
      'binary',
      'is a log of LevelDB; its bytes were searched as text, not what they stand for',
    ]);
    expect(sightings.map((one) => one.token)).toEqual([token, host]);
  }
});

test('what is no record in a log of LevelDB is searched as it is', async () => {
  const { sightings } = await readInput(bytesOf([...firstRecord], zeros, ` ${token} `, zeros));
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
