import type { TokenUse } from '../model.ts';
import { brief, nounOf, ofClient } from './words.ts';
import type { Wrapper } from './wrapper.ts';

const uses: Record<string, TokenUse> = { idtoken: 'id', accesstoken: 'access', refreshtoken: 'refresh' };
const type = /^(idtoken|accesstoken|refreshtoken)(?:_with_authscheme)?$/;

/**
 * Keys of msal-browser: since 5.0 `msal.3|home account|host|type|client|realm|target|scheme`, earlier
 * `<home account>-<host>-<type>-<client>-<realm>-<target>--`. The token is the member `secret`.
 * https://github.com/AzureAD/microsoft-authentication-library-for-js/tree/dev/lib/msal-browser, read 2026-11.
 */
export const msal: Wrapper = {
  id: 'msal',
  name: 'MSAL',
  describe({ key }) {
    const parts = /^msal\.\d+\|/.test(key) ? key.split('|').slice(3) : dashed(key);
    const use = uses[type.exec(parts?.[0]?.toLowerCase() ?? '')?.[1] ?? ''];
    if (!parts || !use) return null;
    const [, client, , target] = parts;
    return {
      label: `MSAL ${nounOf(use)}${target ? ` for ${brief(target)}` : ''}${ofClient(client)}`,
      use,
    };
  },
};

/** Type, client, realm and target of a key of MSAL 2 and 3; ids hold dashes themselves. */
function dashed(key: string): string[] | null {
  const match =
    /\.[a-z.]+-(idtoken|accesstoken|refreshtoken)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d*)-(.*)$/i.exec(
      key.slice(0, 2000),
    );
  if (!match) return null;
  const [, kind = '', client = '', rest = ''] = match;
  const realm = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z.]*)(?=-)/i.exec(rest)?.[0] ?? '';
  return [kind, client, realm, rest.slice(realm.length).replace(/^-|-+$/g, '')];
}
