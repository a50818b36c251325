import type { Finding, Subject } from '../../engine/model/report.ts';
import { valueAt } from '../../engine/text/values.ts';
import { normalPath } from './json-path.ts';
import { masked, secretsOf } from './masked.ts';
import { cut } from './visible.ts';

/** Rules whose finding is that a value is secret: it is not shown where the finding is. */
const aboutSecrets = new Set(['payload-secret', 'header-private-key']);

/** Characters shown of a value. */
const most = 160;

/** The value that a finding speaks of as it may be shown, its tokens masked and its length bounded; null where it speaks of none. */
export function evidenceOf({ rule, at, tokens }: Finding, { token }: Subject): string | null {
  if (at === null || tokens || aboutSecrets.has(rule)) return null;
  const [, part, path] = /^(header|claims)\.(.+)$/.exec(normalPath(at)) ?? [];
  if (path === undefined) return null;
  const value = valueAt(part === 'header' ? token.header : token.claims, path);
  if (value === undefined || (typeof value === 'object' && value !== null)) return null;
  const { text, rest } = cut(masked(JSON.stringify(value), secretsOf(token)), most);
  return rest > 0 ? `${text}…` : text;
}
