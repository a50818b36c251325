import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from './parse-policy.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/policy.schema.json'), 'utf8');
const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(JSON.parse(page));
const judge = (text: string) => ({ reader: parsePolicy(text).policy !== null, schema: validate(JSON.parse(text)) });

const tiers = { ok: 1, info: 2, low: 3, medium: null };
const token = 'ab'.repeat(32);

describe('the reader and the published schema agree', () => {
  test.each<[string, object]>([
    ['nothing', {}],
    ['an address of the schema', { $schema: 'https://roomkey.example/policy.schema.json' }],
    ['a name without letters', { name: '' }],
    ['a name of 300 characters beyond the first 65 536', { name: '😀'.repeat(300) }],
    [
      'lifetimes without an end',
      { lifetimes: { 'video-join:host': { ok: null, info: null, low: null, medium: null } } },
    ],
    ['lifetimes of nothing', { lifetimes: {} }],
    ['fractions of a second', { lifetimes: { id: { ...tiers, ok: 0.5 } } }],
    ['severities', { severities: { 'exp-missing': 'info', x1: 'critical' } }],
    ['no rule turned off', { off: [] }],
    ['an origin in capitals with a slash', { origins: { 'HTTPS://Call.Example/': { off: ['exp-missing'] } } }],
    ['an origin with a port', { origins: { 'http://localhost:8080': {}, 'https://[::1]:9': { lifetimes: {} } } }],
    ['a demand that names a claim alone', { requiredClaims: [{ claim: 'jti' }], forbiddenClaims: [] }],
    ['a demand with all', { forbiddenClaims: [{ claim: 'a', uses: ['id'], severity: 'low', because: '' }] }],
    ['a mute of a token', { mutes: [{ token, reason: 'x' }] }],
    ['a mute of everything in a place', { mutes: [{ rule: '*', place: '', reason: ' x ' }] }],
    ['recipients', { recipients: ['*.call.example', 'Call.Example', 'localhost', ''] }],
  ])('that this is one: %s', (_, file) => {
    expect(judge(JSON.stringify(file))).toEqual({ reader: true, schema: true });
  });

  test.each<[string, string | object]>([
    ['a list', []],
    ['a text', '"standard"'],
    ['null', 'null'],
    ['a member that is not known', { lifetime: {} }],
    ['a member named like a prototype', '{"__proto__": {}}'],
    ['a member named like a constructor', '{"constructor": {}}'],
    ['null in place of a member', { off: null }],
    ['a name that is a number', { name: 7 }],
    ['a name of 301 characters', { name: 'x'.repeat(301) }],
    ['a policy that is none', { extends: 'constructor' }],
    ['a kind that is none', { lifetimes: { toString: tiers } }],
    ['a tier left out', { lifetimes: { id: { ok: 1, info: 2, low: 3 } } }],
    ['a fifth tier', { lifetimes: { id: { ...tiers, high: 9 } } }],
    ['a tier below 0', { lifetimes: { id: { ...tiers, ok: -1 } } }],
    ['a tier in words', { lifetimes: { id: { ...tiers, ok: '1h' } } }],
    ['a tier beyond all numbers', '{"lifetimes":{"id":{"ok":1,"info":2,"low":3,"medium":1e999}}}'],
    ['a severity that is none', { severities: { 'exp-missing': 'severe' } }],
    ['a rule in capitals', { severities: { 'EXP-MISSING': 'low' } }],
    ['a rule that begins with a dash', { off: ['-exp'] }],
    ['a rule that ends with a dash', { off: ['exp-'] }],
    ['a rule with two dashes', { mutes: [{ rule: 'exp--missing', place: 'x', reason: 'x' }] }],
    ['a rule without a letter', { off: [''] }],
    ['a rule on two lines', { off: ['exp-missing\n'] }],
    ['a rule half a million dashes long', { off: [`${'a-'.repeat(500_000)}`] }],
    ['a rule of a prototype', '{"severities": {"__proto__": "low"}}'],
    ['a rule off twice over', { off: [['exp-missing']] }],
    ['an origin without a scheme', { origins: { 'call.example': {} } }],
    ['an origin with a path', { origins: { 'https://call.example/path': {} } }],
    ['an origin with a name before it', { origins: { 'https://me@call.example': {} } }],
    ['an origin beyond ASCII', { origins: { 'https://bücher.example': {} } }],
    ['no origin', { origins: { '': {} } }],
    ['more than rules for an origin', { origins: { 'https://call.example': { mutes: [] } } }],
    ['a demand without a claim', { requiredClaims: [{ severity: 'low' }] }],
    ['a claim without a letter', { requiredClaims: [{ claim: '' }] }],
    ['a use that is none', { forbiddenClaims: [{ claim: 'a', uses: ['video'] }] }],
    ['a mute of everything everywhere', { mutes: [{ reason: 'x' }] }],
    ['a mute without a reason', { mutes: [{ token }] }],
    ['a mute for blanks', { mutes: [{ token, reason: ' \n' }] }],
    ['a mute of a token that is none', { mutes: [{ token: token.toUpperCase(), reason: 'x' }] }],
    ['a mute of null', { mutes: [{ token: null, reason: 'x' }] }],
    ['a recipient with a scheme', { recipients: ['https://call.example'] }],
    ['a recipient with two stars', { recipients: ['*.*.example'] }],
    ['switches in words', { timeBoxedCalls: 'yes' }],
  ])('that this is none: %s', (_, file) => {
    expect(judge(typeof file === 'string' ? file : JSON.stringify(file))).toEqual({ reader: false, schema: false });
  });
});

test.each<[string, string, RegExp]>([
  ['a member that stands twice', '{"off":[],"off":[]}', /stands twice/],
  ['a tier below the one before', '{"lifetimes":{"id":{"ok":2,"info":1,"low":3,"medium":4}}}', /must not be less/],
  ['an origin in two spellings', '{"origins":{"https://a.example":{},"https://A.example":{}}}', /stands above already/],
  ['a port that goes without saying', '{"origins":{"https://a.example:443":{}}}', /must be an origin/],
  ['a scheme without origins', '{"mutes":[{"origin":"data://x","reason":"x"}]}', /must be an origin/],
])('the reader alone knows of %s', (_, text, says) => {
  expect(judge(text)).toEqual({ reader: false, schema: true });
  expect(parsePolicy(text).problems[0]?.message).toMatch(says);
});

const member = fc.constantFrom(
  'name',
  'extends',
  'lifetimes',
  'severities',
  'off',
  'origins',
  'requiredClaims',
  'mutes',
  'recipients',
  'claim',
  'uses',
  'severity',
  'token',
  'place',
  'origin',
  'reason',
  'rule',
  'id',
  'ok',
  'info',
  'low',
  'medium',
  'exp-missing',
  'https://call.example',
  '__proto__',
  '$schema',
  'timeBoxedCalls',
);
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      5,
      -1,
      '',
      'low',
      'strict',
      'id',
      'exp-missing',
      'https://call.example',
      token,
    ),
    fc.array(tie('anything'), { maxLength: 3 }),
    fc.array(fc.tuple(member, tie('anything')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const readersOwn = /must not be less|stands above already|must be an origin/;

test('whatever is made of their words, they agree on it, or the reader says what it alone knows', () => {
  const nearly = fc.dictionary(member, anything, { maxKeys: 4 });
  fc.assert(
    fc.property(fc.oneof(nearly, anything), (value) => {
      const text = JSON.stringify(value);
      const { reader, schema } = judge(text);
      const own = parsePolicy(text).problems.every(({ message }) => readersOwn.test(message));
      // What the reader alone can know may well be something that the schema refuses for a reason of its own.
      if (reader || !own) expect(schema).toBe(reader);
    }),
    { seed: 20_261_126, numRuns: 3000 },
  );
});

test('every mistake is told once, twenty of a file at most, and without reading on', () => {
  const text = JSON.stringify({ off: Array.from({ length: 50_000 }, () => 7), x: 1, name: 7 });
  const { problems } = parsePolicy(text);
  expect(problems.map(({ subject }) => subject).slice(0, 4)).toEqual(['$.x', '$.name', '$.off[0]', '$.off[1]']);
  expect(new Set(problems.map(({ message }) => message)).size).toBe(20);
  expect(problems).toHaveLength(20);
});
