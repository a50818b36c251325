import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = resolve(import.meta.dirname, '../dist/chrome');
/** Bytes after gzip, for all JavaScript the panel page loads, its worker included. */
const budget = 90_000;

export interface Size {
  file: string;
  gzipBytes: number;
}

/** Every script reachable from the panel page: its own tags, and whatever those import or start by name. */
export function panelScripts(): Size[] {
  const assets = readdirSync(resolve(dist, 'assets')).filter((file) => file.endsWith('.js'));
  const texts = new Map(assets.map((file) => [file, readFileSync(resolve(dist, 'assets', file), 'utf8')]));
  const reached = new Set<string>();
  const reach = (text: string) => {
    for (const [file, inner] of texts) {
      if (reached.has(file) || !text.includes(file)) continue;
      reached.add(file);
      reach(inner);
    }
  };
  reach(readFileSync(resolve(dist, 'src/extension/panel.html'), 'utf8'));
  return [...reached].map((file) => ({ file, gzipBytes: gzipSync(texts.get(file) ?? '', { level: 9 }).length }));
}

const sizes = panelScripts();
const total = sizes.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
for (const { file, gzipBytes } of sizes) console.log(`  ${kB(gzipBytes).padStart(9)}  ${file}`);
console.log(`  ${kB(total).padStart(9)}  in total after gzip, of ${kB(budget)}`);
if (total > budget) {
  console.error(`The panel's JavaScript is ${kB(total - budget)} over its budget.`);
  process.exitCode = 1;
}
