/** `npm run fuzz [cases] [seed]`: the properties of the tests, with more cases and a new seed. */
import fc from 'fast-check';
import { decodesAnything, isFoundExactly, neverThrows } from './properties.ts';

const numRuns = Number(process.argv[2] ?? 500_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
console.log(`${numRuns} cases of each property, seed ${seed}`);
for (const [name, property] of Object.entries({ isFoundExactly, neverThrows, decodesAnything })) {
  const started = Date.now();
  fc.assert(property as unknown as fc.IProperty<unknown>, { numRuns, seed });
  console.log(`${name} held (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
