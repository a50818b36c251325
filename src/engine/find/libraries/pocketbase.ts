import { lastName } from '../use-by-name.ts';
import type { Library } from './library.ts';

/** `pocketbase_auth`, `pb_auth` as a cookie. https://github.com/pocketbase/js-sdk/tree/master/src/stores, read 2026-11. */
export const pocketbase: Library = {
  id: 'pocketbase',
  name: 'PocketBase',
  describe({ key, path }) {
    if (key !== 'pocketbase_auth' && key !== 'pb_auth') return null;
    const own = lastName(path) === 'token' || path === '';
    return { label: own ? 'PocketBase access token' : 'PocketBase sign-in record', use: own ? 'access' : null };
  },
};
