import type { TokenLock } from '../engine/lock/lock-file.ts';
import { isOfSeveral, type LockOptions, lockTokens as lock } from '../engine/lock/lock-tokens.ts';
import type { ReportDocument } from '../engine/report/report-document.ts';
import { keptReport } from './kept-reports.ts';

/**
 * What the tokens of a report are, as a lock without any secret: one entry for each kind, with all places in which it was seen.
 * `formatLock` writes it, `compareLocks` says what differs from another. Of several inputs, each place tells its own unless told otherwise.
 */
export function lockTokens(report: ReportDocument, options: LockOptions = {}): TokenLock {
  const { report: judged } = keptReport(report);
  return lock(judged, { byInput: options.byInput ?? isOfSeveral(judged) });
}
