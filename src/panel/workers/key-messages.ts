import type { Page } from '../../engine/model/capture.ts';
import type { FoundKey, Subject } from '../../engine/model/report.ts';

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
