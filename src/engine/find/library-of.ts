import { jwtDecode } from 'jwt-decode';
import { contained } from '../contain.ts';
import type { Place, Problem } from '../model/capture.ts';
import type { Hit, Wrapping } from '../model/token.ts';
import { wrappers as allWrappers } from './libraries/index.ts';
import type { Wrapper } from './libraries/library.ts';

/**
 * What the library that keeps a token calls it, judged by its storage key or cookie name; null when none is known. Never
 * throws; a library's description that fails is passed over, and `tell` hears of it.
 */
export function wrappingOf(
  place: Place,
  hit: Pick<Hit, 'token' | 'path'>,
  tell: (problem: Problem) => void = () => {},
  wrappers: readonly Wrapper[] = allWrappers,
): Wrapping | null {
  const { key, traits } = place;
  if (key === null || traits.urlPart !== null) return null;
  const claims = () => {
    try {
      const read: unknown = jwtDecode(hit.token);
      return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : null;
    } catch {
      return null;
    }
  };
  for (const wrapper of wrappers) {
    const described = contained('wrapper', wrapper.id, null, tell, () =>
      wrapper.describe({ key, path: hit.path, claims }),
    );
    if (described) return { id: wrapper.id, ...described };
  }
  return null;
}
