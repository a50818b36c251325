import { defineConfig } from 'vitest/config';
import { areAllWanted } from '../clients/install.ts';

export default defineConfig(({ mode }) => ({
  test: {
    // Browsers are heavy, but wait much: two files at a time, on two cores.
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    projects: [
      // A project does not take over the mode by itself.
      { extends: true, mode, test: { name: 'e2e', include: ['test/e2e/*.e2e.ts'] } },
      {
        extends: true,
        mode,
        test: {
          name: 'clients',
          include: ['test/clients/*.e2e.ts'],
          // Where it is told how soon ways are listed, no client waits for another.
          maxConcurrency: areAllWanted ? 1 : 2,
        },
      },
    ],
  },
}));
