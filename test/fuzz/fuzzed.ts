import type fc from 'fast-check';
import {
  leavesNothingUsable,
  readsAnyInput,
  refusesOrReadsRules,
  survivesThePipeline,
  verifiesAnything,
} from './pipeline.ts';
import { decodesAnything, isFoundExactly, neverThrows } from './properties.ts';

export interface Fuzzed {
  name: string;
  says: string;
  /** Share of the cases, by what the property costs and how much there is to find. */
  share: number;
  property: fc.IRawProperty<never>;
}

const entry = <T>(name: string, says: string, share: number, property: fc.IRawProperty<T, boolean>): Fuzzed => ({
  name,
  says,
  share,
  property: property as unknown as Fuzzed['property'],
});

/** Every property of the engine, for the tests and for `npm run fuzz`. The shares add up to 1. */
export const fuzzed: readonly Fuzzed[] = [
  entry('isFoundExactly', 'a token in up to four encodings is found exactly', 0.25, isFoundExactly),
  entry('neverThrows', 'no text makes the detector throw or exceed its budget', 0.1, neverThrows),
  entry('decodesAnything', 'no text makes the decoder throw', 0.22, decodesAnything),
  entry(
    'survivesThePipeline',
    'hostile tokens and names pass every step to a report read again',
    0.24,
    survivesThePipeline,
  ),
  entry('readsAnyInput', 'recordings with hostile content are read or refused in words', 0.06, readsAnyInput),
  entry('leavesNothingUsable', 'a redacted copy holds nothing usable, and stays as it is', 0.03, leavesNothingUsable),
  entry('refusesOrReadsRules', 'policies and expectations are read or refused in words', 0.06, refusesOrReadsRules),
  entry('verifiesAnything', 'any key for any token gives a verdict or is refused in words', 0.04, verifiesAnything),
];
