/**
 * Roomkey as a library: the engine of the panel and of the command line. Plain data in, plain data out; nothing reads a
 * clock, a file or the network.
 *
 * ```ts
 * import { checkExpectations, find, inspect, policies, storageStateCapture } from 'roomkey';
 *
 * const now = Date.now() / 1000;
 * const capture = storageStateCapture(await context.storageState(), now);
 * const report = inspect(find(capture).sightings, { now, policy: policies.standard });
 * ```
 */

export { type Policy, policies } from '../engine/audit/policy/policies.ts';
export { decode } from '../engine/decode/decode.ts';
export { checkExpectations, type ExpectationResult, expectWhatIsSeen } from '../engine/expect/check-expectations.ts';
export {
  type Expectation,
  ExpectationError,
  type Expectations,
  parseExpectations,
} from '../engine/expect/expectations.ts';
export { detect } from '../engine/find/detect.ts';
export { find, type InspectOptions, inspect } from '../engine/inspect.ts';
export { acceptedLock, compareLocks, type LockChange } from '../engine/lock/compare-locks.ts';
export type { LockedKind, LockedPlace, TokenLock } from '../engine/lock/lock-file.ts';
export { type LockOptions, lockTokens } from '../engine/lock/lock-tokens.ts';
export { formatLock, LockError, parseLock } from '../engine/lock/written-lock.ts';
export type * from '../engine/model/capture.ts';
export { emptyCapture } from '../engine/model/capture.ts';
export type * from '../engine/model/facts.ts';
export type * from '../engine/model/report.ts';
export type * from '../engine/model/token.ts';
export { createMasker, maskToken } from '../engine/redact/mask.ts';
export { type Redacted, type RedactOptions, redactText } from '../engine/redact/redact-text.ts';
export type { Format, FormatOptions } from '../engine/report/formats/format.ts';
export { formats } from '../engine/report/formats/index.ts';
export { type ReportDocument, toDocument } from '../engine/report/report-document.ts';
export type { Json, JsonObject } from '../engine/text/json.ts';
export { quickKeys } from '../engine/weak-keys/quick-keys.ts';
export { storageStateCapture } from '../inputs/storage-state-capture.ts';
