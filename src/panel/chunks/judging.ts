// Everything that knows platforms and rules, most of the panel's code: loaded when there is a first token to judge.
import { parsePolicy } from '../../engine/audit/policy/parse-policy.ts';
import { rules } from '../../engine/audit/rules/index.ts';

export { formatPolicy } from '../../engine/audit/policy/format-policy.ts';
export { roomBeingJoined } from '../../engine/diagnose/diagnose.ts';
export { joinAnswer } from '../../engine/diagnose/join.ts';
export { createInspector } from '../../engine/inspect.ts';
export { isServerOf, providerOf } from '../../engine/recognise/server-of.ts';

/** A policy file, whose rules must be those of this version. */
export function readPolicy(text: string, name: string): ReturnType<typeof parsePolicy> {
  return parsePolicy(text, { name, ruleIds: rules.map(({ id }) => id) });
}
