import { nodesOf } from './source-nodes.ts';

/**
 * What a source imports, in whatever way: by `import`, `export … from`, `import type`, `import()` of a value or a type, and
 * `import x = require()`. One that is put together, or that only the bundler reads (`import.meta.glob`), is given as it is written.
 */
export function importsOf(file: string, code: string): string[] {
  return nodesOf(file, code)
    .flatMap(({ node, text }) => {
      const named = isImport(node.type) ? literalOf(node.source ?? node.expression ?? node.argument) : null;
      if (named !== null) return [{ at: node.start, to: named }];
      if (!isAlways(node.type) && !isRequire(node)) return [];
      return [{ at: node.start, to: text.slice(node.start, node.end) }];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ to }) => to);
}

const isAlways = (type: string) => ['ImportExpression', 'TSImportType', 'MetaProperty'].includes(type);

function isImport(type: string): boolean {
  return isAlways(type) || /^(?:Import|ExportNamed|ExportAll)Declaration$|^TSExternalModuleReference$/.test(type);
}

function isRequire({ type, callee }: { type: string; callee?: unknown }): boolean {
  return type === 'CallExpression' && (callee as { name?: string }).name === 'require';
}

/** The text of a literal, a template without holes or a type that is one; null for any other expression. */
function literalOf(node: unknown): string | null {
  const { type, value, quasis, literal } = (node ?? {}) as Record<string, unknown>;
  if (type === 'Literal') return typeof value === 'string' ? value : null;
  if (type === 'TSLiteralType') return literalOf(literal);
  if (type !== 'TemplateLiteral') return null;
  const [first, ...others] = quasis as { value: { cooked: string } }[];
  return others.length === 0 ? (first?.value.cooked ?? null) : null;
}
