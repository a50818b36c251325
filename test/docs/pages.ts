import { architecturePage, linterLayers } from './layers.ts';
import { providersPage } from './providers.ts';
import { publicSuffixesPage } from './public-suffixes.ts';
import { reportSchemaPage } from './report-schema.ts';
import { rulesPage } from './rules.ts';
import { truthPage } from './truth.ts';
import { expectationsSchemaPage, lockSchemaPage, policySchemaPage } from './written-schemas.ts';

/** Files written from the code and from kept lists, by path below the repository. */
export const pages: Record<string, () => Promise<string>> = {
  'docs/architecture.md': architecturePage,
  'test/guards/layers.biome.json': linterLayers,
  'docs/providers.md': providersPage,
  'docs/rules.md': rulesPage,
  'docs/truth.md': truthPage,
  'docs/expectations.schema.json': expectationsSchemaPage,
  'docs/lock.schema.json': lockSchemaPage,
  'docs/policy.schema.json': policySchemaPage,
  'docs/report.schema.json': reportSchemaPage,
  'src/engine/text/public-suffixes.ts': publicSuffixesPage,
};
