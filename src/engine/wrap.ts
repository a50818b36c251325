import { jwtDecode } from 'jwt-decode';
import type { Hit, Place, Wrapping } from './model.ts';
import { wrappers } from './wrappers/index.ts';

/** What the library that keeps a token calls it, judged by its storage key or cookie name; null when none is known. */
export function wrappingOf(place: Place, hit: Pick<Hit, 'token' | 'path'>): Wrapping | null {
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
    const described = wrapper.describe({ key, path: hit.path, claims });
    if (described) return { id: wrapper.id, ...described };
  }
  return null;
}
