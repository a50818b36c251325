import type { Library } from './library.ts';

/**
 * `__session`, also with a suffix per application. Others use `__session` too, so the token's session id has to confirm
 * it. https://clerk.com/docs/guides/how-clerk-works/overview, read 2026-11.
 */
export const clerk: Library = {
  id: 'clerk',
  name: 'Clerk',
  describe({ key, claims }) {
    if (!/^__session(?:_[\w-]{1,16})?$/.test(key)) return null;
    const session = claims()?.sid;
    if (typeof session !== 'string' || !session.startsWith('sess_')) return null;
    return { label: 'Clerk session token', use: 'session' };
  },
};
