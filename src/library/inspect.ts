import { type Policy, policies } from '../engine/audit/policy/policies.ts';
import { find } from '../engine/find/find.ts';
import { inspect as inspectSightings } from '../engine/inspect.ts';
import { looksIn } from '../engine/looks/looks-in.ts';
import type { Capture } from '../engine/model/capture.ts';
import { mergeLooks, placesOf } from '../engine/model/looked-at.ts';
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
 * `docs/report.schema.json`. Several captures, as of several pages or moments, give one report, whose inputs they are. Never throws on
 * hostile texts; a `now` that is no number is a `RangeError`.
 */
export function inspect(captured: Capture | readonly Capture[], options: InspectOptions = {}): ReportDocument {
  const captures = 'readAt' in captured ? [captured] : captured;
  if (options.now !== undefined && !Number.isFinite(options.now)) throw new RangeError('now is no number of seconds.');
  const pages = captures.filter(({ page }) => page);
  // Of several pages none is the page.
  const [only = null] = pages.length === 1 ? pages : [];
  const names = only ? [] : namesOf(captures);
  const found = captures.map((capture, i) => inInput(lookedIn(capture), names[i]));
  const settings = {
    now: options.now ?? Math.max(0, ...captures.map(({ readAt }) => readAt).filter(Number.isFinite)),
    policy: options.policy ?? policies.standard,
    page: only?.page ?? null,
    pageMark: options.pageMark ?? null,
    problems: found.flatMap(({ problems }) => problems),
    lookedAt: placesOf(mergeLooks(...found.map(({ looks }) => looks))),
  };
  const sightings = found.flatMap((one) => one.sightings);
  const report = inspectSightings(sightings, settings);
  const judged = options.weakKeys
    ? inspectSightings(sightings, { ...settings, keys: quickKeys(report.subjects) })
    : report;
  const written = {
    reveal: options.reveal ?? false,
    inputs: names.map((name) => ({ name, kind: 'page', bytes: null, readable: true, problems: [] })),
    ...(only?.page && { page: { pageUrl: only.page.url, frames: only.frames } }),
  };
  return keepReport(toDocument(judged, written), judged, written);
}

/** What captures are called that are inspected together: by the addresses of their pages. None where there is but one. */
function namesOf(captures: readonly Capture[]): string[] {
  if (captures.length < 2) return [];
  const counts = new Map<string, number>();
  return captures.map(({ page }) => {
    const name = page ? page.url.replace(/[?#].*$/s, '') : 'no page';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function lookedIn(capture: Capture) {
  const found = find(capture);
  return { ...found, looks: looksIn(capture, found) };
}

function inInput(found: ReturnType<typeof lookedIn>, input: string | undefined): ReturnType<typeof lookedIn> {
  if (input === undefined) return found;
  const named = <Seen>(one: Seen) => ({ ...one, input });
  return { ...found, sightings: found.sightings.map(named), looks: found.looks.map(named) };
}
