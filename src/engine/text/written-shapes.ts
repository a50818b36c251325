import * as v from 'valibot';

// What valibot's own shapes leave unsaid of a file that somebody wrote by hand: every member that is not known, not the
// first alone; members named like parts of a prototype; lists of a million mistakes. They convert to JSON Schema like the
// shapes they stand for.

/** Mistakes named of one file, and so looked for in one list or object. */
export const mostMistakes = 20;

/** What valibot hands on while it reads, in one type for all that it can be by then. */
export interface Dataset {
  value: unknown;
  typed?: boolean;
  issues?: v.BaseIssue<unknown>[];
}
export type Config = v.Config<v.BaseIssue<unknown>>;
type Read = (dataset: Dataset, config: Config) => Dataset;

/** A shape with what it is to others, and how it reads. */
export function shape<Shape extends v.GenericSchema>(is: { type: string; [part: string]: unknown }, read: Read): Shape {
  return { kind: 'schema', ...is, '~run': read } as unknown as Shape;
}

/** What members must be together, beside what each must be. Looked at where some are not what they should be, too. */
export interface Need {
  /** Names of which one must be there. */
  oneOf?: readonly string[];
  /** A name that is of use where another one is, and that other one. */
  besides?: readonly [name: string, other: string];
  /** A name that must not be there where another one is, and that other one. */
  apart?: readonly [name: string, other: string];
  /** The names at fault, or the ways to them, for what no published schema can say. */
  faults?(value: Record<string, unknown>): (string | (string | number)[])[];
  says: string;
}

/** An object with these members and no other. A name that is not known is told first: it may be why another is missing. */
export function members<const Entries extends v.ObjectEntries>(
  entries: Entries,
  needs: readonly Need[] = [],
): v.StrictObjectSchema<Entries, undefined> {
  const is = { type: 'strict_object', entries, needs };
  const names = Object.keys(entries).filter((name) => name !== '$schema');
  return objectOf(is, (value, result) => {
    for (const key of Object.keys(value)) {
      if (isEnough(result)) break;
      if (!Object.hasOwn(entries, key)) wrong(is, result, `is not known; known here are ${names.join(', ')}`, key);
    }
    const has = (name: string) => Object.hasOwn(value, name);
    for (const { oneOf, besides: [name, other] = ['', ''], apart, faults, says } of needs) {
      if (oneOf && !oneOf.some(has)) wrong(is, result, says);
      if (has(name) && !has(other)) wrong(is, result, says, name);
      if (apart?.every(has)) wrong(is, result, says, apart[0]);
      for (const at of faults?.(value) ?? []) wrong(is, result, says, ...[at].flat());
    }
  });
}

/** An object with these members, whatever else it has. */
export function known<const Entries extends v.ObjectEntries>(entries: Entries): v.ObjectSchema<Entries, undefined> {
  return objectOf({ type: 'object', entries }, () => {});
}

function objectOf<Shape extends v.GenericSchema>(
  is: { type: string; entries: v.ObjectEntries },
  look: (value: Record<string, unknown>, result: Dataset) => void,
): Shape {
  return shape(is, (dataset, config) => {
    const { value } = dataset;
    if (!isObject(value)) return wrong(is, dataset);
    const result: Dataset = { typed: true, value };
    look(value, result);
    return withKnown(is.entries, value, result, config);
  });
}

/** The members that are known, each read or as it is when left out. */
function withKnown(entries: v.ObjectEntries, value: Record<string, unknown>, result: Dataset, config: Config): Dataset {
  const read: [string, unknown][] = [];
  for (const [key, entry] of Object.entries(entries)) {
    if (Object.hasOwn(value, key)) read.push([key, within(result, key, run(entry, value[key], config))]);
    else if (entry.type !== 'exact_optional') read.push([key, within(result, key, absent(entry, config))]);
    else if (v.getDefault(entry) !== undefined) read.push([key, v.getDefault(entry)]);
  }
  result.value = Object.fromEntries(read);
  return result;
}

/** What is said of a member that is not there is what is said of one that is not what it should be. */
function absent(entry: v.GenericSchema, config: Config): Dataset {
  const { issues = [], ...read } = run(entry, undefined, config);
  const [first] = issues;
  return first ? { ...read, issues: [{ ...first, message: `is missing; it ${first.message}` }] } : read;
}

/**
 * An object whose members' names are a shape, too: whatever they are called, also `__proto__`. `twice` is said of a name
 * that stands for the same as one before it.
 */
export function byName<const Key extends v.GenericSchema<string, string>, const Value extends v.GenericSchema>(
  key: Key,
  value: Value,
  twice = 'stands above already',
): v.GenericSchema<Named<v.InferInput<Key>, v.InferInput<Value>>, Named<v.InferOutput<Key>, v.InferOutput<Value>>> {
  const is = { type: 'record', key, value };
  return shape(is, (dataset, config) => {
    const given = dataset.value;
    if (!isObject(given)) return wrong(is, dataset);
    const read = new Map<unknown, unknown>();
    const result: Dataset = { typed: true, value: {} };
    for (const [name, one] of Object.entries(given)) {
      if (isEnough(result)) break;
      const ownName = within(result, name, run(key, name, config));
      const ownValue = within(result, name, run(value, one, config));
      if (read.has(ownName)) wrong(is, result, twice, name);
      read.set(ownName, ownValue);
    }
    result.value = Object.fromEntries(read as Map<string, unknown>);
    return result;
  });
}

type Named<Name extends string, Value> = string extends Name ? Record<string, Value> : Partial<Record<Name, Value>>;

/** A list, read until there is enough to say. */
export function listOf<const Item extends v.GenericSchema>(item: Item): v.ArraySchema<Item, undefined> {
  const is = { type: 'array', item };
  return shape(is, (dataset, config) => {
    const given = dataset.value;
    if (!Array.isArray(given)) return wrong(is, dataset);
    const values: unknown[] = [];
    const result: Dataset = { typed: true, value: values };
    for (const [index, value] of given.entries()) {
      if (isEnough(result)) break;
      values.push(within(result, index, run(item, value, config)));
    }
    return result;
  });
}

/** Said of what is not of its type. */
export function wordsFor({ type, expected }: Pick<v.BaseIssue<unknown>, 'type' | 'expected'>): string {
  if (type === 'string') return 'must be a text';
  if (type === 'array') return 'must be a list';
  if (type === 'boolean') return 'must be true or false';
  if (type === 'number') return 'must be a number';
  // Ids and nothing else: `("standard" | "strict")`.
  if (type === 'picklist') return `must be one of ${expected?.replace(/[()"]/g, '').replaceAll(' | ', ', ')}`;
  return 'must be an object';
}

export function run(read: v.GenericSchema, value: unknown, config: Config): Dataset {
  return read['~run']({ value }, config) as Dataset;
}

/** What a part was read as; its mistakes become those of the whole. */
function within(whole: Dataset, key: string | number, { issues = [], value }: Dataset): unknown {
  for (const issue of issues) add(whole, { ...issue, path: [step(key), ...(issue.path ?? [])] });
  return value;
}

/** Notes a mistake of the whole, or of the member that a way leads to. */
export function wrong(
  { type }: { type: string },
  dataset: Dataset,
  says?: string,
  ...way: (string | number)[]
): Dataset {
  const about = { kind: 'schema', type, input: dataset.value, expected: null, received: '' } as const;
  const message = says ?? wordsFor(about);
  const [path] = way.length > 0 ? [way.map(step) as [v.IssuePathItem, ...v.IssuePathItem[]]] : [];
  return add(dataset, { ...about, message, ...(path ? { path } : {}) });
}

function add(dataset: Dataset, issue: v.BaseIssue<unknown>): Dataset {
  dataset.issues = [...(dataset.issues ?? []), issue];
  dataset.typed = false;
  return dataset;
}

/** Of a step, its name is all that is used. */
function step(key: string | number): v.IssuePathItem {
  return { type: 'unknown', origin: 'value', input: null, key, value: null };
}

function isEnough({ issues }: Dataset): boolean {
  return (issues?.length ?? 0) >= mostMistakes;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
