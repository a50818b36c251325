import { jwt, now } from './tokens.ts';

export const msalClient = '1f2e3d4c-0000-4000-8000-00000000000a';
const realm = '9a8b7c6d-0000-4000-8000-00000000000b';
const user = 'aaaaaaaa-0000-4000-8000-000000000001';

/** A storage key as MSAL 5 builds it. */
export function msalKey(kind: string, target = '', client = msalClient): string {
  return `msal.3|${user}.${realm}|login.windows.net|${kind}|${client}|${realm}|${target}|`;
}

/** An encrypted entry as it looks from outside; nothing can be read from this one. */
export function sealedEntry(): string {
  return JSON.stringify({
    id: '01a1fa9b-e0a7-77d1-adbc-7b8ddbf2fca4',
    nonce: 'XxvMrQWaeFHsXdn1ikcHEw',
    data: 'u4HjQvWnwypOA2drHxcgvhrs_JRIhwraDowyGJnHgu9ilGwRHAwKxA7EgxN1f-hcLjkbqb1KIo3Gq81Za5Jpq',
    lastUpdatedAt: String(now * 1000),
  });
}

/**
 * Lets MSAL Browser itself keep tokens in localStorage, through its public interface. Needs a DOM (happy-dom). Returns what
 * it stored and the cookie it set.
 */
export async function fillMsalCache(refreshToken = '1.AXoA-refresh-token-of-the-test') {
  const { loadExternalTokens } = await import('@azure/msal-browser');
  const authority = `https://login.microsoftonline.com/${realm}`;
  const accessToken = jwt({ sub: 'ada', scp: 'read', name: 'Zoë' });
  const idToken = jwt({
    sub: 'ada',
    tid: realm,
    oid: user,
    aud: msalClient,
    iss: `${authority}/v2.0`,
    iat: now,
    exp: now + 3600,
  });
  await loadExternalTokens(
    { auth: { clientId: msalClient, authority }, cache: { cacheLocation: 'localStorage' } },
    { scopes: ['api://orders/read'], authority },
    {
      id_token: idToken,
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: 3600,
      scope: 'api://orders/read',
      token_type: 'Bearer',
      client_info: Buffer.from(JSON.stringify({ uid: user, utid: realm })).toString('base64url'),
    },
    {},
  );
  const local: Record<string, string> = {};
  for (let index = 0; index < localStorage.length; index += 1) {
    const key = localStorage.key(index) ?? '';
    local[key] = localStorage.getItem(key) ?? '';
  }
  return { local, cookie: document.cookie, accessToken, idToken, refreshToken };
}
