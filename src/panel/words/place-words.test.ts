import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { rowsOf } from '../../../test/builders/panel-rows.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { encodings } from '../../engine/find/encodings/index.ts';
import { encodingWord, encodingWords, goneRowsWords } from './place-words.ts';

test.each(encodings)('the encoding $id is called by its own name', ({ id, name }) => {
  expect(encodingWord(id)).toBe(name);
  expect(name).not.toBe('');
});

test.each(['rot13', '__proto__', 'constructor', ''])('an encoding %j of another version keeps its id', (id) => {
  expect(encodingWord(id)).toBe(id);
});

test('an id that hides characters shows them', () => {
  expect(encodingWord('per\u202ecent')).toBe('per\\u202ecent');
});

test('an encoding that was undone several times in a row is named once', () => {
  expect(encodingWords([])).toBe('');
  expect(encodingWords(['percent', 'json-string', 'json-string', 'percent'])).toBe(
    `${encodingWord('percent')}, then ${encodingWord('json-string')} 2 times, then ${encodingWord('percent')}`,
  );
});

test.each([
  [[false], 'gone'],
  [[true, true], 'out of sight'],
  [[true, false, true], 'gone or out of sight'],
  [[], ''],
])('of tokens of which %j may still lie somewhere it is said that they are %j', (left, words) => {
  const rows = left.flatMap((mayLie) =>
    rowsOf(captureOf({ stores: [localStorageOf({ auth: daily.guest() })] })).map(({ subject }) => ({
      subject: {
        ...subject,
        sightings: subject.sightings.map((one) => ({
          ...one,
          goneAt: now,
          ...(mayLie && { isOutOfSight: true as const }),
        })),
      },
    })),
  );
  expect(goneRowsWords(rows)).toBe(words);
});
