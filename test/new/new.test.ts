import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kinds } from '../guards/kinds.ts';
import { isWhole } from '../sampled.ts';
import { templates } from './templates.ts';
import { topics, writeUnit } from './write-unit.ts';

const root = resolve(import.meta.dirname, '../..');
let copy = '';

/** A rule that was described before it was made is among them. */
const ids: Record<string, string> = { rule: 'token-logged', form: 'acme-9', library: 'acme-auth' };
const units = Object.keys(templates).flatMap((kind): [kind: string, id: string, topic?: string][] =>
  kind === 'rule'
    ? topics.map((topic) => [kind, topic === 'transport' ? 'token-logged' : `acme-${topic}`, topic])
    : [[kind, ids[kind] ?? `acme-${kind}`]],
);

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'roomkey-new-'));
  for (const name of ['src', 'test', 'package.json', 'tsconfig.json', 'vite.config.ts', 'biome.json', 'manifest.json'])
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      filter: (path) => basename(path) !== 'node_modules',
    });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Every file of the copy, and its text. */
function read(): Map<string, string> {
  const files = ['src', 'test'].flatMap((folder) =>
    (readdirSync(join(copy, folder), { recursive: true }) as string[]).map((file) => join(folder, file)),
  );
  return new Map(
    files
      .filter((file) => statSync(join(copy, file)).isFile())
      .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(copy, file), 'latin1')]),
  );
}

function changed(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);
}

function run(script: string, ...args: string[]) {
  const { VITEST: _, VITEST_MODE: __, NODE_ENV: ___, ...env } = process.env;
  return spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: copy,
    env,
    encoding: 'utf8',
  });
}

interface Outcome {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; failureMessages: string[] }[];
  }[];
}

function tests(...files: string[]): Outcome['testResults'] {
  const { stdout, stderr } = run('vitest/vitest.mjs', 'run', '--reporter=json', ...files);
  const at = stdout.indexOf('{"num');
  if (at < 0) throw new Error(stderr);
  return (JSON.parse(stdout.slice(at)) as Outcome).testResults;
}

/** In `npm test` those that look at every unit. */
const guards = [
  'test/guards/registry.test.ts',
  'test/guards/layers.test.ts',
  ...(isWhole
    ? ['test/guards/rule-tables.test.ts', 'test/guards/providers-matrix.test.ts', 'test/guards/providers-data.test.ts']
    : []),
];

test('a unit of each kind is a file, its test and a line, and fails by its own test alone', {
  timeout: 180_000,
}, async () => {
  const written: string[] = [];
  let after = read();
  for (const [kind, id, topic] of units) {
    const before = after;
    const { written: said } = await writeUnit(copy, kind, id, topic);
    after = read();
    expect(changed(before, after).sort()).toEqual([...said].sort());
    written.push(...said);
    const list = said.find((path) => path.endsWith('index.ts')) ?? '';
    const wordsOf = (text = '') => new Set(text.split(/[\s,;[\]]+/));
    expect([kind, list]).toEqual([kind, kinds.find((one) => one.id === kind)?.list]);
    // A list of one line may become one of many, so its words are compared: the name, and where it comes from.
    const more = [...wordsOf(after.get(list))].filter((word) => !wordsOf(before.get(list)).has(word));
    expect(more.sort()).toEqual([
      expect.stringMatching(new RegExp(`^'\\./.*${id}\\.ts'$`)),
      expect.stringMatching(/^acme|^token/),
    ]);
    expect([...wordsOf(before.get(list))].filter((word) => !wordsOf(after.get(list)).has(word))).toEqual([]);
  }
  const own = written.filter((path) => path.endsWith('.test.ts'));
  expect(own).toHaveLength(units.length);

  // The units and what they import; of all else the types were checked without them.
  const files = [...new Set(written)].filter((path) => path.endsWith('.ts'));
  const settings = { extends: './tsconfig.json', include: [], files };
  writeFileSync(join(copy, 'tsconfig.units.json'), JSON.stringify(settings));
  // It takes as long as all the rest.
  if (isWhole) expect(run('typescript/bin/tsc', '-p', 'tsconfig.units.json').stdout).toBe('');
  const lint = run('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', ...new Set(written));
  expect([lint.status, lint.status === 0 ? '' : lint.stderr]).toEqual([0, '']);
  const deep = run('oxlint/bin/oxlint', ...new Set(written));
  expect([deep.status, deep.status === 0 ? '' : deep.stdout]).toEqual([0, '']);

  const outcome = tests(...guards, ...own);
  const ended = (file: string) => outcome.find(({ name }) => name.endsWith(`/${file}`));
  for (const file of guards) {
    const failures = ended(file)?.assertionResults.flatMap(({ failureMessages }) => failureMessages);
    expect([file, ended(file)?.message, failures]).toEqual([file, '', []]);
  }
  for (const file of own) {
    const failed = ended(file)?.assertionResults.filter(({ status }) => status === 'failed') ?? [];
    expect([file, failed.length > 0]).toEqual([file, true]);
  }

  // What the guard of units says of a forgotten line, and of a stranger.
  for (const kind of kinds) {
    const unit = units.find(([id]) => id === kind.id);
    writeFileSync(join(copy, dirname(kind.list), 'stranger.ts'), 'export const stranger = 1;\n');
    if (!unit) continue;
    const list = readFileSync(join(copy, kind.list), 'utf8');
    const name = unit[1].replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const [head = '', tail = ''] = list.split(`export const ${kind.name}`);
    const kept = head.replace(new RegExp(`^import \\{ ${name} \\}.*\\n`, 'm'), '');
    writeFileSync(
      join(copy, kind.list),
      `${kept}export const ${kind.name}${tail.replace(new RegExp(`\\b${name}\\b,?\\s*`), '')}`,
    );
  }
  const complaints = tests('test/guards/registry.test.ts').flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ failureMessages }) => failureMessages),
  );
  const all = complaints.join('\n');
  for (const kind of kinds) {
    expect(all).toContain(`${dirname(kind.list)}/stranger.ts is no ${kind.id}`);
    const unit = units.find(([id]) => id === kind.id);
    if (unit) expect(all).toContain(`add ${unit[1]} to ${kind.name} in ${kind.list}`);
  }
});

test.each([
  [
    'an unknown kind',
    ['colour', 'red'],
    /^Usage: npm run new <kind> <id>\nNo kind "colour"\. Kinds: .*rule <id> <topic>.*probe/,
  ],
  ['nothing at all', ['', ''], /^Usage: npm run new <kind> <id>\nKinds: /],
  ['a kind without an id', ['form', ''], /^Which form\? npm run new form <id>$/],
  ['capitals', ['form', 'Acme'], /^"Acme" is no id/],
  ['a path', ['form', '../acme'], /is no id/],
  ['a hyphen at the end', ['form', 'acme-'], /is no id/],
  ['a digit first', ['provider', '8x8'], /begins with a digit/],
  ['a word of the language', ['command', 'delete'], /is a word of the language/],
  ['a unit that is there', ['form', 'jws'], /^There is \S+\/jws\.ts already\.$/],
  ['a helper that is there', ['provider', 'grants'], /^There is \S+\/grants\.ts already\.$/],
  ['a name that the list uses', ['form', 'form-of'], /has a formOf already/],
  [
    'a rule without a topic',
    ['rule', 'acme-missing'],
    /^A rule has a topic: npm run new rule acme-missing time\|signature/,
  ],
  ['a rule of another topic', ['rule', 'acme-missing', 'weather'], /^A rule has a topic/],
  ['a rule in one word', ['rule', 'acme', 'time'], /is too short for a rule/],
] as [string, [string, string, string?], RegExp][])(
  'refuses %s, and writes nothing',
  async (_, [kind, id, topic], message) => {
    await expect(writeUnit(root, kind, id, topic)).rejects.toThrow(message);
  },
);

test.each([
  ['a global', 'provider', 'constructor'],
  ['what its own test imports', 'provider', 'test'],
  ['what its own test makes', 'input', 'token'],
  ['what it imports itself', 'command', 'parse-args'],
])('a name that is %s in what would be written is refused, and nothing is left of it', async (_, kind, id) => {
  const before = read();
  await expect(writeUnit(copy, kind, id)).rejects.toThrow(
    new RegExp(`^"${id}" cannot be used.* Nothing is\\.\\n${id}\\S*:\\d+ \\w`),
  );
  expect(changed(before, read())).toEqual([]);
  expect([...read().keys()]).toEqual([...before.keys()]);
});

test('the command says what it wrote, or why it did not', () => {
  const told = run('tsx/dist/cli.mjs', 'test/new/new.ts', 'source', 'acme-place');
  expect(told.stdout).toMatch(
    /^wrote \S+acme-place\.ts\nwrote \S+acme-place\.test\.ts\nwrote \S+index\.ts\nTurn what a capture holds/,
  );
  const refused = run('tsx/dist/cli.mjs', 'test/new/new.ts', 'source', 'acme-place');
  expect([refused.status, refused.stdout, refused.stderr.trim()]).toEqual([
    1,
    '',
    expect.stringMatching(/^There is \S+ already\.$/),
  ]);
});
