import { expect, test } from 'vitest';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { judge } from '../../../test/cases/rule.ts';
import type { KeySearchReply } from './key-messages.ts';
import { searchInSteps } from './search-key.ts';

const claims = { iss: 'https://login.acme.com', sub: 'ada', exp: now + hours(1) };

function steps(token: string, literals: string[] = []): KeySearchReply[] {
  const [subject] = judge({ local: { t: token } }).subjects;
  if (!subject) throw new Error('no token was found');
  let milliseconds = 0;
  const clock = () => {
    milliseconds += 500;
    return milliseconds;
  };
  return [...searchInSteps({ subject, page: null, literals }, clock)];
}

test('guesses per second are counted from the start', () => {
  const replies = steps(jwt(claims, {}, 'your-256-bit-secret'));
  const last = replies.at(-1);
  expect(last).toMatchObject({ kind: 'done', key: { kind: 'known', says: expect.stringContaining('jwt.io') } });
  expect(last?.perSecond).toBe((last?.tried ?? 0) / (0.5 * (replies.length - 1)));
});

test('a secret seen in the page is tried', () => {
  expect(steps(jwt(claims, {}, 'q7W2e9R4t1Y6u3I8o5P0'), ['q7W2e9R4t1Y6u3I8o5P0']).at(-1)).toMatchObject({
    key: { kind: 'derivable' },
  });
});

test('a key that cannot be guessed ends the search without one, after every guess was reported', () => {
  const replies = steps(jwt(claims, {}, 'q7W2e9R4t1Y6u3I8o5P0'));
  const last = replies.at(-1);
  expect(last).toMatchObject({ kind: 'done', key: null });
  expect(last?.tried).toBe(last?.total);
  expect(replies.length).toBeGreaterThan(10);
}, 60_000);
