import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Kind, kinds } from '../guards/kinds.ts';
import { type Named, templates } from './templates.ts';
import { waitingRule } from './waiting-rule.ts';

/** Topics of rules, as `RuleGroup` has them. */
export const topics = ['time', 'signature', 'structure', 'storage', 'transport', 'video'] as const;

interface Written {
  /** Paths below the root, of new files first. */
  written: string[];
  /** What to do now, in one or two sentences. */
  next: string;
}

/**
 * Writes a unit that does nothing yet, a test that fails until it does, and the line that lists it.
 * @throws with a sentence for the terminal when the kind is unknown or the id cannot be used; nothing is written then
 */
export async function writeUnit(root: string, kindId: string, id: string, topic?: string): Promise<Written> {
  const kind = kinds.find((one) => one.id === kindId);
  const template = templates[kindId];
  if (!kind || !template) {
    const known = Object.keys(templates).map((one) => (one === 'rule' ? 'rule <id> <topic>' : one));
    throw new Error(
      `Usage: npm run new <kind> <id>\n${kindId ? `No kind "${kindId}". ` : ''}Kinds: ${known.join(', ')}.`,
    );
  }
  const list = readFileSync(join(root, kind.list), 'utf8');
  refuse(root, kind, id, list);
  if (kindId === 'rule' && !topics.some((one) => one === topic))
    throw new Error(`A rule has a topic: npm run new rule ${id} ${topics.join('|')}`);

  const folder = folderOf(root, kind, topic);
  const named: Named = {
    id,
    name: camelCase(id),
    words: words(id),
    file: `${folder}/${id}.ts`,
    kind,
    topic: topic ?? '',
    month: new Date().toISOString().slice(0, 7),
    waiting: kindId === 'rule' ? waitingRule(root, id) : null,
  };
  const { unit, test, hint } = template(named);
  const index = await listed(root, kind, list, named);
  const testFile = `${folder}/${id}.test.ts`;
  const waitingText = named.waiting ? readFileSync(join(root, named.waiting.path), 'utf8') : '';
  writeFileSync(join(root, named.file), unit);
  writeFileSync(join(root, testFile), test);
  writeFileSync(join(root, kind.list), index);
  if (named.waiting) writeFileSync(join(root, named.waiting.path), named.waiting.rest);
  const written = [named.file, testFile, kind.list, ...(named.waiting ? [named.waiting.path] : [])];
  const faults = tidied(root, written);
  if (faults !== null) {
    for (const path of [named.file, testFile]) rmSync(join(root, path));
    writeFileSync(join(root, kind.list), list);
    if (named.waiting) writeFileSync(join(root, named.waiting.path), waitingText);
    throw new Error(
      `"${id}" cannot be used, or its list is at fault: the linter objects to what would be written. Nothing is.\n${faults}`,
    );
  }
  return { written, next: `${hint} Its test fails until then: npx vitest run ${testFile}` };
}

/** Files as the linter wants them; what it objects to when they cannot be made so, such as a name that means two things. */
function tidied(root: string, paths: readonly string[]): string | null {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'check', '--write', '--error-on-warnings', '--reporter=github', ...paths];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return null;
  const said = [...stdout.matchAll(/^::\w+ .*?file=([^,]*),line=(\d+).*?::(.*)$/gm)];
  if (said.length === 0) return error?.message ?? stderr;
  return said.map(([, file, line, what]) => `${basename(file ?? '')}:${line} ${what}`).join('\n');
}

/** @throws when the id is no id, or is taken */
function refuse(root: string, kind: Kind, id: string, list: string): void {
  if (id === '') throw new Error(`Which ${kind.id}? npm run new ${kind.id} <id>`);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) || id.length > 60)
    throw new Error(`"${id}" is no id: small letters and digits, in words with hyphens between them.`);
  const name = camelCase(id);
  if (/^\d/.test(name))
    throw new Error(`"${id}" begins with a digit, and its name in code cannot: write the file by hand.`);
  if (reserved.has(name)) throw new Error(`"${id}" is a word of the language, and its name in code cannot be.`);
  if (kind.id === 'rule' && !id.includes('-'))
    throw new Error(
      `"${id}" is too short for a rule: name what it looks at and what is wrong with it, as exp-missing does.`,
    );
  const folder = dirname(kind.list);
  const taken = (readdirSync(join(root, folder), { recursive: true }) as string[]).find(
    (file) => basename(file) === `${id}.ts`,
  );
  if (taken) throw new Error(`There is ${folder}/${taken.replaceAll('\\', '/')} already.`);
  if (new RegExp(`\\b${name}\\b`).test(list)) throw new Error(`${kind.list} has a ${name} already: choose another id.`);
}

const reserved = new Set(
  'await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield arguments'.split(
    ' ',
  ),
);

/** Where files of the kind lie; a rule in the folder of its topic. */
function folderOf(root: string, kind: Kind, topic = ''): string {
  const folder = dirname(kind.list);
  return topic !== '' && existsSync(join(root, folder, topic)) ? `${folder}/${topic}` : folder;
}

/** The file that lists the units, with one more. */
async function listed(root: string, kind: Kind, text: string, { name, file, topic }: Named): Promise<string> {
  const array = new RegExp(`(export const ${kind.name}: readonly \\w+\\[\\] = \\[)([^\\]]*)(\\];)`);
  const [, open = '', inner, close = ''] = array.exec(text) ?? [];
  if (inner === undefined) throw new Error(`${kind.list} does not list its units as it used to: add ${name} by hand.`);
  const names = inner.split(',').flatMap((one) => one.trim() || []);
  names.splice(await placeOf(root, kind, names, name, topic), 0, name);
  const path = `./${file.slice(dirname(kind.list).length + 1)}`;
  // A function, since `$` in a replacement has a meaning.
  return `import { ${name} } from '${path}';\n${text.replace(array, () => `${open}${names.join(', ')}${close}`)}`;
}

async function placeOf(root: string, kind: Kind, names: string[], name: string, topic: string): Promise<number> {
  if (kind.order === 'first') return 0;
  if (kind.order === 'by-name') {
    const after = names.findIndex((one) => one.toLowerCase() > name.toLowerCase());
    return after < 0 ? names.length : after;
  }
  if (kind.order === 'last') return names.length;
  const { [kind.name]: units = [] } = (await import(pathToFileURL(join(root, kind.list)).href)) as Record<
    string,
    { group: string }[]
  >;
  return units.findLastIndex(({ group }) => group === topic) + 1;
}

/** `exp-missing` as `expMissing`. */
function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `exp-missing` as "Exp missing". */
function words(id: string): string {
  const spaced = id.replaceAll('-', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
