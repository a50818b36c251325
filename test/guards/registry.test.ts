import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { forms } from '../../src/engine/decode/forms/index.ts';
import { encodings } from '../../src/engine/find/encodings/index.ts';
import { openers } from '../../src/verify/openers.ts';
import { filesBelow, root } from './files-below.ts';
import { codecs, type Kind, kinds } from './kinds.ts';

type Listed = { id: string };

const isTest = (file: string) => file.endsWith('.test.ts');

/** Files of a folder at any depth, tests apart. */
function unitsAndTests(folder: string): { units: string[]; tests: string[] } {
  const all = filesBelow(folder);
  return { units: all.filter((file) => !isTest(file)), tests: all.filter(isTest) };
}

const nameOf = (file: string) => basename(file, '.ts');

async function listOf(kind: Kind): Promise<readonly Listed[]> {
  const { [kind.name]: list } = (await import(join(root, kind.list))) as Record<string, readonly Listed[]>;
  if (!list) throw new Error(`${kind.list} exports no ${kind.name}`);
  return list;
}

/** What is wrong with one file of a unit folder, as the step that mends it; null when it is in its place. */
async function strayIn(kind: Kind, file: string, list: readonly Listed[]): Promise<string | null> {
  const folder = dirname(kind.list);
  const path = `${folder}/${file}`;
  if (path === kind.list || path === kind.description || kind.helpers.includes(nameOf(file))) return null;
  const values = Object.values((await import(join(root, path))) as Record<string, unknown>);
  if (values.some((value) => list.includes(value as Listed))) return null;
  const looksLike = values.some((value) => (value as Partial<Listed> | null)?.id === nameOf(file));
  return looksLike
    ? `add ${nameOf(file)} to ${kind.name} in ${kind.list}`
    : `${path} is no ${kind.id}: give it the id "${nameOf(file)}" and its line in ${kind.list}, move it, or name it a helper in test/guards/kinds.ts`;
}

test.each(kinds.map((kind) => [kind.id, kind] as const))(
  'nothing lies among the units of the kind %s but units and named helpers',
  async (_, kind) => {
    const list = await listOf(kind);
    const { units } = unitsAndTests(dirname(kind.list));
    const strays = await Promise.all(units.map((file) => strayIn(kind, file, list)));
    const steps = strays.filter((step) => step !== null);
    expect(steps, steps.join('\n')).toEqual([]);
  },
);

test.each(kinds.map((kind) => [kind.id, kind] as const))(
  'every %s has a file of its name, or shares one',
  async (_, kind) => {
    const list = await listOf(kind);
    const ids = list.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const { units } = unitsAndTests(dirname(kind.list));
    const exported = await Promise.all(
      units.map(async (file) => Object.values((await import(join(root, dirname(kind.list), file))) as object)),
    );
    const homes = exported.flat();
    expect(list.filter((unit) => !homes.includes(unit)).map(({ id }) => `${id} lies elsewhere`)).toEqual([]);
  },
);

test.each(kinds.map((kind) => [kind.id, kind] as const))(
  'every helper among the units of the kind %s is there, and every test is of a file',
  (_, kind) => {
    const { units, tests } = unitsAndTests(dirname(kind.list));
    const names = units.map(nameOf);
    expect(kind.helpers.filter((helper) => !names.includes(helper))).toEqual([]);
    const known = [...names, ...ofAll];
    expect(tests.filter((file) => !known.includes(file.slice(0, -'.test.ts'.length).replace(/^.*\//, '')))).toEqual([]);
  },
);

/** Has a test of its own, or is named in one: what is tested together with what runs it. */
function isTested({ id }: Kind, unit: string, tests: readonly string[]): boolean {
  const name = nameOf(unit);
  if (tests.some((test) => basename(test, '.test.ts') === name)) return true;
  const isNamed = (text: string) => text.includes(`'${name}'`) || text.includes(`/${name}.ts'`);
  return !['rule', 'provider', 'library'].includes(id) && testTexts.some(isNamed);
}

const testTexts = ['src', 'test']
  .flatMap((folder) => filesBelow(folder).map((file) => join(root, folder, file)))
  .filter((file) => /\.test\.tsx?$/.test(file) && !file.includes('test/guards'))
  .map((file) => readFileSync(file, 'utf8'));

// Structures are tested by what `redact` makes of texts, and by all of test/redaction.
const apart = kinds.filter(({ id }) => id !== 'structure');
test.each(apart.map((kind) => [kind.id, kind] as const))('every %s is tested', (_, kind) => {
  const folder = dirname(kind.list);
  const { units, tests } = unitsAndTests(folder);
  const untested = units
    .filter(
      (file) => ![kind.list, kind.description].includes(`${folder}/${file}`) && !kind.helpers.includes(nameOf(file)),
    )
    .filter((file) => !isTested(kind, file, tests))
    .map((file) => `write ${folder}/${file.replace(/\.ts$/, '.test.ts')}`);
  expect(untested, untested.join('\n')).toEqual([]);
});

/** Tests of all units of a folder together. */
const ofAll = ['forms', 'formats', 'hostile', 'exchanges', 'heavy', 'jose', 'vendor-forms'];

test('every codec is used, and nothing else lies among them', () => {
  const folder = dirname(codecs.description);
  const users = unitsAndTests(codecs.users).units.map((file) => readFileSync(join(root, codecs.users, file), 'utf8'));
  const unused = unitsAndTests(folder)
    .units.map(nameOf)
    .filter((name) => name !== nameOf(codecs.description) && !codecs.helpers.includes(name))
    .filter((name) => !users.some((text) => text.includes(`codecs/${name}.ts'`)));
  expect(unused.map((name) => `use ${name} in a structure, or name it a helper in test/guards/kinds.ts`)).toEqual([]);
});

test('forms say what opens them and encodings where they are tried', () => {
  const known = openers.map(({ id }) => id);
  for (const { id, lock } of forms)
    if (lock) expect({ id, opens: known.includes(lock.opener) }).toEqual({ id, opens: true });
  for (const { id, tried } of encodings) expect({ id, tried: tried.length > 0 }).toEqual({ id, tried: true });
});
