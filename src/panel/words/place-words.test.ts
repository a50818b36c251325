import { expect, test } from 'vitest';
import { encodings } from '../../engine/find/encodings/index.ts';
import { encodingWord, encodingWords } from './place-words.ts';

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
