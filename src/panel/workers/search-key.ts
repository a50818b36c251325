import { searchKey } from '../../engine/weak-keys/search-key.ts';
import type { KeySearchProgress, KeySearchReply, KeySearchRequest } from './key-messages.ts';

/** Keys tried between two reports: some tens of milliseconds. */
const batch = 4000;

/** Searches to the end and reports on the way. `clock` gives milliseconds. */
export function* searchInSteps(
  { subject, page, literals }: KeySearchRequest,
  clock: () => number,
): Generator<KeySearchReply, void> {
  const startedAt = clock();
  const search = searchKey(subject, { page, literals, batch });
  let progress: KeySearchProgress = { tried: 0, total: 0, perSecond: 0 };
  for (;;) {
    const { done, value } = search.next();
    if (done) {
      yield { kind: 'done', ...progress, key: value };
      return;
    }
    const seconds = Math.max(0.001, (clock() - startedAt) / 1000);
    progress = { ...value, perSecond: Math.round(value.tried / seconds) };
    yield { kind: 'progress', ...progress };
  }
}
