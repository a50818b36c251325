import type { CleanTexts } from './clean-texts.ts';
import type { Ledger } from './ledger.ts';
import type { SafeTokens } from './safe-token.ts';
import type { SplitValues } from './split-values.ts';

/** One pass over a text: what it was told, and what it has found out on its way. */
export interface Pass {
  /** Names of headers, cookies, parameters and members whose values stay, in lower case. */
  keep: ReadonlySet<string>;
  ledger: Ledger;
  safeTokens: SafeTokens;
  splits: SplitValues;
  /** What several structures find again, each layer of encoding once more. */
  clean: CleanTexts;
}
