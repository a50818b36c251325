import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pages } from './pages.ts';

for (const [path, text] of Object.entries(pages)) {
  writeFileSync(resolve(import.meta.dirname, '../..', path), await text());
  console.log(`wrote ${path}`);
}
