import { type Grant, type Privilege, privileges } from '../../model/facts.ts';

/** Granted. `because` completes "yes, because …" and names the claim in backticks. */
export const yes = (because: string, claim: string | null = null): Grant => ({ allowed: true, because, claim });

/** Denied. `because` completes "no, because …". */
export const no = (because: string, claim: string | null = null): Grant => ({ allowed: false, because, claim });

/** Not stated by the token. `because` completes "not stated, because …" and says what decides instead. */
export const unsaid = (because: string, claim: string | null = null): Grant => ({ allowed: null, because, claim });

/**
 * A privilege table from rows of names and the grant they have in common, in the panel's order. A later row wins; what
 * no row names gets `others`.
 */
export function grants(
  rows: readonly (readonly [...Privilege[], Grant])[],
  others: Grant = unsaid('no claim of this token speaks of it'),
): Record<Privilege, Grant> {
  const table = new Map<Privilege, Grant>();
  for (const row of rows) {
    const grant = row.at(-1) as Grant;
    for (const name of row.slice(0, -1) as Privilege[]) table.set(name, grant);
  }
  return Object.fromEntries(privileges.map((name) => [name, table.get(name) ?? others])) as Record<Privilege, Grant>;
}
