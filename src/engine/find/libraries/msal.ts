import { type MsalKey, readMsalKey } from '../../decode/msal-key.ts';
import type { TokenUse } from '../../model/token.ts';
import { brief, nounOf, ofClient } from './label.ts';
import type { Library } from './library.ts';

const uses: Record<MsalKey['kind'], TokenUse> = { idtoken: 'id', accesstoken: 'access', refreshtoken: 'refresh' };

/** MSAL Browser. The token is the member `secret`; in localStorage the whole value is encrypted since 4.0. */
export const msal: Library = {
  id: 'msal',
  name: 'MSAL',
  describe({ key, path, claims }) {
    const known = readMsalKey(key);
    if (!known) return null;
    const { client, target } = known;
    const use = uses[known.kind];
    const isEncrypted = path === '' && claims() === null;
    return {
      label: `MSAL ${nounOf(use)}${target ? ` for ${brief(target)}` : ''}${ofClient(client)}${isEncrypted ? ', encrypted' : ''}`,
      use,
    };
  },
};
