import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { areAllWanted } from '../clients/install.ts';

/** Short files that take long. Where no run before tells how long each takes, the largest would begin first, and these end last. */
const long = ['playwright-docs.e2e.ts', 'names.e2e.ts', 'tasks.e2e.ts'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => long.includes(basename(moduleId));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig(({ mode }) => ({
  test: {
    // Browsers are heavy, but wait much: two files at a time, on two cores.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 90_000,
    hookTimeout: 90_000,
    projects: [
      // A project does not take over the mode by itself.
      { extends: true, mode, test: { name: 'e2e', include: ['test/e2e/*.e2e.ts'] } },
      // All of it with `npm run e2e:firefox`.
      {
        extends: true,
        mode,
        test: { name: 'firefox', include: [`test/firefox/${mode === 'whole' ? '*' : 'demo-site'}.e2e.ts`] },
      },
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
