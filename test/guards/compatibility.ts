import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './files-below.ts';

/** The browsers that there is a build for, as MDN's data names them. */
export type Engine = 'chrome' | 'firefox';

/** One statement of https://github.com/mdn/browser-compat-data/blob/main/schemas/compat-data-schema.md (read 2026-11-28). */
interface Statement {
  /** `preview` is no release; `≤58` is one that is no later. */
  version_added: string | false;
  version_removed?: string | false;
  prefix?: string;
  alternative_name?: string;
  flags?: unknown[];
}

/** A feature, or a group of them: what is known of it stands beside its parts. */
export interface Feature {
  __compat?: { support: Partial<Record<Engine, Statement | Statement[]>> };
}

/** MDN's data about what browsers know, from which its tables are made. */
export const data = JSON.parse(
  readFileSync(join(root, 'node_modules/@mdn/browser-compat-data/data.json'), 'utf8'),
) as Readonly<Record<string, Feature>>;

/** A part of a feature, by its name, whatever that is; undefined when there is none. */
export function part(feature: Feature | undefined, name: string): Feature | undefined {
  return feature && name !== '__compat' && Object.hasOwn(feature, name)
    ? (feature as Record<string, Feature>)[name]
    : undefined;
}

/** The parts of a feature, with their names. */
export function parts(feature: Feature | undefined): [name: string, part: Feature][] {
  return Object.entries(feature ?? {}).filter(([name]) => name !== '__compat') as [string, Feature][];
}

/** What stands at the end of a path of names. */
export const at = (feature: Feature | undefined, ...path: string[]): Feature | undefined =>
  path.reduce<Feature | undefined>(part, feature);

/**
 * Whether a browser knows a feature from a version on, without a switch to set. A group of which nothing is said is known as soon as one of its
 * parts is.
 *
 * @param prefix with which it is written, as `-webkit-`
 */
export function isKnown(feature: Feature, engine: Engine, version: number, prefix = ''): boolean {
  const support = feature.__compat?.support[engine];
  if (!feature.__compat) return parts(feature).some(([, one]) => isKnown(one, engine, version, prefix));
  return [support ?? []].flat().some((one) => {
    const added = numberOf(one.version_added);
    const removed = one.version_removed ? numberOf(one.version_removed) : Number.POSITIVE_INFINITY;
    const isWritten = (one.prefix ?? '') === prefix && one.alternative_name === undefined;
    return added <= version && removed > version && !one.flags?.length && isWritten;
  });
}

/** Infinite of what is in no release. */
function numberOf(version: string | false): number {
  const number = version === false ? Number.NaN : Number.parseFloat(version.replace('≤', ''));
  return Number.isNaN(number) ? Number.POSITIVE_INFINITY : number;
}
