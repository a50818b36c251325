import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { parsePolicy } from './parse-policy.ts';
import { standard, strict } from './policies.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../../docs/policy.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
const ruleIds = rules.map(({ id }) => id);

const whole = {
  name: 'clinic',
  extends: 'strict',
  lifetimes: { 'video-join': { ok: 1800, info: 3600, low: 7200, medium: null } },
  severities: { 'exp-missing': 'critical' },
  off: ['jti-missing'],
  timeBoxedCalls: false,
  origins: {
    'https://staging.call.example': { off: ['cookie-not-secure'], severities: { 'url-query': 'info' } },
    'https://call.example': { lifetimes: { id: { ok: null, info: null, low: null, medium: null } } },
  },
  requiredClaims: [{ claim: 'jti', uses: ['video-join'], severity: 'low', because: 'we block by id' }],
  forbiddenClaims: [{ claim: 'context.user.email' }],
  mutes: [{ rule: 'storage-local', origin: 'https://call.example', reason: 'accepted until the new login' }],
  recipients: ['*.media.example'],
};

test('a policy is laid over the one it extends', () => {
  const { policy, problems } = parsePolicy(JSON.stringify(whole), { ruleIds });
  expect(problems).toEqual([]);
  expect(policy).toMatchObject({
    name: 'clinic',
    timeBoxedCalls: false,
    off: ['jti-missing'],
    recipients: ['*.media.example'],
  });
  expect(policy?.lifetimes['video-join']).toEqual({ ok: 1800, info: 3600, low: 7200, medium: null });
  expect(policy?.lifetimes['video-join:host']).toEqual(strict.lifetimes['video-join:host']);
  expect(policy?.requiredClaims).toEqual([
    { claim: 'jti', uses: ['video-join'], severity: 'low', because: 'we block by id' },
  ]);
  expect(policy?.forbiddenClaims).toEqual([{ claim: 'context.user.email', uses: [], severity: 'medium', because: '' }]);
  expect(policy?.mutes[0]).toEqual({
    rule: 'storage-local',
    token: null,
    place: null,
    origin: 'https://call.example',
    reason: 'accepted until the new login',
  });
  expect(validate(whole)).toBe(true);
});

test('an empty object is the standard policy under another name', () => {
  expect(parsePolicy('{}', { name: 'mine' }).policy).toEqual({ ...standard, name: 'mine' });
});

test('one that changes a policy of Roomkey’s does not go by its name', () => {
  const named = (file: object) => parsePolicy(JSON.stringify(file)).policy?.name;
  expect(named({ name: 'strict', extends: 'strict' })).toBe('strict');
  expect(named({ name: 'strict' })).toBe('strict (imported)');
  expect(named({ name: 'standard', off: ['exp-missing'] })).toBe('standard (imported)');
  expect(named({ name: ' Standard', off: ['exp-missing'] })).toBe(' Standard (imported)');
  expect(named({ name: 'standard of ours', off: ['exp-missing'] })).toBe('standard of ours');
});

test.each([
  ['{"name": ', 'line 1, column 10'],
  ['{}\n x', 'line 2, column 2'],
  ['', 'line 1, column 1'],
])('text that is no JSON is refused with its position: %j', (text, where) => {
  const { policy, problems } = parsePolicy(text);
  expect(policy).toBeNull();
  expect(problems[0]?.message).toContain(where);
});

test.each<[unknown, string, string]>([
  [[], '$', 'must be an object'],
  [{ nmae: 'x' }, '$.nmae', 'is not known'],
  [{ extends: 'harsh' }, '$.extends', 'must be one of standard, strict, relaxed'],
  [{ lifetimes: { 'video-joint': {} } }, '$.lifetimes.video-joint', 'is no kind of token'],
  [{ lifetimes: { id: { ok: 1, info: 2, low: 3 } } }, '$.lifetimes.id.medium', 'is missing'],
  [{ lifetimes: { id: { ok: 5, info: 2, low: 3, medium: 4 } } }, '$.lifetimes.id.info', 'must not be less'],
  [{ lifetimes: { id: { ok: '1h', info: 2, low: 3, medium: 4 } } }, '$.lifetimes.id.ok', 'number of seconds'],
  [{ severities: { 'exp-missing': 'severe' } }, '$.severities.exp-missing', 'must be one of critical'],
  [{ severities: { 'exp-misssing': 'low' } }, '$.severities.exp-misssing', 'is no rule'],
  [{ off: 'exp-missing' }, '$.off', 'must be a list'],
  [{ off: [1] }, '$.off[0]', 'must be a text'],
  [{ origins: { 'call.example': {} } }, '$.origins["call.example"]', 'must be an origin'],
  [{ origins: { 'https://call.example/path': {} } }, '$.origins["https://call.example/path"]', 'must be an origin'],
  [{ requiredClaims: [{}] }, '$.requiredClaims[0].claim', 'must name a claim'],
  [{ requiredClaims: [{ claim: 'jti', uses: ['video'] }] }, '$.requiredClaims[0].uses[0]', 'must be one of'],
  [{ mutes: [{ reason: 'x' }] }, '$.mutes[0]', 'must name a token, a place or an origin'],
  [{ mutes: [{ place: 'x' }] }, '$.mutes[0].reason', 'must say why'],
  [{ mutes: [{ token: 'abc', reason: 'x' }] }, '$.mutes[0].token', '64 hexadecimal digits'],
  [{ recipients: ['https://x'] }, '$.recipients[0]', 'must be a host'],
  [{ timeBoxedCalls: 'yes' }, '$.timeBoxedCalls', 'must be true or false'],
])('%j is refused at %s', (value, path, message) => {
  const { policy, problems } = parsePolicy(JSON.stringify(value, null, 2), { ruleIds });
  expect(policy).toBeNull();
  const problem = problems.find(({ subject }) => subject === path);
  expect(problem?.message).toContain(message);
  expect(problem?.message).toMatch(/line \d+, column \d+/);
});

test('the position is that of the member at fault', () => {
  const text = '{\n  "name": "x",\n  "severities": {\n    "exp-missing": "severe"\n  }\n}';
  const [problem] = parsePolicy(text).problems;
  expect(problem?.message).toContain('line 4, column 5');
  expect(text.slice(problem?.offset)).toMatch(/^"exp-missing"/);
});

test('a mistake in a list stands where the element does, also below names with brackets', () => {
  const text = '{\n  "off": [\n    "exp-missing",\n    7\n  ],\n  "origins": { "a]b[": { "off": [true] } }\n}';
  expect(parsePolicy(text).problems.map(({ message }) => message)).toEqual([
    '$.off[1] must be a text (line 4, column 5).',
    '$.origins["a]b["] must be an origin, such as "https://call.example" (line 6, column 16).',
    '$.origins["a]b["].off[0] must be a text (line 6, column 34).',
  ]);
});

test('hostile members change nothing', () => {
  const { policy, problems } = parsePolicy('{"__proto__": {"off": ["x"]}, "severities": {"__proto__": "low"}}');
  expect(policy).toBeNull();
  expect(problems[0]?.subject).toBe('$.__proto__');
  expect(Object.hasOwn(Object.prototype, 'off')).toBe(false);
});

test('whatever the parser accepts, the schema accepts, and nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify(whole))), (text) => {
      const { policy } = parsePolicy(text);
      if (policy) expect(validate(JSON.parse(text))).toBe(true);
    }),
    { seed: 20_261_126 },
  );
});

test.each<[string, string, RegExp]>([
  ['a control character in a text', '{"name":"\t"}', /^This is not JSON: line 1, column 10\.$/],
  ['an escape that is none', '{"name":"\\x"}', /^This is not JSON: line 1, column 10\.$/],
  ['a member that stands twice', '{"off":[],\n"off":[]}', /^\$\.off stands twice \(line 2, column 1\)\.$/],
  [
    'one in a list that stands twice',
    '{"mutes":[{"a b":1,"a b":2}]}',
    /^\$\.mutes\[0\]\["a b"\] stands twice \(line 1, column 20\)\.$/,
  ],
  [
    'one that stands twice behind numbers that lose digits',
    `{"$schema":[${Array(60).fill('12345678901234567890').join()}],\n"off":[],"off":[]}`,
    /^\$\.off stands twice \(line 2, column 10\)\.$/,
  ],
  ['a word in a list', '{"off":[\n"exp-missing",\n null]}', /^\$\.off\[1\] must be a text \(line 3, column 2\)\.$/],
  ['__proto__ as a rule', '{"severities":{"__proto__":"high"}}', /^\$\.severities\.__proto__ is no rule/],
  ['constructor as a rule', '{"severities":{"constructor":"high"}}', /^\$\.severities\.constructor is no rule/],
  ['__proto__ as an origin', '{"origins":{"__proto__":{}}}', /^\$\.origins\.__proto__ must be an origin/],
  [
    'one origin in two spellings',
    '{"origins":{"https://a.example":{"off":["exp-missing"]},\n"HTTPS://A.example/":{}}}',
    /^\$\.origins\["HTTPS:\/\/A\.example\/"\] is an origin that stands above already \(line 2, column 1\)\.$/,
  ],
  ['a name of a thousand characters', `{"name":"${'x'.repeat(1000)}"}`, /^\$\.name must have 300 characters at most/],
  [
    'a lifetime beyond all numbers',
    '{"lifetimes":{"access":{"ok":1e999,"info":null,"low":null,"medium":null}}}',
    /must be a number of seconds/,
  ],
  ['two marks of the byte order', '\ufeff\ufeff{}', /^This is not JSON: line 1, column 1\.$/],
  ['UTF-16 read as bytes', '{\0}\0', /^This is not JSON/],
  ['ten megabytes', `"${'x'.repeat(10 << 20)}"`, /^The policy has more than 1048576 characters\.$/],
  [
    'a list of three hundred thousand halves',
    `{"mutes":[${'{},'.repeat(300_000)}{}]}`,
    /^\$\.mutes\[0\] must name a token/,
  ],
  ['wrong types all over', '{"off":null,"origins":[],"recipients":"a","name":7}', /^\$\.\w+ must be a/],
  ['deep nesting', `{"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`, /^\$\.a is not known/],
  ['a name of half a million brackets', `{"${'['.repeat(500_000)}":1}`, /is not known/],
])('%s is a mistake, told in a line', (_, text, message) => {
  const { policy, problems } = parsePolicy(text, { ruleIds: ['exp-missing'] });
  expect(policy).toBeNull();
  expect(problems[0]?.message).toMatch(message);
  expect(problems[0]?.message.length).toBeLessThan(1000);
});
