import { providersPage } from './providers.ts';
import { reportSchemaPage } from './report-schema.ts';
import { rulesPage } from './rules.ts';

/** Pages written from the code, by path below the repository. */
export const pages: Record<string, () => Promise<string>> = {
  'docs/providers.md': providersPage,
  'docs/rules.md': rulesPage,
  'docs/report.schema.json': reportSchemaPage,
};
