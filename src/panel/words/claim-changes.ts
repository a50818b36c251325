import type { Token } from '../../engine/model/token.ts';
import type { Json } from '../../engine/text/json.ts';
import { leavesOf } from './json-path.ts';

/** A claim, or a member of the header, that differs between two tokens. */
export interface ClaimChange {
  /** `claims.exp`, `header.kid`, `claims.context.user.name`. */
  path: string;
  /** Undefined where it is not there. */
  before: Json | undefined;
  after: Json | undefined;
}

/** Leaves compared of either token at most. */
const most = 500;

/** What differs between a token and the one that took its place, claim by claim in the order of the later; header members come first. */
export function claimChanges(before: Token, after: Token): ClaimChange[] {
  const [earlier, later] = [before, after].map(({ header, claims }) => leavesOf({ header, claims }, most));
  if (!earlier || !later) return [];
  return [...new Set([...later.keys(), ...earlier.keys()])].flatMap((path) => {
    const change = { path, before: earlier.get(path), after: later.get(path) };
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
  });
}
