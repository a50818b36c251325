import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { isAtLeast, parseFilter } from './filter.ts';
import { readPattern } from './filter-pattern.ts';
import { problemsOf, readTerms, written } from './filter-terms.ts';
import { createRowMaker } from './row.ts';

const rows = createRowMaker()(inspect(find(callPage()).sightings, { now, policy: standard, page: callPage().page }));
const names = (filter: string) =>
  rows.filter(parseFilter(filter, readPattern)).map(({ subject }) => subject.facts.displayName ?? subject.token.form);

const problems = (filter: string) => problemsOf(readTerms(filter, readPattern)).map(({ says }) => says);

test('nothing typed leaves everything', () => {
  expect(names('')).toHaveLength(rows.length);
  expect(names('   ')).toHaveLength(rows.length);
});

test('plain words look at platform, room, people, places and findings', () => {
  expect(names('linus')).toEqual(['Linus']);
  expect(names('WARD-7')).toHaveLength(1);
  expect(names('old-call')).toEqual(['Barbara']);
  expect(names('no such thing')).toEqual([]);
});

test('named words look at one thing', () => {
  expect(names('platform:daily').sort()).toEqual(['Ada', 'Barbara', 'Grace', 'Linus']);
  expect(names('platform:daily role:host')).toEqual(['Ada']);
  expect(names('source:cookie platform:daily')).toEqual(['Ada']);
  expect(names('status:expired')).toContain('Barbara');
  expect(names('room:ward')).toHaveLength(1);
  expect(names('is:damaged')).toHaveLength(1);
  expect(names('is:gone')).toEqual([]);
});

test('commas mean either, a minus leaves out, quotes hold words together', () => {
  expect(names('user:ada,linus').sort()).toEqual(['Ada', 'Linus']);
  expect(names('platform:daily -role:host')).not.toContain('Ada');
  expect(names('"grace hopper"')).toEqual(['Grace Hopper']);
});

test('what is not a known word is searched for as it stands', () => {
  expect(names('https://video.example')).toEqual(['Ada']);
  expect(names('nonsense:value')).toEqual([]);
});

test('what a token is, has and says is asked for by words', () => {
  expect(names('is:host')).toEqual(names('role:host'));
  expect(names('is:expired')).toEqual(names('status:expired'));
  expect(names('-is:here')).toEqual([]);
  expect(names('is:guest,host platform:daily').length).toBeGreaterThan(names('is:host platform:daily').length);
  expect(names('has:finding').length + names('-has:finding').length).toBe(rows.length);
  expect(names('place:cookie platform:daily')).toEqual(['Ada']);
  expect(names('claim:o=true platform:daily')).toEqual(['Ada']);
  expect(names('claim:"=Grace Hopper"')).toEqual(['Grace Hopper']);
  expect(names('alg:none')).toHaveLength(rows.filter(({ subject }) => subject.token.header?.alg === 'none').length);
});

test('expressions stand between slashes, alone or behind a word', () => {
  expect(names('/^linus$/')).toEqual(['Linus']);
  expect(names('/grace h|linus/').sort()).toEqual(['Grace Hopper', 'Linus']);
  expect(names('user:/^a/')).toEqual(['Ada']);
  expect(names('-user:/./ platform:daily')).toEqual([]);
  expect(names('/https:\\/\\/video/')).toEqual(['Ada']);
  expect(problems('/a(/')).toEqual(['/a(/ is no expression: a group is not closed']);
  expect(names('/a(/')).toHaveLength(rows.length);
});

test('an expression that would take for ever takes its steps, and says so', () => {
  const long = createRowMaker()(
    inspect(find(captureOf({ stores: [localStorageOf({ t: daily.guest({ u: 'a'.repeat(4000) }) })] })).sightings, {
      now,
      policy: standard,
      page: null,
    }),
  );
  const terms = readTerms('/(a+)+(b|c)+$/', (source) => readPattern(source, 5000));
  const value = terms[0]?.values[0];
  expect(value?.pattern?.(long[0]?.subject.facts.displayName ?? '')).toBe(false);
  expect(problemsOf(terms).map(({ says }) => says)).toEqual([
    'this expression takes too long: some rows were not tried',
  ]);
});

test.each<[filter: string, problem: string]>([
  ['plattform:daily', '“plattform:” is no word of the filter'],
  ['-roon:x', '“roon:” is no word of the filter'],
  ['is:hots', '“is:” knows host, guest, participant, viewer, server'],
  ['severity:bad', '“severity:” knows critical, high'],
  ['has:everything', '“has:” knows finding, muted'],
])('%s is marked', (filter, problem) => {
  expect(problems(`daily ${filter} x`)).toEqual([expect.stringContaining(problem)]);
  const [{ start, end } = { start: 0, end: 0 }] = problemsOf(readTerms(`daily ${filter} x`, readPattern));
  expect(`daily ${filter} x`.slice(start, end)).toBe(filter);
});

test.each([
  'https://call.example/a',
  'localhost:3000/x',
  '127.0.0.1:80',
  'is:h',
  'a:b'.slice(0, 1),
  'severity:',
  '"a: b"',
])('%s is not marked', (filter) => {
  expect(problems(filter)).toEqual([]);
});

const target = rows.find(({ subject }) => subject.facts.displayName === 'Linus')?.subject.token ?? { id: '', text: '' };
test.each<[what: string, filter: string]>([
  ['the raw token', target.text],
  ['the raw token in a header', `Authorization: Bearer ${target.text}`],
  ['the raw token in an address', `https://call.example/?t=${target.text}#x`],
  ['the raw token, percent-encoded', encodeURIComponent(target.text)],
  ['the raw token in quotes', `"${target.text}"`],
  ['a long beginning', target.text.slice(0, -30)],
  ['a part of its claims', target.text.split('.')[1] ?? ''],
  ['its signature', target.text.split('.')[2] ?? ''],
  ['its id', target.id],
  ['the beginning of its id', target.id.slice(0, 8)],
  ['its id with the name of the hash', `sha256:${target.id}`],
  ['its id behind a word', `id:${target.id.slice(0, 6)}`],
  ['its masked line', `${target.text.slice(0, 10)}…${target.id.slice(0, 6)}…(${target.text.length} characters)`],
])('%s finds its row and no other', (_, filter) => {
  expect(names(filter)).toEqual(['Linus']);
});

test('a beginning that tokens share finds all of them', () => {
  const shared = target.text.slice(0, 10);
  expect(names(shared)).toHaveLength(rows.filter(({ subject }) => subject.token.text.startsWith(shared)).length);
  expect(names(`-${shared}`)).toHaveLength(rows.length - names(shared).length);
});

test('a token that was renewed, or lies in another, finds the row that stands for it', () => {
  const inner = daily.host({ u: 'Inner' });
  const outer = jwt({ sub: 'outer', inner });
  const capture = captureOf({ stores: [localStorageOf({ outer })] });
  const one = createRowMaker()(inspect(find(capture).sightings, { now, policy: standard, page: capture.page }));
  const row = one.find(({ subject }) => subject.token.text === outer);
  const parsed = parseFilter(inner, readPattern);
  expect(row && parsed({ ...row, versions: one.map(({ subject }) => subject) })).toBe(true);
});

test('half-typed words neither fail nor hide everything for no reason', () => {
  for (const text of ['platform:', '-', '"', 'severity:high,', 'a:b:c', '()[]*\\']) {
    expect(() => names(text)).not.toThrow();
  }
  expect(names('severity:high,')).toEqual(names('severity:high'));
  for (const text of ['platform:', '-', '-is:', '"', 'is:"'])
    expect([text, names(text).length]).toEqual([text, rows.length]);
});

test('a severity counts what is as bad or worse', () => {
  const bad = rows.filter((row) => isAtLeast(row, 'medium'));
  expect(bad.length).toBeGreaterThan(0);
  expect(bad.every(({ worst }) => worst === 'critical' || worst === 'high' || worst === 'medium')).toBe(true);
});

test('any name as it is written in a filter finds its row, and left out leaves it out', () => {
  const [row] = rows;
  if (!row) throw new Error('no row');
  const named = (room: string) => ({ ...row, subject: { ...row.subject, facts: { ...row.subject.facts, room } } });
  const check = (room: string) => {
    const one = named(room);
    expect([room, parseFilter(`room:${written(room)}`, readPattern)(one)]).toEqual([room, true]);
    expect([room, parseFilter(`-room:${written(room)}`, readPattern)(one)]).toEqual([room, false]);
  };
  for (const room of ['say "hi"', '"', 'a  b', 'a\tb\r\nc', 'back\\', '\\"', '"\\', '/x/', '-x', 'a,b', '"a', 'İ'])
    check(room);
  const text = fc.string({
    unit: fc.constantFrom('"', '\\', ' ', '\n', ',', '/', '-', ':', 'a', 'B', 'é', '😀'),
    minLength: 1,
  });
  fc.assert(fc.property(text, check), { seed: 20_261_127, numRuns: 500 });
});

test('what a filter has too much of is marked, and leaves out nothing', () => {
  const many = `${'is:here '.repeat(60)}no such thing`;
  expect(problems(many)).toEqual(['the rest of the filter is not read']);
  expect(names(many)).toHaveLength(rows.length);
  expect(problems('is:here '.repeat(50))).toEqual([]);
});

test('a quote in quotes stands behind a backslash, which is itself anywhere else', () => {
  const value = (filter: string) => readTerms(filter, readPattern)[0]?.values[0]?.text;
  expect(value(String.raw`"say \"hi\""`)).toBe('say "hi"');
  expect(value(String.raw`"c:\temp"`)).toBe(String.raw`c:\temp`);
  expect(value(String.raw`c:\\temp`)).toBe(String.raw`c:\\temp`);
  expect(value('"unclosed \\')).toBe('unclosed \\');
});
