import { type Capture, emptyCapture } from '../../engine/model/capture.ts';
import type { ReportDocument } from '../../engine/report/report-document.ts';
import { type InspectOptions, inspect } from '../inspect.ts';
import { capturePage, type Jar, readJar } from './capture-page.ts';
import { deadlineIn } from './deadline.ts';
import { isPage, type PlaywrightTarget } from './playwright.ts';

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
  { timeout = 10_000, ...options }: InspectPageOptions = {},
): Promise<ReportDocument> {
  const deadline = deadlineIn(timeout);
  const context = isPage(target) ? target.context() : target;
  const pages = isPage(target) ? [target] : context.pages();
  const jar = readJar(context, deadline);
  const captures = await Promise.all(pages.map((page) => capturePage(page, jar, deadline)));
  return inspect([...captures, leftIn(await jar, captures, !isPage(target))], options);
}

/** What the context keeps and belongs to no page, where all of it is wanted, and what of it could not be read. */
function leftIn({ cookies, stores, problems }: Jar, captures: readonly Capture[], isWhole: boolean): Capture {
  const capture = { ...emptyCapture(Date.now() / 1000), problems };
  if (!isWhole) return capture;
  return {
    ...capture,
    cookies: cookies.filter((cookie) => !captures.some((one) => one.cookies.includes(cookie))),
    stores: stores.filter(({ origin }) => !captures.some((one) => one.stores.some((store) => store.origin === origin))),
  };
}
