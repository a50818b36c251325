import { providersPage } from './providers.ts';

/** Pages written from the code, by path below the repository. */
export const pages: Record<string, () => Promise<string>> = {
  'docs/providers.md': providersPage,
};
