import type { Subject } from '../../engine/model/report.ts';
import { providers } from '../../engine/recognise/providers/index.ts';
import type { ClaimMeaning, Provider } from '../../engine/recognise/providers/provider.ts';
import { meaningOf } from '../../engine/recognise/registered-claims.ts';

/** The platform a token was recognised as, with all that is known of it. */
export function providerOf({ provider }: Subject): Provider | null {
  return providers.find(({ id }) => id === provider?.id) ?? null;
}

/** What a member of a token means; paths begin with `header.` or `claims.`. Null for a name of the app's own. */
export function meaningFor(subject: Subject, path: string): ClaimMeaning | null {
  if (!/^(header|claims)\./.test(path)) return null;
  return meaningOf(providerOf(subject), path.replace(/^claims\./, ''));
}
