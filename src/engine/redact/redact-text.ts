import { isInPieces } from '../text/curl-trace.ts';
import { createLedger, type Known, type Removed } from './ledger.ts';
import { redactOnce } from './redaction.ts';
import type { KeptClaims } from './safe-token.ts';

export type { Removed } from './ledger.ts';
export type { KeptClaims } from './safe-token.ts';

export interface RedactOptions {
  /** What stays of a token's claims; names, numbers and switches when left out. */
  claims?: KeptClaims;
  /** Names of headers, cookies, parameters and members whose values stay, whatever their case. */
  keep?: readonly string[];
  /** Each character stands for a byte, so that what takes the place of a secret is as long as it was. */
  bytes?: boolean;
  /** What was found out in texts that belong to this one, which is added to. */
  known?: Known;
}

export interface Redacted {
  text: string;
  removed: Removed;
  /** Values that stay because they were named. */
  kept: string[];
  /** Why something could not be read to its end, and how often. Such a copy must not be called safe. */
  unread: Map<string, number>;
}

/** Passes after which a text counts as one that cannot be made safe. The second finds what the first learned. */
const mostPasses = 5;

/**
 * A copy of any text in which no token and no credential is left that can be used: HAR, storage states, cookie files, raw
 * HTTP, commands, logs, whole or cut off. What is harmless stays byte for byte, and a second run changes nothing. Pure;
 * never throws; linear in the text for each layer of encoding.
 */
export function redactText(
  text: string,
  { claims = 'names', keep = [], bytes = false, known }: RedactOptions = {},
): Redacted {
  const ledger = createLedger(known);
  const options = { claims, keep: new Set(keep.map((name) => name.toLowerCase())), bytes };
  let safe = text;
  for (let pass = 1; ; pass += 1) {
    const before = safe;
    safe = redactOnce(before, options, ledger);
    ledger.endPass();
    if (safe === before) break;
    if (pass === mostPasses) {
      ledger.leave('Something comes back however often it is removed.');
      ledger.endPass();
      break;
    }
  }
  if (isInPieces(text)) {
    ledger.leave('It is a trace of curl, in which secrets stand in pieces; what curl prints with -v can be made safe.');
    ledger.endPass();
  }
  return { text: safe, removed: ledger.removed, kept: [...ledger.kept], unread: ledger.unread };
}
