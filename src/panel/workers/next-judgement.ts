import type { Page } from '../../engine/model/capture.ts';
import type { Report } from '../../engine/model/report.ts';
import { skewSeconds } from '../../engine/recognise/times.ts';

/** Between the moments known beforehand, judging again this often is enough for whatever else depends on the clock. */
const atLeastEverySeconds = 60;
/** How long before a token's own moments something is said about them. */
const noticesSeconds = [0, 300, 60, skewSeconds, -skewSeconds];

/** Judging so many tokens takes some tens of milliseconds, which is not spent more than once a second. */
const tokensPerSecond = 200;

/** Seconds a page has to clean a token out of its address before that is reported. */
const addressGraceSeconds = 5;

/** When the report may say something else than it does now, in seconds since the epoch: always later than `report.now`. */
export function nextJudgementAt(report: Report, page: Page | null = null): number {
  let next = report.now + atLeastEverySeconds;
  const cleanedAt = page === null ? 0 : page.loadedAt + addressGraceSeconds;
  if (cleanedAt > report.now && cleanedAt < next) next = cleanedAt;
  for (const { times } of report.subjects) {
    for (const moment of [times.issuedAt, times.notBefore, times.expiresAt]) {
      if (moment === null) continue;
      for (const notice of noticesSeconds) {
        // A moment is past when the clock has reached it, so the first whole second at or after it is asked for.
        const at = Math.ceil(moment - notice);
        if (at > report.now && at < next) next = at;
      }
    }
  }
  return Math.max(next, report.now + Math.ceil(report.subjects.length / tokensPerSecond));
}
