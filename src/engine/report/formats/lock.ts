import { isOfSeveral, lockTokens } from '../../lock/lock-tokens.ts';
import { formatLock } from '../../lock/written-lock.ts';
import type { Format } from './format.ts';

/** What the tokens are, to be kept and compared. Places tell their file where tokens lie in several. */
export const lock: Format = {
  id: 'lock',
  name: 'Lock file',
  isWithoutTokens: true,
  type: 'application/json',
  extension: 'lock.json',
  write: (report) => formatLock(lockTokens(report, { byInput: isOfSeveral(report) })),
};
