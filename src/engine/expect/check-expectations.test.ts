import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { daily, days, now } from '../../../test/builders/tokens.ts';
import { policies } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import { looksIn } from '../looks/looks-in.ts';
import type { Capture } from '../model/capture.ts';
import { placesOf } from '../model/looked-at.ts';
import { checkExpectations } from './check-expectations.ts';
import { expectWhatIsSeen } from './expect-what-is-seen.ts';
import { type Expectation, ExpectationError, parseExpectations } from './expectations.ts';

const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../docs/expectations.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true }).compile(
  schema,
);

function reportOf(...tokens: { token: string; origin?: string; key?: string }[]) {
  const capture: Capture = {
    readAt: now,
    page: null,
    frames: [],
    stores: tokens.map(({ token, origin = 'https://call.example', key = 'auth' }) => ({
      source: 'local-storage',
      origin,
      url: origin,
      entries: [{ key, text: token }],
      readBy: 'isolated-world',
    })),
    cookies: [],
    texts: [],
    problems: [],
  };
  const found = find(capture);
  return inspect(found.sightings, { now, policy: policies.standard, lookedAt: placesOf(looksIn(capture, found)) });
}

const mixed = reportOf(
  { token: daily.host() },
  { token: daily.guest(), origin: 'https://guest.example' },
  { token: daily.guest({ r: 'other', u: 'Lin', exp: now + days(90) }), origin: 'https://guest.example', key: 'old' },
);

describe('what is gone', () => {
  const gone = (report: ReturnType<typeof reportOf>) => ({
    ...report,
    subjects: report.subjects.map((subject) => ({
      ...subject,
      sightings: subject.sightings.map((one) =>
        one.place.origin === 'https://call.example' ? { ...one, goneAt: now } : one,
      ),
    })),
  });

  test.each<[what: string, expectation: Expectation, held: boolean | null]>([
    ['is no host token any more', { name: 'a', none: { role: 'host' } }, true],
    ['is not counted', { name: 'a', count: 1, tokens: { role: 'host' } }, false],
    ['need not be as expected', { name: 'a', every: { role: 'host' }, atLeast: 0, have: { room: 'another' } }, true],
    ['has no findings', { name: 'a', where: { origin: 'https://call.example' }, maxSeverity: 'info' }, true],
  ])('%s', (_, expectation, held) => {
    expect(checkExpectations(mixed, { expect: [expectation] })[0]?.held).toBe(!held);
    expect(checkExpectations(gone(mixed), { expect: [expectation] })[0]?.held).toBe(held);
  });

  test.each<[what: string, expectation: Expectation, held: boolean, isOtherwise: boolean]>([
    ['would be a host token', { name: 'a', none: { role: 'host' } }, true, true],
    ['would count', { name: 'a', count: 1, tokens: { role: 'host' } }, false, true],
    [
      'would not be as expected',
      { name: 'a', every: { role: 'host' }, atLeast: 0, have: { room: 'another' } },
      true,
      true,
    ],
    ['is of no account', { name: 'a', none: { room: 'another' } }, true, false],
    ['lay elsewhere', { name: 'a', where: { origin: 'https://guest.example' }, none: { role: 'host' } }, true, false],
    ['would not help', { name: 'a', count: 5 }, false, false],
  ])('a token out of sight that %s is told beside what is there', (_, expectation, held, isOtherwise) => {
    const report = gone(mixed);
    const outOfSight = {
      ...report,
      subjects: report.subjects.map((subject) => ({
        ...subject,
        sightings: subject.sightings.map((one) =>
          one.goneAt === null ? one : { ...one, isOutOfSight: true as const },
        ),
      })),
    };
    const [result] = checkExpectations(outOfSight, { expect: [expectation] });
    expect(result?.held).toBe(held);
    expect(/out of sight, and perhaps still there: one in /.test(result?.says ?? '')).toBe(isOtherwise);
    expect(checkExpectations(report, { expect: [expectation] })[0]?.says).not.toContain('out of sight');
  });

  test('is not what is seen', () => {
    expect(JSON.stringify(expectWhatIsSeen(mixed))).toContain('https://call.example');
    expect(JSON.stringify(expectWhatIsSeen(gone(mixed)))).not.toContain('https://call.example');
  });
});

test.each<[Expectation, boolean | null, RegExp]>([
  [
    { name: 'no host', where: { origin: 'https://call.example' }, none: { role: 'host' } },
    false,
    /^expected no host token on https:\/\/call\.example, found one in localStorage\["auth"\]: Daily, room standup, owner\.$/,
  ],
  [
    { name: 'no host there', where: { origin: 'https://guest.example' }, none: { role: 'host' } },
    true,
    /^As expected: no host token on https:\/\/guest\.example\.$/,
  ],
  [
    { name: 'one host', count: 1, tokens: { provider: 'daily', room: 'standup', role: 'host' } },
    true,
    /exactly 1 host token of daily for room standup/,
  ],
  [
    { name: 'one token', count: 1, tokens: { provider: 'daily' } },
    false,
    /expected exactly 1 token of daily, found 3: in localStorage/,
  ],
  [{ name: 'a few', count: { min: 2, max: 3 } }, true, /from 2 to 3 tokens/],
  [{ name: 'some', count: { min: 1 } }, true, /^As expected: at least 1 token\.$/],
  [{ name: 'few', count: { max: 1 } }, false, /^expected at most 1 token, found 3: /],
  [
    { name: 'a host', every: { role: 'viewer' }, atLeast: 1, have: { room: 'a' } },
    false,
    /^expected at least 1 viewer token, /,
  ],
  [
    { name: 'none of zoom', count: 0, tokens: { provider: ['zoom-video-sdk', 'zoom-meeting-sdk'] } },
    true,
    /exactly 0 tokens/,
  ],
  [
    { name: 'short', every: {}, have: { 'times.lifetimeSeconds': { max: 7200 } } },
    false,
    /times\.lifetimeSeconds at most 7200, but times\.lifetimeSeconds is 7776060 in localStorage\["old"\]/,
  ],
  [
    { name: 'guests', every: { role: 'participant' }, have: { 'privileges.manage-rooms': [false, null] } },
    true,
    /2 seen/,
  ],
  [
    { name: 'hosts cannot', every: { role: 'host' }, have: { 'privileges.remove-others': [false, null] } },
    false,
    /privileges\.remove-others is true/,
  ],
  [
    { name: 'vacuous', every: { provider: 'twilio' }, have: { role: 'host' } },
    null,
    /^not checked: no token of twilio was seen\.$/,
  ],
  [
    { name: 'vacuous, and it may be', every: { provider: 'twilio' }, atLeast: 0, have: { role: 'host' } },
    true,
    /there is none/,
  ],
  [
    { name: 'more than there are', every: { role: 'participant' }, atLeast: 3, have: { role: 'participant' } },
    false,
    /^expected at least 3 participant tokens, found 2: in localStorage/,
  ],
  [{ name: 'enough', every: { role: 'participant' }, atLeast: 2, have: { role: 'participant' } }, true, /2 seen/],
  [
    { name: 'one thing fails and one cannot be told', every: { room: 'none' }, have: { role: 'host' }, count: 7 },
    false,
    /^expected exactly 7 tokens, found 3/,
  ],
  [
    { name: 'one thing holds and one cannot be told', every: { room: 'none' }, have: { role: 'host' }, count: 3 },
    null,
    /^not checked: no token for room none was seen/,
  ],
  [{ name: 'like', none: { room: { like: 'oth*' } } }, false, /like oth\*/],
  [{ name: 'not', every: {}, have: { room: { not: 'standup' } } }, false, /room is standup/],
  [{ name: 'claim', count: 2, tokens: { 'claims.u': ['Grace', 'Lin'] } }, true, /exactly 2 tokens/],
  [{ name: 'unknown claim', none: { 'claims.__proto__': { not: null } } }, true, /no token/],
  [{ name: 'severity', maxSeverity: 'critical' }, true, /nothing worse than critical/],
])('%o', (expectation, held, says) => {
  const [result] = checkExpectations(mixed, { expect: [expectation] });
  expect(result?.says).toMatch(says);
  expect(result?.held).toBe(held);
  expect(validate({ expect: [expectation] }) || validate.errors).toBe(true);
});

test('names findings that are worse than allowed', () => {
  const worst = mixed.subjects[0]?.findings[0];
  if (!worst) throw new Error('there is no finding');
  worst.severity = 'high';
  const [result] = checkExpectations(mixed, { expect: [{ name: 'calm', maxSeverity: 'medium' }] });
  expect(result).toMatchObject({ held: false });
  expect(result?.says).toContain(`${worst.rule} (high) in localStorage`);
});

test('what is seen can be expected, and then holds', () => {
  const seen = expectWhatIsSeen(mixed);
  expect(seen.expect.length).toBeGreaterThan(2);
  expect(validate(seen) || validate.errors).toBe(true);
  expect(parseExpectations(JSON.stringify(seen))).toEqual(seen);
  for (const { held, says } of checkExpectations(mixed, seen)) expect([held, says]).toEqual([true, says]);
  const changed = reportOf({ token: daily.host(), origin: 'https://guest.example' });
  expect(checkExpectations(changed, seen).some(({ held }) => !held)).toBe(true);
});

describe('a file that is no list of expectations', () => {
  test.each<[string, unknown, RegExp]>([
    ['not JSON', '{', /^This is not JSON/],
    ['a list', [], /^The file must be an object/],
    ['no list inside', { expect: {} }, /^expect must be a list/],
    [
      'an unknown member',
      { expect: [], expects: [] },
      /^expects is not known; known here are pages, expect, steps \(line 1, column 14\)\.$/,
    ],
    [
      'no name',
      { expect: [{ none: {} }] },
      /^expect\[0\]\.name is missing; it must be a text \(line 1, column 12\)\.$/,
    ],
    ['nothing expected', { expect: [{ name: 'x', where: {} }] }, /expects nothing/],
    [
      'a misspelt fact',
      { expect: [{ name: 'x', none: { rooms: 'a' } }] },
      /^expect\[0\]\.none\.rooms is not known \(line 1, column 32\)\.$/,
    ],
    [
      'a misspelt privilege',
      { expect: [{ name: 'x', none: { 'privileges.recording': true } }] },
      /"privileges\.recording"\] is not known/,
    ],
    ['an unknown place', { expect: [{ name: 'x', where: { host: 'a' }, none: {} }] }, /where\.host is not known/],
    ['a negative count', { expect: [{ name: 'x', count: -1 }] }, /whole number/],
    ['an empty range', { expect: [{ name: 'x', count: {} }] }, /needs min or max/],
    ['two kinds of wish', { expect: [{ name: 'x', none: { room: { min: 1, like: 'a' } } }] }, /must be a value/],
    ['an unknown severity', { expect: [{ name: 'x', maxSeverity: 'bad' }] }, /must be one of critical/],
    ['have without every', { expect: [{ name: 'x', every: {} }] }, /expects nothing/],
  ])('%s', (_, value, message) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    expect(() => parseExpectations(text)).toThrow(ExpectationError);
    expect(() => parseExpectations(text)).toThrow(message);
  });
});

test.each<[string, string, RegExp]>([
  ['text that is no JSON', '{"expect":\n[}', /^This is not JSON: line 2, column 2\.$/],
  ['text that is cut off', '{"expect":[', /^This is not JSON: line 1, column 12\.$/],
  ['a list', '[]', /^The file must be an object \(line 1, column 1\)\./],
  ['__proto__ as a member', '{"expect":[{"name":"a","__proto__":1}]}', /^expect\[0\]\.__proto__ is not known/],
  ['__proto__ as a wanted name', '{"expect":[{"name":"a","none":{"__proto__":1}}]}', /none\.__proto__ is not known/],
  ['a member that stands twice', '{"expect":[],"expect":[]}', /^expect stands twice \(line 1, column 14\)\.$/],
  [
    'one of an expectation that stands twice',
    '{"expect":[{"name":"n","name":"m","none":{}}]}',
    /^expect\[0\]\.name stands twice \(line 1, column 24\)\.$/,
  ],
  [
    'a count that is no number and no range',
    '{"expect":[{"name":"n","count":null}]}',
    /^expect\[0\]\.count must be a whole number from 0 on, or an object with min and max \(/,
  ],
  [
    'a pattern that is a number',
    '{"expect":[{"name":"a","none":{"room":{"like":1}}}]}',
    /like must be a text \(line 1, column 40\)\.$/,
  ],
  [
    'a count beyond all numbers',
    '{"expect":[{"name":"a","count":1e999}]}',
    /count must be a whole number from 0 on \(/,
  ],
  ['a bound beyond all numbers', '{"expect":[{"name":"a","count":{"min":1e999}}]}', /count\.min is a number too large/],
  [
    'a wish beyond all numbers',
    '{"expect":[{"name":"a","none":{"times.expiresAt":[1,1e999]}}]}',
    /\["times\.expiresAt"\]\[1\] is a number too large to be compared \(line 1, column 53\)\.$/,
  ],
  [
    'a range that nothing lies in',
    '{"expect":[{"name":"a","count":{"min":5,"max":1}}]}',
    /count has a min that is more than max \(/,
  ],
  [
    'an empty list, which fits nothing',
    '{"expect":[{"name":"a","none":{"role":[]}}]}',
    /none\.role is an empty list, which fits nothing \(/,
  ],
  ['every token to have nothing', '{"expect":[{"name":"a","every":{},"have":{}}]}', /have expects nothing/],
  [
    'nots without end',
    `{"expect":[{"name":"a","none":{"room":${'{"not":'.repeat(9e4)}1${'}'.repeat(9e4)}}}]}`,
    /nested too deeply \(/,
  ],
  ['brackets without end', '['.repeat(1 << 20), /^This is not JSON/],
  ['five megabytes', JSON.stringify('x'.repeat(5 << 20)), /^The file has more than 4194304 characters\.$/],
  [
    'an endless pattern',
    `{"expect":[{"name":"a","none":{"room":{"like":"${'*a'.repeat(9e4)}"}}}]}`,
    /like must have 2000 characters/,
  ],
  [
    'an endless expectation',
    `{"expect":[{"name":"${'a'.repeat(9e4)}","count":1}]}`,
    /^expect\[0\]\.name must have 2000 characters/,
  ],
  [
    'a name without end',
    `{"${'x'.repeat(100_000)}":1}`,
    /^\["x{200}…"\] is not known; known here are pages, expect, steps \(/,
  ],
])('a file of expectations with %s is refused in a line', (_, text, message) => {
  expect(() => parseExpectations(text)).toThrow(ExpectationError);
  expect(() => parseExpectations(text)).toThrow(message);
});

test('every mistake is named, each with its own line and column', () => {
  const text = `{
  "expect": [
    { "name": "a", "none": { "rooms": "x" } },
    { "name": 7, "count": -1 },
    [],
    {
      "name": "b",
      "none": { "role": ["host", { "like": 1 }] },
      "maxSeverity": "bad"
    }
  ]
}`;
  let problems: ExpectationError['problems'] = [];
  try {
    parseExpectations(text);
  } catch (error) {
    if (error instanceof ExpectationError) ({ problems } = error);
  }
  expect(problems.map(({ message }) => message)).toEqual([
    'expect[0].none.rooms is not known (line 3, column 30).',
    'expect[1].name must be a text (line 4, column 7).',
    'expect[1].count must be a whole number from 0 on (line 4, column 18).',
    'expect[2] must be an object (line 5, column 5).',
    'expect[3].none.role[1].like must be a text (line 8, column 36).',
    'expect[3].maxSeverity must be one of critical, high, medium, low, info (line 9, column 7).',
  ]);
});

test('a byte order mark before the expectations does not matter', () => {
  expect(parseExpectations('\ufeff{"expect":[]}')).toEqual({ expect: [] });
});
