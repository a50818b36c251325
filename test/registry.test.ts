import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { encodings } from '../src/engine/encodings/index.ts';
import { forms } from '../src/engine/forms/index.ts';
import { providers } from '../src/engine/providers/index.ts';
import { rules } from '../src/engine/rules/index.ts';
import { sources } from '../src/engine/sources/index.ts';
import { wrappers } from '../src/engine/wrappers/index.ts';
import { probes } from '../src/extension/capture/probes/index.ts';
import { openers } from '../src/verify/openers.ts';

const engine = resolve(import.meta.dirname, '../src/engine');

/** Files of a plug-in folder that export an `id` equal to their name. */
async function pluginIds(folder: string): Promise<string[]> {
  const names = readdirSync(resolve(engine, folder)).filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name));
  const ids: string[] = [];
  for (const name of names) {
    const exported = (await import(resolve(engine, folder, name))) as Record<string, unknown>;
    const own = Object.values(exported).find((value) => (value as { id?: unknown } | null)?.id === name.slice(0, -3));
    if (own) ids.push(name.slice(0, -3));
  }
  return ids.sort();
}

test.each([
  ['sources', sources],
  ['providers', providers],
  ['rules', rules],
  ['wrappers', wrappers],
  ['forms', forms],
  ['encodings', encodings],
  ['../extension/capture/probes', probes],
] as const)('every file in %s has its line in index.ts', async (folder, registered) => {
  const written = await pluginIds(folder);
  const listed = registered.map(({ id }) => id).sort();
  expect(
    written.filter((id) => !(listed as string[]).includes(id)).map((id) => `add ${id} to ${folder}/index.ts`),
  ).toEqual([]);
  expect(listed).toEqual(written);
});

test('forms say what opens them and encodings where they are tried', () => {
  const known = openers.map(({ id }) => id);
  for (const { id, lock } of forms)
    if (lock) expect({ id, opens: known.includes(lock.opener) }).toEqual({ id, opens: true });
  for (const { id, tried } of encodings) expect({ id, tried: tried.length > 0 }).toEqual({ id, tried: true });
});
