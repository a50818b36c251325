import { at, data, type Engine, type Feature, isKnown, parts } from './compatibility.ts';
import type { Found, Node } from './source-nodes.ts';

/** Something that a source asks the browser for. */
export interface Use {
  /** Path below `src`. */
  file: string;
  /** As it is read: `cookies.getAll`. */
  name: string;
}

/** Whether a source is in the build for a browser. Of an adapter's files none is in the other browser's, which a test of the packages holds. */
export function isBuiltFor(engine: Engine, file: string): boolean {
  const other = engine === 'chrome' ? /(?:^|\/)firefox|\/background\/|\/allow\// : /(?:^|\/)chromium/;
  return !/^(?:cli|proxy|library)\//.test(file) && !other.test(file);
}

const api = at(data.webextensions, 'api');

/**
 * What sources ask of `chrome` and of the polyfill's `browser`, as far as names tell: `storage.local.get`. Throws where it cannot be followed.
 *
 * @param all the nodes of whole files
 */
export function extensionUses(all: readonly Found[]): Use[] {
  const asking = new Map(all.map(({ file, text }) => [file, text]));
  for (const [file, text] of asking) if (!/\bchrome\b|webextension-polyfill/.test(text)) asking.delete(file);
  const nodes = all.filter(({ file }) => asking.has(file));
  const parents = parentsOf(nodes);
  const imported = new Set(nodes.flatMap(({ file, node }) => importedBrowser(node).map((name) => `${file} ${name}`)));
  const isRoot = ({ file, node }: Found) =>
    node.type === 'Identifier' &&
    (node.name === 'chrome' || imported.has(`${file} ${String(node.name)}`)) &&
    isValue(node, parents.get(node));
  return eachOnce(
    nodes.filter(isRoot).flatMap(({ file, node, text }) => {
      const { path, end } = pathFrom(node, parents);
      const parent = parents.get(end);
      const names = parent?.type === 'VariableDeclarator' ? takenApart(parent.id as Node) : [[]];
      if (path.length === 0 || names === null) {
        const written = text.slice(node.start, (parent ?? end).end);
        throw new Error(`${file} uses ${written}: write it so that its name can be followed.`);
      }
      return names.map((more) => ({ file, name: [...path, ...more].join('.') }));
    }),
  );
}

const eachOnce = (uses: readonly Use[]) => [...new Map(uses.map((one) => [`${one.file} ${one.name}`, one])).values()];

/** What MDN knows of a name below `chrome`: events and areas of storage have members that it lists for all of them. */
export function extensionFeatures(name: string): (Feature | undefined)[] {
  const path = name.split('.').filter((one) => !/^(?:add|remove|has)Listeners?$/.test(one));
  if (path[0] !== 'storage' || path.length < 3) return [at(api, ...path)];
  return [at(api, 'storage', path[1] ?? ''), at(api, 'storage', 'StorageArea', ...path.slice(2))];
}

/** Names of members that no version of the browser up to this one has, in any interface that has one of that name. */
export function newMembers(engine: Engine, version: number): ReadonlySet<string> {
  const named = new Map<string, Feature[]>();
  for (const [, one] of parts(data.api)) addMembers(one, named, 1);
  for (const group of [data.api, at(data.javascript, 'builtins')]) addMembers(group, named, 2);
  addMembers(api, named, 5);
  const isNew = (all: readonly Feature[]) => !all.some((one) => isKnown(one, engine, version));
  return new Set([...named].filter(([, all]) => isNew(all)).map(([name]) => name));
}

function addMembers(feature: Feature | undefined, named: Map<string, Feature[]>, depth: number) {
  for (const [listed, one] of parts(feature)) {
    const name = listed.replace(/_(?:static|event|permission)$/, '');
    named.set(name, [...(named.get(name) ?? []), one]);
    if (depth > 1) addMembers(one, named, depth - 1);
  }
}

/**
 * Members that sources read, by their names, but for those that a source has or makes itself: of which interface a member is, only types tell. What a
 * member of a style is named as, the style sheets' features tell.
 *
 * @param nodes of whole files
 */
export function memberUses(nodes: readonly Found[]): Use[] {
  const own = new Set(nodes.flatMap(({ node }) => namedBy(node)));
  const styles = new Set(parts(at(data.css, 'properties')).map(([name]) => name));
  return eachOnce(
    nodes.flatMap(({ file, node }) => {
      if (node.type !== 'MemberExpression' || node.computed) return [];
      const name = String((node.property as Node).name);
      return own.has(name) || styles.has(name) ? [] : [{ file, name }];
    }),
  );
}

/** Names that a source gives to members of its own, and to what it exports. */
function namedBy({ type, key, name, id }: Node): string[] {
  if (/^(?:Property|TSPropertySignature|TSMethodSignature|MethodDefinition|PropertyDefinition)$/.test(type))
    return [String((key as Node).name ?? (key as Node).value)];
  if (type === 'JSXAttribute') return [String((name as Node).name)];
  return type === 'FunctionDeclaration' && id ? [String((id as Node).name)] : [];
}

function parentsOf(nodes: readonly Found[]): ReadonlyMap<unknown, Node> {
  const parents = new Map<unknown, Node>();
  for (const { node } of nodes)
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof child === 'object' && child !== null) parents.set(child, node);
  return parents;
}

function importedBrowser(node: Node): string[] {
  if (node.type !== 'ImportDeclaration' || (node.source as Node).value !== 'webextension-polyfill') return [];
  const specifiers = node.specifiers as Node[];
  return specifiers.filter(({ type }) => type !== 'ImportSpecifier').map(({ local }) => String((local as Node).name));
}

/** Whether a name stands for what it names: not as a member, a key or a type. */
function isValue(node: Node, parent: Node | undefined): boolean {
  if (!parent || /^(?:TSQualifiedName|TSTypeReference|Import)/.test(parent.type)) return false;
  if (parent.type === 'MemberExpression') return parent.object === node;
  return !(/^(?:Property|TSPropertySignature|MethodDefinition)$/.test(parent.type) && parent.key === node);
}

/** The members that are read one after the other, and the node of the last. */
function pathFrom(start: Node, parents: ReadonlyMap<unknown, Node>): { path: string[]; end: Node } {
  const path: string[] = [];
  for (let end = start; ; ) {
    const parent = parents.get(end);
    if (parent && /^(?:ChainExpression|TSAsExpression|TSNonNullExpression|ParenthesizedExpression)$/.test(parent.type))
      end = parent;
    else if (parent?.type === 'MemberExpression' && parent.object === end && !parent.computed) {
      path.push(String((parent.property as Node).name));
      end = parent;
    } else return { path, end };
  }
}

/** Names that a pattern takes out of an object; null where they are computed, or the object itself gets a name. */
function takenApart(pattern: Node): string[][] | null {
  if (pattern.type !== 'ObjectPattern') return null;
  const properties = pattern.properties as Node[];
  if (properties.some(({ type, computed }) => type !== 'Property' || computed)) return null;
  return properties.map(({ key }) => [String((key as Node).name)]);
}
