/** What a cache key of MSAL Browser says. Parts that the key leaves out are empty. */
export interface MsalKey {
  kind: 'idtoken' | 'accesstoken' | 'refreshtoken';
  /** Client id, or the family id of a refresh token that several apps share. */
  client: string;
  target: string;
}

const kinds = /^(idtoken|accesstoken|refreshtoken)(?:_with_authscheme)?$/;

/**
 * Reads the key a token is kept under: `msal.3|home account|host|type|client|realm|target|scheme` since 5.0 (`msal.2|` in
 * late 4.x), earlier `<home account>-<host>-<type>-<client>-<realm>-<target>--`.
 * Null for every other key. https://github.com/AzureAD/microsoft-authentication-library-for-js/tree/dev/lib/msal-browser,
 * read 2026-11.
 */
export function readMsalKey(key: string): MsalKey | null {
  const parts = /^msal\.\d+\|/.test(key) ? key.split('|').slice(3) : dashed(key);
  const kind = kinds.exec(parts?.[0]?.toLowerCase() ?? '')?.[1] as MsalKey['kind'] | undefined;
  return parts && kind ? { kind, client: parts[1] ?? '', target: parts[3] ?? '' } : null;
}

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
