import type { Rule } from './rule.ts';

/** Every audit rule, in the order of the catalogue. */
export const rules: readonly Rule[] = [];
