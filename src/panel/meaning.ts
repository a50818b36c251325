import type { Subject } from '../engine/model.ts';
import { providers } from '../engine/providers/index.ts';
import type { ClaimMeaning } from '../engine/providers/provider.ts';

/** What a member means on the token's platform; paths begin with `header.` or `claims.`. */
export function meaningFor(subject: Subject, path: string): ClaimMeaning | undefined {
  const claims = providers.find(({ id }) => id === subject.provider?.id)?.claims ?? {};
  const key = path.replace(/^claims\./, '');
  return Object.hasOwn(claims, key) ? claims[key] : undefined;
}
