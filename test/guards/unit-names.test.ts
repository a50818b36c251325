import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';
import { forms } from '../../src/engine/decode/forms/index.ts';
import { encodings } from '../../src/engine/find/encodings/index.ts';
import { libraries } from '../../src/engine/find/libraries/index.ts';
import { sources } from '../../src/engine/find/sources/index.ts';
import { providers } from '../../src/engine/recognise/providers/index.ts';
import { formats } from '../../src/engine/report/formats/index.ts';
import { kinds } from './kinds.ts';

const src = resolve(import.meta.dirname, '../../src');
const units = {
  provider: providers,
  form: forms,
  source: sources,
  encoding: encodings,
  library: libraries,
  format: formats,
};
/** What a variable or member is called that holds the id of a unit. */
const words = {
  provider: /provider|platform/i,
  form: /form(?!at)/i,
  source: /source/i,
  encoding: /encodings/i,
  library: /library/i,
  format: /format/i,
};
const places = Object.entries(units).map(([kind, list]) => ({
  word: words[kind as keyof typeof words],
  ids: new Set(list.map(({ id }) => id)),
  folder: `${dirname(kinds.find(({ id }) => id === kind)?.list ?? '').replace(/^src\//, '')}/`,
}));

/** Files that write ids of units, and why they may. */
const producers: Record<string, readonly string[]> = {
  // A probe and a recording make a store, which says where it was.
  'probes/cache-storage.ts': ['cache-storage'],
  'probes/history-state.ts': ['history-state'],
  'probes/indexed-db.ts': ['indexed-db'],
  'probes/local-storage.ts': ['local-storage'],
  'probes/page-content.ts': ['page-content'],
  'probes/private-file.ts': ['private-file'],
  'probes/session-storage.ts': ['session-storage'],
  'probes/window-name.ts': ['window-name'],
  'inputs/storage-state-capture.ts': ['indexed-db', 'local-storage', 'session-storage'],
  // A verifier is called like the form it is for.
  'verify/agora-007.ts': ['agora-007'],
  'verify/opentok-t1.ts': ['opentok-t1'],
  'verify/trtc-usersig.ts': ['trtc-usersig'],
  'verify/zego-04.ts': ['zego-04'],
  // The validation server asks a vendor's own server, reads keys for standard tokens, and compares rooms as platforms do.
  'proxy/config.ts': ['daily', 'jitsi'],
  'proxy/environment.ts': ['jitsi'],
  // Lists of rules and platforms, and two seats side by side, are no reports, and written in two ways of their own.
  'cli/commands/compare.ts': ['json'],
  'cli/commands/providers.ts': ['json'],
  'cli/commands/rules.ts': ['json'],
};

const files = (readdirSync(src, { recursive: true }) as string[])
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  // Codecs are called like encodings, and copies without secrets are made of the forms whose parts can be written again.
  .filter((file) => !file.startsWith('engine/redact/'));

test('nothing asks for a platform, form, place, encoding, library or format by its name', () => {
  const named = new Map(files.map((file) => [file, namesIn(file)] as const).filter(([, names]) => names.length > 0));
  expect(Object.fromEntries(named)).toEqual(producers);
});

test.each([
  ["if (token.form === 'jws') x()", ['jws']],
  ["x(token.form !== 'opaque' ? 1 : 2)", ['opaque']],
  ["const is = ['text'].includes(sighting.source)", ['text']],
  ["const hit = { form: 'damaged', at: 1 }", ['damaged']],
  ["switch (format.id) { case 'json': x() }", ['json']],
  ["const source = x(value)?.id ?? 'text'", ['text']],
  ["const all = new Set(['agora-007'])", ['agora-007']],
  ['x(token.form === `jws`)', ['jws']],
  ["const all = ['jws', 'opaque'].map(x)", ['jws', 'opaque']],
  ["const words = new Map([['jws', 'signed'], ['jwe', 'locked']])", ['jwe', 'jws']],
  ["const words = { jws: 'signed', jwe: 'locked', other: '' }[is]", ['jwe', 'jws']],
  ["type One = 'jws' | 'opaque' | 'other'", ['jws', 'opaque']],
  ['const { text, json } = { text: 1, json: 2 }', []],
  ['const test = /^(?:jws|jwe|sd-jwt)/.test(token.form)', ['/^(?:jws|jwe|sd-jwt)/']],
  ["if (subject.provider?.id === 'daily') x()", ['daily']],
  ["const key = { kind: 'secret', writtenAs: 'base64' }", []],
  ["if (traits.storage === 'cookie') x()", []],
  ["const isText = typeof form === 'string'", []],
])('%s names %j', (code, names) => {
  expect(namesOf(code, '')).toEqual(names);
});

function namesIn(file: string): string[] {
  return namesOf(readFileSync(join(src, file), 'utf8'), file);
}

/**
 * Ids of units that a file writes, sorted. One with a hyphen tells itself; a plain word (`text`, `cookie`) means
 * a unit only where something is compared or filled in that is called so (`form === …`, `source: …`).
 */
function namesOf(code: string, file: string): string[] {
  const found = new Set<string>();
  const others = places.filter(({ folder }) => !file.startsWith(folder));
  for (const [node, above] of nodesIn(code, file.endsWith('.ts') ? 'ts' : 'tsx')) {
    for (const name of namesTogether(node, others)) found.add(name);
    const text = textOf(node);
    if (text === null && !node.regex) continue;
    const around = above.findLast(({ type }) => type in subjectOf);
    const subject = around ? (subjectOf[around.type]?.(around) ?? null) : null;
    const about = subject ? code.slice(subject.start, subject.end).replace(/'[^']*'|`[^`$]*`/g, '') : '';
    for (const { word, ids } of others) {
      const named = node.regex ? node.regex.pattern.split(/[^\w-]+/) : [text];
      if (!named.some((one) => ids.has(String(one)) && (String(one).includes('-') || word.test(about)))) continue;
      found.add(node.regex ? `/${node.regex.pattern}/` : String(text));
    }
  }
  return [...found].sort();
}

/** Words that mean much else where they stand together: `{ text, json }`. */
const plain = ['cookie', 'json', 'markdown', 'memory', 'text'];

/** Ids of one kind that are the members of one table, list or union: what is looked up in it is a unit, whatever it is called. */
function namesTogether(node: Node, among: typeof places): string[] {
  const parts = node.properties ?? node.elements ?? (node.type === 'TSUnionType' ? node.types : null);
  if (!Array.isArray(parts) || node.type === 'ObjectPattern') return [];
  const names = (parts as Node[]).flatMap((part) => nameOf(part) ?? []);
  return among.flatMap(({ ids }) => {
    const named = [...new Set(names)].filter((name) => ids.has(name));
    return named.length > 1 && named.some((name) => !plain.includes(name)) ? named : [];
  });
}

/** What a member is called, an element or part of a union is, or the first of a pair. */
function nameOf(part: Node | null): string | null {
  if (part?.type === 'ArrayExpression') return nameOf((part.elements as Node[])[0] ?? null);
  const { key, computed, literal } = (part ?? {}) as {
    key?: Node & { name?: string };
    computed?: boolean;
    literal?: Node;
  };
  if (key && !computed && key.name !== undefined) return key.name;
  return textOf(key ?? literal ?? part);
}

/** The text that a literal is; null for any other expression. */
function textOf(node: Node | null): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  const quasis = node?.type === 'TemplateLiteral' ? (node.quasis as { value: { cooked: string } }[]) : [];
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
}

interface Node {
  type: string;
  start: number;
  end: number;
  value?: unknown;
  regex?: { pattern: string };
  [child: string]: unknown;
}

/** What an expression is about, by the type of the nearest one around a literal. */
const subjectOf: Record<string, (node: Node) => Node | null> = {
  BinaryExpression: (node) => node,
  CallExpression: (node) => node,
  Property: ({ key }) => key as Node,
  SwitchStatement: ({ discriminant }) => discriminant as Node,
  VariableDeclarator: ({ id }) => id as Node,
};

/** Every node with those it stands in, the outermost first. */
function nodesIn(code: string, lang: 'ts' | 'tsx'): [node: Node, above: readonly Node[]][] {
  const found: [Node, readonly Node[]][] = [];
  const visit = (value: unknown, above: readonly Node[]) => {
    if (Array.isArray(value)) for (const one of value) visit(one, above);
    else if (typeof value === 'object' && value !== null && 'type' in value) {
      const node = value as Node;
      found.push([node, above]);
      for (const child of Object.values(node)) visit(child, [...above, node]);
    }
  };
  visit(parseAst(code, { lang }), []);
  return found;
}
