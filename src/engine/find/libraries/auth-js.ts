import type { Library } from './library.ts';

/**
 * Session cookies of Auth.js, `next-auth.session-token` before version 5; long ones come in chunks.
 * https://github.com/nextauthjs/next-auth/blob/main/packages/core/src/lib/utils/cookie.ts, read 2026-11.
 */
export const authJs: Library = {
  id: 'auth-js',
  name: 'Auth.js',
  describe({ key }) {
    const match = /^(?:__Secure-|__Host-)?(authjs|next-auth)\.session-token(?:\.\d+)?$/.exec(key);
    if (!match) return null;
    return { label: `${match[1] === 'authjs' ? 'Auth.js' : 'NextAuth'} session token`, use: 'session' };
  },
};
