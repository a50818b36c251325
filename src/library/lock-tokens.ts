import type { TokenLock } from '../engine/lock/lock-file.ts';
import { type LockOptions, lockTokens as lock } from '../engine/lock/lock-tokens.ts';
import type { ReportDocument } from '../engine/report/report-document.ts';
import { keptReport } from './kept-reports.ts';

/**
 * What the tokens of a report are, as a lock without any secret: one entry for each kind, with all places in which it was seen.
 * `formatLock` writes it, `compareLocks` says what differs from another.
 */
export function lockTokens(report: ReportDocument, options: LockOptions = {}): TokenLock {
  return lock(keptReport(report).report, options);
}
