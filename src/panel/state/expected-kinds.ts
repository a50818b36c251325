import { isObject, type Json, type JsonObject } from '../../engine/text/json.ts';

/** What can be expected, in the words of a sentence, and the member of the file that says so. */
export const expectedKinds = [
  { id: 'none', words: 'no token', member: 'none' },
  { id: 'exactly', words: 'exactly', member: 'count' },
  { id: 'at-least', words: 'at least', member: 'count' },
  { id: 'at-most', words: 'at most', member: 'count' },
  { id: 'between', words: 'between', member: 'count' },
  { id: 'every', words: 'every token', member: 'have' },
  { id: 'severity', words: 'nothing worse than', member: 'maxSeverity' },
] as const;
export type ExpectedKind = (typeof expectedKinds)[number]['id'];

/** Members of an expectation in the order in which they are written. */
const order = ['name', 'on', 'where', 'none', 'count', 'tokens', 'every', 'atLeast', 'have', 'maxSeverity'];

/** All that an expectation expects, at least one thing; what is not written yet counts as such, too. */
export function kindsIn(one: JsonObject): ExpectedKind[] {
  const kinds: ExpectedKind[] = [
    ...(one.none === undefined ? [] : (['none'] as const)),
    ...(one.count === undefined && one.tokens === undefined ? [] : [countKind(one.count)]),
    ...(one.have === undefined && one.every === undefined ? [] : (['every'] as const)),
    ...(one.maxSeverity === undefined ? [] : (['severity'] as const)),
  ];
  return kinds.length > 0 ? kinds : ['none'];
}

function countKind(count: Json | undefined): ExpectedKind {
  if (!isObject(count)) return 'exactly';
  if (count.min === undefined) return 'at-most';
  return count.max === undefined ? 'at-least' : 'between';
}

/** The same with a member, in the order in which they are written, or without it. */
export function withMember(one: JsonObject, name: string, value: Json | undefined): JsonObject {
  const all = new Map(Object.entries(one));
  if (value === undefined) all.delete(name);
  else all.set(name, value);
  const names = [...all.keys()];
  const sorted = [...order.filter((known) => all.has(known)), ...names.filter((other) => !order.includes(other))];
  return Object.fromEntries(sorted.map((known) => [known, all.get(known) as Json]));
}

/** The same with one thing expected in place of another. Which tokens it is about is taken along, and numbers as far as they mean the same. */
export function withKind(one: JsonObject, from: ExpectedKind, to: ExpectedKind): JsonObject {
  const { none, count, tokens, every, have, atLeast, maxSeverity, ...rest } = one;
  const about = from === 'none' ? none : from === 'every' ? every : from === 'severity' ? undefined : tokens;
  const others: [string, Json | undefined][] = [
    ['none', from === 'none' ? undefined : none],
    ['count', isCount(from) ? undefined : count],
    ['tokens', isCount(from) ? undefined : tokens],
    ['every', from === 'every' ? undefined : every],
    ['have', from === 'every' ? undefined : have],
    ['atLeast', from === 'every' ? undefined : atLeast],
    ['maxSeverity', from === 'severity' ? undefined : maxSeverity],
    ...made(to, about ?? {}, count),
  ];
  return others.reduce((made, [name, value]) => (value === undefined ? made : withMember(made, name, value)), rest);
}

function isCount(kind: ExpectedKind): boolean {
  return expectedKinds.some(({ id, member }) => id === kind && member === 'count');
}

function made(kind: ExpectedKind, about: Json, count: Json | undefined): [string, Json][] {
  const range = isObject(count) ? count : {};
  const number = typeof count === 'number' ? count : (range.min ?? range.max ?? 1);
  const counted = (value: Json): [string, Json][] => [
    ['count', value],
    ['tokens', about],
  ];
  switch (kind) {
    case 'none':
      return [['none', about]];
    case 'exactly':
      return counted(number);
    case 'at-least':
      return counted({ min: number });
    case 'at-most':
      return counted({ max: range.max ?? number });
    case 'between':
      return counted({ min: range.min ?? number, max: range.max ?? number });
    case 'every':
      return [
        ['every', about],
        ['have', { 'times.lifetimeSeconds': { max: 3600 } }],
      ];
    case 'severity':
      return [['maxSeverity', 'medium']];
  }
}
