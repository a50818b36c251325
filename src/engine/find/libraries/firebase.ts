import { lastName, useByName } from '../use-by-name.ts';
import { brief, nounOf } from './label.ts';
import type { Library } from './library.ts';

/**
 * `firebase:authUser:<API key>:<app>` in IndexedDB or Web Storage; `__HOST-FIREBASE_<app>` as a cookie. What Firebase
 * calls `accessToken` is an ID token. https://github.com/firebase/firebase-js-sdk/tree/main/packages/auth, read 2026-11.
 */
export const firebase: Library = {
  id: 'firebase',
  name: 'Firebase Authentication',
  describe({ key, path }) {
    const name = key.slice(0, 500);
    const record = /firebase:authUser:[^:"]+:([^"]+)/.exec(name);
    const cookie = /^(?:__HOST-FIREBASE|__dev_FIREBASE)_(.+)$/i.exec(name);
    const app = record?.[1] ?? cookie?.[1];
    if (!app) return null;
    const use = useByName(lastName(path)) === 'refresh' ? 'refresh' : 'id';
    return { label: `Firebase ${nounOf(use)} (app ${brief(app, 24)})`, use };
  },
};
