import { expect, test, vi } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { jwt } from '../../../test/builders/tokens.ts';
import { find } from '../../engine/find/find.ts';
import { byteWork } from '../../inputs/bytes/byte-work.ts';
import { createOwnTexts } from './own-texts.ts';

const look = (...subjects: string[]) =>
  find(captureOf({ stores: [localStorageOf({ all: JSON.stringify(subjects.map((sub) => jwt({ sub }))) })] })).sightings;

test('sightings say what they said, and each text is copied once for as long as it is found', () => {
  const copy = vi.spyOn(byteWork, 'copy');
  const own = createOwnTexts();
  const found = look('ada', 'bob');
  expect(own(found)).toEqual(found);
  const times = copy.mock.calls.length;
  expect(times).toBe(4);
  own(look('ada', 'bob'));
  expect(copy).toHaveBeenCalledTimes(times);
  own(look('ada'));
  own(look('ada', 'bob'));
  expect(copy).toHaveBeenCalledTimes(times + 2);
  copy.mockRestore();
});
