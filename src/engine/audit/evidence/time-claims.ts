import type { Subject } from '../../model/report.ts';
import type { Provider } from '../../recognise/providers/provider.ts';
import { timeNames as namesIn } from '../../recognise/times.ts';

/** Names of the time claims of a subject: the registered ones where it has them, otherwise the platform's own. */
export function timeNames({ token }: Pick<Subject, 'token'>, provider: Provider | null): ReturnType<typeof namesIn> {
  return namesIn(token.claims, provider);
}
