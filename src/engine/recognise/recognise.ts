import { contained } from '../contain.ts';
import type { Problem } from '../model/capture.ts';
import type { Recognition } from '../model/facts.ts';
import type { Confidence, Token } from '../model/token.ts';
import { providers } from './providers/index.ts';
import type { Provider } from './providers/provider.ts';

const rank: Record<Confidence, number> = { certain: 3, likely: 2, possible: 1 };

/**
 * Recognised platforms of a token, best first. The result does not depend on the order of the list. Never throws; a
 * provider that fails recognises nothing, and `tell` hears of it.
 */
export function recognise(
  token: Token,
  among: readonly Provider[] = providers,
  tell: (problem: Problem) => void = () => {},
): { provider: Provider; recognition: Recognition }[] {
  return among
    .flatMap((provider) => {
      const recognition = contained('provider', provider.id, null, tell, () => provider.recognise(token));
      return recognition ? [{ provider, recognition }] : [];
    })
    .sort(
      (a, b) =>
        rank[b.recognition.confidence] - rank[a.recognition.confidence] ||
        b.recognition.strength - a.recognition.strength ||
        a.provider.id.localeCompare(b.provider.id),
    );
}
