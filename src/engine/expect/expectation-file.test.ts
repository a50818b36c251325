import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExpectationError, parseExpectation, parseExpectations } from './expectations.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/expectations.schema.json'), 'utf8');
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(JSON.parse(page));

function problemsOf(text: string): string[] {
  try {
    parseExpectations(text);
    return [];
  } catch (error) {
    if (error instanceof ExpectationError) return error.problems.map(({ message }) => message);
    throw error;
  }
}

const judge = (text: string) => ({ reader: problemsOf(text).length === 0, schema: validate(JSON.parse(text)) });
const pages = (marked: object, member: object = { none: {} }) =>
  JSON.stringify({ pages: marked, expect: [{ name: 'x', count: 0, ...member }] });
const one = (...members: object[]) => JSON.stringify({ expect: [Object.assign({ name: 'x' }, ...members)] });

const steps = (...list: object[]) =>
  JSON.stringify({ steps: list.map((step) => ({ name: 'x', expect: [], ...step })) });

describe('the reader and the published schema agree', () => {
  test.each<[string, string]>([
    ['no expectation', '{"expect":[]}'],
    ['an address of the schema', '{"$schema":"https://roomkey.example/expectations.schema.json","expect":[]}'],
    ['a name of 2000 characters beyond the first 65 536', one({ name: '😀'.repeat(2000), count: 0 })],
    ['every token', one({ none: {} })],
    [
      'values of each kind',
      one({ none: { room: null, 'claims.a': ['host', null, 1, true], 'claims.b': false, userId: '' } }),
    ],
    [
      'facts, claims and times',
      one({ none: { 'privileges.record': true, 'claims.a.b': 1, 'header.kid': 'x', 'times.status': 'active' } }),
    ],
    ['a claim named like a prototype', one({ none: { 'claims.__proto__': 1, 'header.constructor': 1 } })],
    ['ranges', one({ none: { 'times.expiresAt': { min: -1.5 } }, count: { min: 0, max: 0 } })],
    ['patterns and their contraries', one({ none: { room: { not: { like: 'a*' } }, role: { not: { not: 'host' } } } })],
    ['places', one({ where: { origin: 'https://a', label: { like: '*' } }, count: 1 })],
    ['nothing demanded of some tokens in number', one({ tokens: {}, count: 2 })],
    ['pages by mark', pages({ guest: ['https://call.example/guest/*', '*'], __proto__: ['file:*'] }, { on: 'guest' })],
    ['pages by address', one({ on: 'https://call.example/*', none: {} })],
    ['none, or so many, to have', one({ every: {}, atLeast: 0, have: { role: 'host' } })],
    ['some tokens to have', one({ every: {}, have: { role: 'host' } }, { maxSeverity: 'low' })],
    [
      'a run',
      steps(
        { open: 'https://call.example/host?a=b#/c' },
        { open: '/' },
        { action: 'log out', expect: [{ name: 'a', none: {} }] },
      ),
    ],
  ])('that this is one: %s', (_, text) => {
    expect(judge(text)).toEqual({ reader: true, schema: true });
  });

  test.each<[string, string]>([
    ['a list', '[]'],
    ['null', 'null'],
    ['no list inside', '{}'],
    ['null inside', '{"expect":null}'],
    ['a run without a step', '{"steps":[]}'],
    ['a step that leads nowhere', steps({})],
    ['a step that opens and does', steps({ open: '/', action: 'log out' })],
    ['a step that opens no page', steps({ open: 'call.example/host' })],
    ['a step that opens a page of another host', steps({ open: '//call.example/host' })],
    ['a step that runs a script', steps({ open: 'javascript:alert(1)' })],
    ['a step that does nothing', steps({ action: '' })],
    ['a step without expectations', JSON.stringify({ steps: [{ name: 'x', open: '/' }] })],
    ['another member', '{"expect":[],"expects":[]}'],
    ['a list in the list', '{"expect":[[]]}'],
    ['no name', '{"expect":[{"none":{}}]}'],
    ['an empty name', one({ name: '', none: {} })],
    ['a name of 2001 characters', one({ name: 'a'.repeat(2001), none: {} })],
    ['nothing expected', one({ where: {} })],
    ['null expected', one({ none: null })],
    ['a place that is none', one({ where: { host: 'a' }, none: {} })],
    ['a fact that is none', one({ none: { rooms: 'a' } })],
    ['a privilege that is none', one({ none: { 'privileges.constructor': true } })],
    ['a claim without a name', one({ none: { 'claims.': 1 } })],
    ['a prototype', '{"expect":[{"name":"x","none":{"__proto__":1}}]}'],
    ['a count below 0', one({ count: -1 })],
    ['half a token', one({ count: 0.5 })],
    ['a count in words', one({ count: 'one' })],
    ['a range of nothing', one({ count: {} })],
    ['a range with more to it', one({ count: { min: 1, step: 2 } })],
    ['an end in words', one({ none: { room: { min: '1' } } })],
    ['an empty list', one({ none: { room: [] } })],
    ['an object of no kind', one({ none: { room: {} } })],
    ['an object of two kinds', one({ none: { room: { like: 'a', not: 'b' } } })],
    ['a pattern that is a number', one({ none: { room: ['a', { like: 1 }] } })],
    ['a pattern of 2001 characters', one({ none: { room: { like: '*'.repeat(2001) } } })],
    ['a number beyond all numbers', '{"expect":[{"name":"x","none":{"room":1e999}}]}'],
    ['tokens without their count', one({ tokens: {}, none: {} })],
    ['every token without what it has', one({ every: {}, none: {} })],
    ['tokens that have nothing', one({ have: {} })],
    ['a severity that is none', one({ maxSeverity: 'bad' })],
    ['a list of pages', '{"pages":[],"expect":[]}'],
    ['no pages of a mark', pages({ guest: [] })],
    ['a page for a list of them', pages({ guest: 'https://call.example/' })],
    ['a page that is a number', pages({ guest: [1] })],
    ['a path for an address', pages({ guest: ['/guest/*'] })],
    ['a host for an address', pages({ guest: ['call.example/guest'] })],
    ['a mark like an address', pages({ 'https:': ['*'] })],
    ['a mark that says nothing', pages({ '': ['*'] })],
    ['an address that says nothing', one({ on: '', none: {} })],
    ['a path for a page', one({ on: '/guest/*', none: {} })],
    ['a page that is a list', one({ on: ['*'], none: {} })],
    ['half of them', one({ every: {}, atLeast: 0.5, have: { role: 'host' } })],
    ['fewer than none', one({ every: {}, atLeast: -1, have: { role: 'host' } })],
    ['so many of nothing', one({ atLeast: 1, none: {} })],
  ])('that this is none: %s', (_, text) => {
    expect(judge(text)).toEqual({ reader: false, schema: false });
  });
});

const nots = (depth: number): unknown => (depth === 0 ? ['a'] : { not: nots(depth - 1) });

test.each<[string, string, RegExp]>([
  ['a member that stands twice', '{"expect":[],"expect":[]}', /stands twice/],
  ['a mark that no pages have', one({ on: 'guest', none: {} }), /^expect\[0\]\.on is no mark of pages, and no address/],
  ['a range that nothing lies in', one({ count: { min: 2, max: 1 } }), /more than max/],
  ['a role that is none', one({ none: { role: 'owner' } }), /\.role fits nothing: it is host, participant,/],
  ['a limit that nothing is beyond', one({ maxSeverity: 'critical' }), /holds whatever is found/],
  ['what is nested too deeply', one({ none: { room: nots(9) } }), /\.not is nested too deeply/],
])('the reader alone knows of %s', (_, text, says) => {
  expect(judge(text)).toEqual({ reader: false, schema: true });
  expect(problemsOf(text)[0]).toMatch(says);
});

test('eight levels of a wish are read', () => {
  expect(problemsOf(one({ none: { room: nots(8) } }))).toEqual([]);
});

const member = fc.constantFrom(
  'name',
  'where',
  'none',
  'count',
  'on',
  'pages',
  'atLeast',
  'tokens',
  'every',
  'have',
  'maxSeverity',
  'expect',
  'min',
  'max',
  'like',
  'not',
  'room',
  'origin',
  'claims.a',
  'privileges.record',
  '__proto__',
);
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, 5, -1, 0.5, '', 'low', 'x'),
    fc.array(tie('anything'), { maxLength: 3 }),
    fc.array(fc.tuple(member, tie('anything')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const readersOwn =
  /more than max|nested too deeply|no mark of pages|fits (?:nothing|no token)|is the id of no|holds whatever/;

test('whatever is made of their words, they agree on it, or the reader says what it alone knows', () => {
  const nearly = fc
    .array(
      fc.dictionary(member, anything, { maxKeys: 4 }).map((given) => ({ name: 'x', ...given })),
      { maxLength: 3 },
    )
    .map((list) => ({ expect: list }));
  fc.assert(
    fc.property(fc.oneof(nearly, anything), (value) => {
      const text = JSON.stringify(value);
      const { reader, schema } = judge(text);
      const own = problemsOf(text).every((message) => readersOwn.test(message));
      // What the reader alone can know may well be something that the schema refuses for a reason of its own.
      if (reader || !own) expect(schema).toBe(reader);
    }),
    { seed: 20_261_126, numRuns: 3000 },
  );
});

test('one expectation by itself is read as in a file with these marks', () => {
  const text = '{ "name": "x",\n  "on": "guest", "count": 1 }';
  expect(parseExpectation(text, { guest: ['*'] })).toEqual({ name: 'x', on: 'guest', count: 1 });
  expect(() => parseExpectation(text)).toThrow('on is no mark of pages, and no address of a page (line 2, column 3).');
  expect(() => parseExpectation('{ "name": "x" }')).toThrow('The expectation expects nothing: give none');
  expect(() => parseExpectation('[')).toThrow(ExpectationError);
});
