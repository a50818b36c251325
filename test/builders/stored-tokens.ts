import { jwtDecode } from 'jwt-decode';
import { libraries } from '../../src/engine/find/libraries/index.ts';

/** What the libraries say of each token in a stored value: "MSAL ID token → id", in reading order. */
export function labels(key: string, value: unknown): (string | null)[] {
  return tokensIn(value, typeof value === 'string' ? '' : '$').map(({ path, token }) => {
    const claims = () => jwtDecode<Record<string, unknown>>(token);
    const [described, ...more] = libraries.flatMap((library) => library.describe({ key, path, claims }) ?? []);
    if (more.length > 0) throw new Error(`${key} is claimed by ${more.length + 1} libraries`);
    return described ? `${described.label} → ${described.use}` : null;
  });
}

function tokensIn(value: unknown, path: string): { path: string; token: string }[] {
  if (typeof value === 'string') return value.startsWith('eyJ') ? [{ path, token: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => tokensIn(inner, `${path}.${name}`));
}
