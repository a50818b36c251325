import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { detect } from '../../src/engine/find/detect.ts';
import { sampled } from '../sampled.ts';

const root = resolve(import.meta.dirname, '../../node_modules');
/** Packages that make tokens, or test or explain what reads them, and so hold some. */
const withTokens =
  /^(?:jose|jsonwebtoken|jws|jwt-decode|agora-[\w-]+|opentok[\w-]*|@opentok|@vonage|livekit-server-sdk|twilio|zod|valibot)\//;
/** In bytes. */
const [shortest, longest] = [50, 8e6];

/** Files of the packages that are installed, none of which has a token for anybody. */
function* filesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile()) yield path;
  }
}

test('in the code, maps, data and documents of packages no token is invented', () => {
  const files = sampled([...filesIn(root)], 25);
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((path) => {
    const name = path.slice(root.length + 1).replaceAll('\\', '/');
    const { size } = statSync(path);
    if (withTokens.test(name) || size < shortest || size > longest) return [];
    const bytes = readFileSync(path);
    const { hits } = detect(bytes.toString(bytes.includes(0) ? 'latin1' : 'utf8'));
    return hits.map(
      ({ form, note, token }) => `${name}: ${form} ${note ?? ''} ${token.slice(0, 40)} (${token.length})`,
    );
  });
  expect(found).toEqual([]);
});
