import type { Library } from './library.ts';

/**
 * Cookies of a Keycloak server. keycloak-js keeps its tokens in memory, so none has a key.
 * https://github.com/keycloak/keycloak/blob/main/server-spi/src/main/java/org/keycloak/cookie/CookieType.java, read 2026-11.
 */
export const keycloak: Library = {
  id: 'keycloak',
  name: 'Keycloak',
  describe({ key }) {
    if (/^KEYCLOAK_IDENTITY(?:_LEGACY)?$/.test(key)) return { label: 'Keycloak single sign-on cookie', use: 'session' };
    if (key === 'KC_RESTART') return { label: 'Keycloak sign-in in progress', use: null };
    return null;
  },
};
