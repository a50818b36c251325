import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodesAnything, isFoundExactly, neverThrows } from './properties.ts';

/** The seed is fixed, so that a failure is the same for everyone; `npm run fuzz` takes a new one each time. */
const run = <T>(property: fc.IProperty<T>, numRuns: number) =>
  expect(() => fc.assert(property, { numRuns, seed: 20261120 })).not.toThrow();

test('a token in up to four encodings is found exactly', { timeout: 120_000 }, () => {
  run(isFoundExactly, 60_000);
});

test('no text makes the detector throw or exceed its budget', { timeout: 120_000 }, () => {
  run(neverThrows, 20_000);
});

test('no text makes the decoder throw', { timeout: 120_000 }, () => {
  run(decodesAnything, 25_000);
});
