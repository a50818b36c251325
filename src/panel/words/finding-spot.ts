import type { Finding } from '../../engine/model/report.ts';
import { normalPath } from './json-path.ts';

/** The name of a finding within its token, for coming back to it. */
export function spotOf({ rule, at }: Pick<Finding, 'rule' | 'at'>): string {
  return normalPath(`finding ${rule} ${at ?? ''}`);
}
