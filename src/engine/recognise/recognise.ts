import { contained } from '../contain.ts';
import type { Problem } from '../model/capture.ts';
import type { Recognition } from '../model/facts.ts';
import type { Platform } from '../model/report.ts';
import type { Confidence, Token } from '../model/token.ts';
import { providers } from './providers/index.ts';
import type { Provider } from './providers/provider.ts';
import { straightened } from './straighten.ts';

const rank: Record<Confidence, number> = { certain: 3, likely: 2, possible: 1 };

/**
 * Recognised platforms of a token, best first. The result does not depend on the order of the list. Never throws; a
 * provider that fails recognises nothing, and `tell` hears of it.
 */
export function recognise(
  token: Token,
  among: readonly Provider[] = providers,
  tell: (problem: Problem) => void = () => {},
): Recognised[] {
  return among
    .flatMap((provider) => {
      const recognition = contained('provider', provider.id, null, tell, () => provider.recognise(token));
      return recognition ? [{ provider, recognition }] : [];
    })
    .sort(byConfidence);
}

type Recognised = { provider: Provider; recognition: Recognition };

function byConfidence(a: Recognised, b: Recognised): number {
  return (
    rank[b.recognition.confidence] - rank[a.recognition.confidence] ||
    b.recognition.strength - a.recognition.strength ||
    a.provider.id.localeCompare(b.provider.id)
  );
}

/**
 * Recognised platforms of a token, best first; where no call platform is among them, those too whose token it would be with its
 * values of the right type. For telling what is wrong with it, never for letting anybody in. Never throws.
 */
export function recogniseLeniently(token: Token, tell: (problem: Problem) => void = () => {}): Recognised[] {
  const exact = recognise(token, providers, tell);
  if (exact.some(({ provider }) => provider.kind === 'video')) return exact;
  const all = [...exact, ...recogniseBent(token, tell)];
  return all.sort((a, b) => rank[b.recognition.confidence] - rank[a.recognition.confidence]);
}

function recogniseBent(token: Token, tell: (problem: Problem) => void): Recognised[] {
  return providers
    .filter(({ kind }) => kind === 'video')
    .flatMap((provider) => {
      const read = () => {
        const straight = straightened(token, provider);
        return straight && provider.recognise(straight);
      };
      const recognition = contained('provider', provider.id, null, tell, read);
      if (!recognition || recognition.confidence === 'possible') return [];
      const confidence = recognition.confidence === 'certain' ? ('likely' as const) : ('possible' as const);
      const because = `${recognition.because}, were its values of the right type`;
      return [{ provider, recognition: { ...recognition, confidence, because } }];
    })
    .sort(byConfidence);
}

/** What a report says of the recognised platforms of a token, best first: the first, and others it could be. Null for none. */
export function toPlatform(recognised: ReturnType<typeof recognise>): Platform | null {
  const [best, ...more] = recognised.map(({ provider: { id, name }, recognition: { confidence, because } }) => ({
    id,
    name,
    confidence,
    because,
  }));
  if (!best) return null;
  if (best.confidence === 'certain' || more.length === 0) return best;
  return { ...best, others: more.slice(0, mostOthers).map(({ id, name, confidence }) => ({ id, name, confidence })) };
}

/** More would tell nobody anything. */
const mostOthers = 3;
