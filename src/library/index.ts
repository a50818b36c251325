/**
 * Roomkey as a library: the engine of the panel and of the command line. Plain data in, plain data out; nothing reads a
 * clock, a file or the network. What reads the pages of a Playwright test is `roomkey/playwright`.
 *
 * ```ts
 * import { checkExpectations, inspect, storageStateCapture } from 'roomkey';
 *
 * const report = inspect(storageStateCapture(await context.storageState(), Date.now() / 1000));
 * const failed = checkExpectations(report, expectations).filter(({ held }) => held !== true);
 * ```
 */

export { type Policy, policies } from '../engine/audit/policy/policies.ts';
export { decode } from '../engine/decode/decode.ts';
export type { ExpectationResult } from '../engine/expect/check-expectations.ts';
export {
  type Expectation,
  ExpectationError,
  type Expectations,
  parseExpectations,
  type Step,
} from '../engine/expect/expectations.ts';
export { detect } from '../engine/find/detect.ts';
export { acceptedLock, compareLocks, type LockChange } from '../engine/lock/compare-locks.ts';
export type { LockedKind, LockedPlace, TokenLock } from '../engine/lock/lock-file.ts';
export type { LockOptions } from '../engine/lock/lock-tokens.ts';
export { formatLock, LockError, parseLock } from '../engine/lock/written-lock.ts';
export type * from '../engine/model/capture.ts';
export { emptyCapture } from '../engine/model/capture.ts';
export type * from '../engine/model/facts.ts';
export type { Severity } from '../engine/model/report.ts';
export type * from '../engine/model/token.ts';
export { createMasker, maskToken } from '../engine/redact/mask.ts';
export { type Redacted, type RedactOptions, redactText } from '../engine/redact/redact-text.ts';
export type {
  DocumentFinding,
  DocumentInput,
  DocumentProblem,
  DocumentSighting,
  DocumentToken,
  ReportDocument,
} from '../engine/report/report-document.ts';
export type { SeatComparison } from '../engine/seats/compare-seats.ts';
export { SeatsError } from '../engine/seats/expectations-of-seats.ts';
export type { SeatCell, SeatPart, SeatRow } from '../engine/seats/seat-rows.ts';
export type { SeatVerdict } from '../engine/seats/seat-verdict.ts';
export type { Json, JsonObject } from '../engine/text/json.ts';
export { storageStateCapture } from '../inputs/storage-state-capture.ts';
export { checkExpectations, expectWhatIsSeen } from './check-expectations.ts';
export { compareSeats, expectationsOfSeats, type SeatExpectations, type SeatOptions } from './compare-seats.ts';
export { type InspectOptions, inspect } from './inspect.ts';
export { lockTokens } from './lock-tokens.ts';
export { reportFormats, writeReport } from './write-report.ts';
