import type { FoundKey, Page, Subject } from '../../engine/model.ts';
import { searchKey } from '../../engine/secrets/search.ts';

/** What the worker is asked. */
export interface KeySearchRequest {
  subject: Pick<Subject, 'token' | 'facts' | 'sightings'>;
  page: Page | null;
  /** Secrets seen in the page. */
  literals: readonly string[];
}

/** How far a search is. */
export interface KeySearchProgress {
  /** Keys tried so far, and about how many there will be. */
  tried: number;
  total: number;
  /** Guesses per second since the start. */
  perSecond: number;
}

/** What the worker says. */
export type KeySearchReply =
  | ({ kind: 'progress' } & KeySearchProgress)
  | ({ kind: 'done'; key: FoundKey | null } & KeySearchProgress);

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
