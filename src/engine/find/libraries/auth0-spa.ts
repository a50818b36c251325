import { lastName, useByName } from '../use-by-name.ts';
import { brief, nounOf, ofClient } from './label.ts';
import type { Library } from './library.ts';

/**
 * `@@auth0spajs@@::<client>::<audience>::<scope>` and `…::@@user@@`. The raw ID token also stands in `__raw` of its claims.
 * https://github.com/auth0/auth0-spa-js/tree/main/src/cache, read 2026-11.
 */
export const auth0Spa: Library = {
  id: 'auth0-spa',
  name: 'Auth0 SPA SDK',
  describe({ key, path }) {
    const [prefix, client, audience] = key.split('::');
    if (prefix !== '@@auth0spajs@@') return null;
    const member = lastName(path);
    const use = audience === '@@user@@' || member === '__raw' ? 'id' : useByName(member);
    const target = audience && use === 'access' && audience !== 'default' ? ` for ${brief(audience)}` : '';
    return { label: `Auth0 ${nounOf(use)}${target}${ofClient(client)}`, use };
  },
};
