import { expect, test } from 'vitest';
import { dailyToken } from '../../../test/builders/join-tokens.ts';
import { now } from '../../../test/builders/tokens.ts';
import { judge } from '../../../test/cases/rule.ts';
import { diagnose } from './diagnose.ts';

const token = dailyToken({ u: 'Grace' });
const own = 'https://api.daily.co/v1/meetings';

/** A request that carried the token, so many seconds after the first. */
const carried = (status: number | null, after: number, url = own) => ({
  url,
  status,
  startedAt: now - 60 + after,
  requestHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }],
});

function causesOf(...exchanges: ReturnType<typeof carried>[]) {
  const [subject] = judge({ exchanges }).subjects;
  if (!subject) throw new Error('no token was found');
  return diagnose(subject, { now, pageUrl: 'https://call.acme.com/standup', frames: [] }).map(({ id, likelihood }) => [
    id,
    likelihood,
  ]);
}

test.each<[what: string, exchanges: ReturnType<typeof carried>[], causes: string[][]]>([
  ['401', [carried(401, 0)], [['server-refused', 'likely']]],
  ['403', [carried(403, 0)], [['server-refused', 'possible']]],
  ['401 after it was taken', [carried(200, 0), carried(401, 5)], [['server-refused', 'likely']]],
  ['401 before it was taken', [carried(401, 0), carried(200, 5)], []],
  ['401 before, whatever the order they are told in', [carried(200, 5), carried(401, 0)], []],
  ['what is missing', [carried(404, 0)], []],
  ['a failure of its own', [carried(500, 0)], []],
  ['nothing', [carried(null, 0)], []],
  ['401 from somebody else', [carried(401, 0, 'https://call.acme.com/settings')], []],
  ['401 from somebody else, later', [carried(200, 0), carried(401, 5, 'https://stats.example/x')], []],
])('what the platform’s own server answered last counts: %s', (_, exchanges, causes) => {
  expect(causesOf(...exchanges)).toEqual(causes);
});

test('it names the server and the answer', () => {
  const [subject] = judge({ exchanges: [carried(401, 0)] }).subjects;
  if (!subject) throw new Error('no token was found');
  const [cause] = diagnose(subject, { now, pageUrl: null, frames: [] });
  expect(cause?.says).toBe('"api.daily.co" answered 401 to the last request that carried the token.');
});
