import type fc from 'fast-check';
import { leavesNoBytesUsable, readsAnyBytes } from './bytes.ts';
import { carriesOutAnyLine } from './command-line.ts';
import {
  filtersByAnything,
  hearsAnyMessage,
  hearsAnyTraffic,
  readsAnyProbe,
  readsAnyRecord,
  readsAnySettings,
} from './panel.ts';
import {
  leavesNothingUsable,
  readsAnyInput,
  refusesOrReadsRules,
  survivesThePipeline,
  verifiesAnything,
} from './pipeline.ts';
import { decodesAnything, isFoundExactly, neverThrows } from './properties.ts';
import { checksAnyStep, comparesAnySeats, locksAnything, masksWhatIsWritten, staysInBudget } from './reports.ts';
import { answersAnyQuestion, judgesAnything, readsAnyReply, refusesOrReadsConfig } from './servers.ts';

export interface Fuzzed {
  name: string;
  says: string;
  /** Thousandths of the cases, by what the property costs and how much there is to find. */
  share: number;
  property: fc.IRawProperty<never>;
}

const entry = <T>(name: string, says: string, share: number, property: fc.IRawProperty<T, boolean>): Fuzzed => ({
  name,
  says,
  share,
  property: property as unknown as Fuzzed['property'],
});

/** A property for every way in that something hostile can come by, for the tests and for `npm run fuzz`. The shares add up to 1000. */
export const fuzzed: readonly Fuzzed[] = [
  entry('isFoundExactly', 'a token in up to four encodings is found exactly', 40, isFoundExactly),
  entry('neverThrows', 'no text makes the detector throw or exceed its budget', 15, neverThrows),
  entry('staysInBudget', 'encodings in encodings end, and what is left is told', 40, staysInBudget),
  entry('decodesAnything', 'no text makes the decoder throw', 376, decodesAnything),
  entry(
    'survivesThePipeline',
    'hostile tokens and names pass every step to a report read again',
    8,
    survivesThePipeline,
  ),
  entry('readsAnyInput', 'recordings with hostile content are read or refused in words', 3, readsAnyInput),
  entry('readsAnyBytes', 'files and archives, packed and damaged, are read or refused in words', 3, readsAnyBytes),
  entry('leavesNothingUsable', 'a redacted copy holds nothing usable, and stays as it is', 1, leavesNothingUsable),
  entry('leavesNoBytesUsable', 'nor does one of bytes or of an archive', 1, leavesNoBytesUsable),
  entry(
    'masksWhatIsWritten',
    'no report, lock or comparison holds a token that was not asked for',
    1,
    masksWhatIsWritten,
  ),
  entry('locksAnything', 'a lock is read again as it was, and another is refused in words', 1, locksAnything),
  entry('comparesAnySeats', 'two seats are compared whatever they hold, in either order', 1, comparesAnySeats),
  entry('refusesOrReadsRules', 'policies and expectations are read or refused in words', 3, refusesOrReadsRules),
  entry('checksAnyStep', 'steps of a run are refused in words or checked', 2, checksAnyStep),
  entry('verifiesAnything', 'any key for any token gives a verdict or is refused in words', 3, verifiesAnything),
  entry('judgesAnything', 'any token is judged as any platform’s server would', 6, judgesAnything),
  entry('readsAnyReply', 'any answer of a backend is a reply, or a fault in words', 100, readsAnyReply),
  entry('answersAnyQuestion', 'the validation server answers whatever it is asked and told', 3, answersAnyQuestion),
  entry('refusesOrReadsConfig', 'its configuration is read, or refused without its secrets', 1, refusesOrReadsConfig),
  entry('readsAnyProbe', 'what a page answers is read, whatever it is', 50, readsAnyProbe),
  entry('readsAnyRecord', 'so is what it noted of calls and what windows say', 90, readsAnyRecord),
  entry('hearsAnyTraffic', 'and what devtools tell of requests', 3, hearsAnyTraffic),
  entry('hearsAnyMessage', 'messages of other panels are narrowed', 150, hearsAnyMessage),
  entry('readsAnySettings', 'of stored settings what is odd falls away alone', 90, readsAnySettings),
  entry('filtersByAnything', 'any filter can be typed, and none is kept that holds a token', 6, filtersByAnything),
  entry('carriesOutAnyLine', 'any command line is carried out, or refused in words', 3, carriesOutAnyLine),
];
