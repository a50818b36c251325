import type { Library } from './library.ts';

/** What Whereby keeps for the device; not the key of a room. https://www.npmjs.com/package/@whereby.com/core, read 2026-11. */
export const whereby: Library = {
  id: 'whereby',
  name: 'Whereby',
  describe: ({ key }) =>
    key === 'CredentialsStorage' ? { label: 'Whereby device credentials', use: 'session' } : null,
};
