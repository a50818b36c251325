import type { TokenUse } from '../model/token.ts';

const uses: Record<string, TokenUse> = {
  accesstoken: 'access',
  idtoken: 'id',
  tokenhint: 'id',
  refreshtoken: 'refresh',
  sessiontoken: 'session',
  clientassertion: 'client-assertion',
  logouttoken: 'logout',
  dpop: 'dpop-proof',
};

/** What a key, parameter or member is named for: `access_token`, `idToken`, `x-refresh-token`; null when the name does not say. */
export function useByName(name: string): TokenUse | null {
  const words = name
    .slice(-200)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
  for (const length of [1, 2, 3]) {
    const tail = words.slice(-length).join('');
    if (Object.hasOwn(uses, tail)) return uses[tail] ?? null;
  }
  return null;
}

/** The last member name of a path as sightings write it: `token` of `$.session.token`, `$["token"]`, `$.token[0]`, `?token`; "" for none. */
export function lastName(path: string): string {
  return (
    path
      .slice(-300)
      .match(/[A-Za-z_][\w-]*/g)
      ?.at(-1) ?? ''
  );
}
