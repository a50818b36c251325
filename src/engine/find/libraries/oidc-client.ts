import { lastName, useByName } from '../use-by-name.ts';
import { brief, nounOf, ofClient } from './label.ts';
import type { Library } from './library.ts';

/**
 * `oidc.user:<authority>:<client>`; the authority is a URL and holds colons itself.
 * https://github.com/authts/oidc-client-ts/blob/main/src/UserManager.ts, read 2026-11.
 */
export const oidcClient: Library = {
  id: 'oidc-client',
  name: 'oidc-client',
  describe({ key, path }) {
    const match = /^(?:oidc\.)?user:(https?:\/\/[^/:]+.*):([^:]+)$/.exec(key.slice(0, 2000));
    if (!match) return null;
    const [, authority = '', client] = match;
    const use = useByName(lastName(path));
    return { label: `oidc-client ${nounOf(use)} from ${brief(authority)}${ofClient(client)}`, use };
  },
};
