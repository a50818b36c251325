import type { ReportDocument } from '../../engine/report/report-document.ts';
import { type InspectOptions, inspect } from '../inspect.ts';
import { capturePages } from './capture-pages.ts';
import type { PlaywrightTarget } from './playwright.ts';

export interface InspectPageOptions extends InspectOptions {
  /** Milliseconds after which what has not answered is left unread, which the report says; 10,000 unless told otherwise. */
  timeout?: number;
}

/**
 * Reads everything that a page, or all pages of a context, hold, and inspects it: cookies (HttpOnly ones too), both storages,
 * IndexedDB, Cache Storage, `window.name`, `history.state` and the document itself in every frame, the URLs of pages and frames, and
 * the traffic that `recordTraffic` has heard. What could not be read is among the report's problems. Never rejects for what a
 * page does.
 */
export async function inspectPage(
  target: PlaywrightTarget,
  { timeout, ...options }: InspectPageOptions = {},
): Promise<ReportDocument> {
  return inspect(await capturePages(target, timeout === undefined ? {} : { timeout }), options);
}
