import { type Policy, policies } from '../engine/audit/policy/policies.ts';
import { find } from '../engine/find/find.ts';
import { inspect as inspectSightings } from '../engine/inspect.ts';
import type { Capture } from '../engine/model/capture.ts';
import type { Report } from '../engine/model/report.ts';
import { type ReportDocument, toDocument } from '../engine/report/report-document.ts';
import { quickKeys } from '../engine/weak-keys/quick-keys.ts';
import { keepReport } from './kept-reports.ts';

export interface InspectOptions {
  /** Seconds since the epoch: the clock to judge by. When the last of it was captured, unless told otherwise. */
  now?: number;
  /** Limits to judge by; those of `policies.standard` unless told otherwise. */
  policy?: Policy;
  /** Tokens whole in the report. They are masked unless told otherwise: no string in it then holds one that could be used. */
  reveal?: boolean;
  /** What the page is, for what must not be on a guest's. */
  pageMark?: 'guest' | 'host';
  /** Looks for keys that anybody knows, too: hundredths of a second for each token. */
  weakKeys?: boolean;
}

/**
 * Finds every token in what was captured, reads what each lets its holder do, and judges it. The report is that of
 * `docs/report.schema.json`. Several captures, as of several pages, give one report. Never throws on hostile texts.
 */
export function inspect(captured: Capture | readonly Capture[], options: InspectOptions = {}): ReportDocument {
  const captures = 'readAt' in captured ? [captured] : captured;
  const found = captures.map((capture) => find(capture));
  const [capture] = captures;
  const pages = captures.flatMap(({ page }) => page ?? []);
  const settings = {
    now: options.now ?? Math.max(0, ...captures.map(({ readAt }) => readAt)),
    policy: options.policy ?? policies.standard,
    // Of several pages none is the page.
    page: pages.length === 1 ? (pages[0] ?? null) : null,
    pageMark: options.pageMark ?? null,
    problems: found.flatMap(({ problems }) => problems),
  };
  const sightings = found.flatMap((one) => one.sightings);
  const report = inspectSightings(sightings, settings);
  const judged = options.weakKeys
    ? inspectSightings(sightings, { ...settings, keys: quickKeys(report.subjects) })
    : report;
  return documentOf(judged, options.reveal ?? false, pages.length === 1 ? capture : undefined);
}

function documentOf(report: Report, reveal: boolean, capture: Capture | undefined): ReportDocument {
  const page = capture?.page ? { pageUrl: capture.page.url, frames: capture.frames } : undefined;
  const options = { reveal, ...(page && { page }) };
  return keepReport(toDocument(report, options), report, options);
}
