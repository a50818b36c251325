import type { Library } from './library.ts';

/** https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/, read 2026-11. */
export const cloudflareAccess: Library = {
  id: 'cloudflare-access',
  name: 'Cloudflare Access',
  describe: ({ key }) =>
    key === 'CF_Authorization' ? { label: 'Cloudflare Access session token', use: 'session' } : null,
};
