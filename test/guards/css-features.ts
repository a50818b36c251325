import { type CssNode, parse, type WalkContext, walk } from 'css-tree';
import { at, data, type Feature, part, parts } from './compatibility.ts';

/** Something that a style sheet is written with. */
export interface CssFeature {
  /** As it is said: `display: grid`, `:has()`, `@media (forced-colors)`. */
  name: string;
  /** What MDN knows of it; undefined of what it does not know. */
  feature: Feature | undefined;
  /** With which it is written. */
  prefix: string;
}

const css = data.css as Feature;
const properties = part(css, 'properties');
const atRules = part(css, 'at-rules');

/** Units, functions and keywords of values, by their names: they stand at different depths. */
const types = byName(part(css, 'types'));

function byName(feature: Feature | undefined, found = new Map<string, Feature>()): Map<string, Feature> {
  for (const [name, one] of parts(feature)) {
    if (!found.has(name)) found.set(name, one);
    byName(one, found);
  }
  return found;
}

/** What every browser has known since before there were extensions, and MDN lists by no name of its own. */
const old = {
  units: /^(?:px|em|ex|s|ms|deg|%|fr|pt|cm)$/,
  functions: /^(?:url|rgb|rgba|hsl|hsla|not|is|where)$/,
};

/** Everything in a style sheet that a browser has to know, each once. */
export function cssFeatures(sheet: string): CssFeature[] {
  const found = new Map<string, CssFeature>();
  const add = (name: string, feature: Feature | undefined, prefix = '') => found.set(name, { name, feature, prefix });
  walk(parse(sheet), {
    enter(this: WalkContext, node: CssNode) {
      if (node.type === 'Atrule') ofAtRule(node.name, add);
      if (node.type === 'Feature' || node.type === 'FeatureRange' || node.type === 'FeatureFunction')
        ofQuery(node, add);
      if (node.type === 'PseudoClassSelector' || node.type === 'PseudoElementSelector') ofSelector(node, add);
      if (node.type === 'NestingSelector') add('&', at(css, 'selectors', 'nesting'));
      if (node.type === 'Declaration') ofDeclaration(node.property, add);
      const property = this.declaration?.property ?? '';
      if (node.type === 'Function') ofFunction(node.name, property, add);
      if (node.type === 'Dimension' && !old.units.test(node.unit))
        add(node.unit, types.get(node.unit.toLowerCase()) ?? types.get(groupOf(node.unit.toLowerCase())));
      if (node.type === 'Identifier' && this.declaration && !property.startsWith('--')) {
        const keyword =
          part(part(properties, property), node.name) ??
          part(part(properties, property), node.name.replaceAll('-', '_'));
        if (keyword) add(`${property}: ${node.name}`, keyword);
      }
    },
  });
  return [...found.values()];
}

type Add = (name: string, feature: Feature | undefined, prefix?: string) => void;

/** Units of the viewport and of containers are listed by what they are relative to. */
function groupOf(unit: string): string {
  const [, viewport, container] = /^(?:([dsl])v|(c)q)(?:[whib]|min|max)$/.exec(unit) ?? [];
  if (container) return 'container_query_length_units';
  const sizes: Readonly<Record<string, string>> = { d: 'dynamic', s: 'small', l: 'large' };
  return viewport ? `viewport_percentage_units_${sizes[viewport]}` : '';
}

function ofAtRule(name: string, add: Add) {
  const [prefix, bare] = split(name);
  add(`@${name}`, part(atRules, bare), prefix);
}

/** A question of `@media`, `@container` or `@supports`. */
function ofQuery(node: CssNode & { type: 'Feature' | 'FeatureRange' | 'FeatureFunction' }, add: Add) {
  const rule = part(atRules, node.kind);
  if (node.type === 'FeatureFunction') {
    const name = node.kind === 'container' ? containerQuestions[node.feature] : node.feature;
    return add(`@${node.kind} ${node.feature}()`, part(rule, name ?? ''));
  }
  const name =
    node.type === 'Feature'
      ? node.name
      : ([node.left, node.middle].map((one) => ('name' in one ? String(one.name) : '')).find(Boolean) ?? '');
  if (node.type === 'FeatureRange') add(`@${node.kind} (<)`, node.kind === 'media' ? part(rule, 'range_syntax') : rule);
  // What a container is asked for, MDN lists by no names: its size, had with the rule.
  add(`@${node.kind} (${name})`, node.kind === 'media' ? part(rule, name.replace(/^(?:min|max)-/, '')) : rule);
}

const containerQuestions: Readonly<Record<string, string>> = {
  style: 'style_queries_for_custom_properties',
  'scroll-state': 'scroll-state_queries',
};

function ofSelector(node: CssNode & { type: 'PseudoClassSelector' | 'PseudoElementSelector' }, add: Add) {
  const colons = node.type === 'PseudoClassSelector' ? ':' : '::';
  const [prefix, bare] = split(node.name);
  const selectors = part(css, 'selectors');
  // What one browser alone has is listed with its prefix.
  const whole = part(selectors, node.name);
  add(`${colons}${node.name}`, whole ?? part(selectors, bare), whole ? '' : prefix);
}

function ofDeclaration(property: string, add: Add) {
  if (property.startsWith('--')) return add('--*', part(properties, 'custom-property'));
  const whole = part(properties, property);
  const [prefix, bare] = split(property);
  add(property, whole ?? part(properties, bare), whole ? '' : prefix);
}

function ofFunction(name: string, property: string, add: Add) {
  if (old.functions.test(name)) return;
  const [prefix, bare] = split(name);
  const ofProperty = part(part(properties, property), bare) ?? part(part(properties, 'grid-template-columns'), bare);
  add(`${name}()`, types.get(bare) ?? ofProperty, prefix);
}

function split(name: string): [prefix: string, bare: string] {
  const prefix = /^-[a-z]+-/.exec(name)?.[0] ?? '';
  return [prefix, name.slice(prefix.length)];
}
