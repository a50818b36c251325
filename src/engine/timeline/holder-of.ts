import type { Subject } from '../model/report.ts';
import { stringAt } from '../text/values.ts';

/** By whom, for whom and what for a token was made: what stays the same when it is renewed. `who` is null where it names nobody. */
export function holderOf({ provider, facts, token: { claims } }: Subject) {
  return {
    platform: provider?.id ?? null,
    use: facts.use,
    tenant: facts.tenant,
    who: facts.userId ?? facts.displayName ?? stringAt(claims, 'sub'),
    issuer: stringAt(claims, 'iss'),
  };
}
