// What compares a report with a lock file: loaded when the first is opened.
export { acceptedLock, compareLocks, type LockChange } from '../../engine/lock/compare-locks.ts';
export type { TokenLock } from '../../engine/lock/lock-file.ts';
export { lockTokens, tellsInputs } from '../../engine/lock/lock-tokens.ts';
export { formatLock, parseLock } from '../../engine/lock/written-lock.ts';
