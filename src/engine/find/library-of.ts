import { jwtDecode } from 'jwt-decode';
import { contained } from '../contain.ts';
import type { Place, Problem } from '../model/capture.ts';
import type { Hit, LibraryEntry } from '../model/token.ts';
import { libraries as allLibraries } from './libraries/index.ts';
import type { Library } from './libraries/library.ts';

/**
 * What the library that keeps a token calls it, judged by its storage key or cookie name; null when none is known. Never
 * throws; a library's description that fails is passed over, and `tell` hears of it.
 */
export function libraryOf(
  place: Place,
  hit: Pick<Hit, 'token' | 'path'>,
  tell: (problem: Problem) => void = () => {},
  libraries: readonly Library[] = allLibraries,
): LibraryEntry | null {
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
  for (const library of libraries) {
    const described = contained('library', library.id, null, tell, () =>
      library.describe({ key, path: hit.path, claims }),
    );
    if (described) return { id: library.id, ...described };
  }
  return null;
}
