import { expect, test } from 'vitest';
import { encodings } from '../../engine/find/encodings/index.ts';
import { encodingWord } from './place-words.ts';

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
