import type { Capture, Cookie, Frame, Problem, Store } from '../../engine/model/capture.ts';
import { emptyCapture } from '../../engine/model/capture.ts';
import { hostOf, urlFrom } from '../../engine/text/hosts.ts';
import { siteOf } from '../../engine/text/site-of.ts';
import { storageStateCapture } from '../../inputs/storage-state-capture.ts';
import { by, type Deadline } from './deadline.ts';
import { openIsolated } from './isolated-documents.ts';
import { openInPage } from './page-documents.ts';
import type { PlaywrightContext, PlaywrightPage } from './playwright.ts';
import { readDocuments } from './read-documents.ts';
import { recordedTraffic } from './record-traffic.ts';

/** What a context keeps beside what its pages show. */
export interface Jar {
  cookies: Cookie[];
  /** Local storage of every origin that was visited. */
  stores: Store[];
  problems: Problem[];
}

/** Cookies, HttpOnly ones too, and what origins without an open document store. Never rejects, and ends by the deadline. */
export async function readJar(context: PlaywrightContext, deadline: Deadline): Promise<Jar> {
  const now = Date.now() / 1000;
  const [cookies, state] = await Promise.all([
    by(deadline, context.cookies(), null),
    by(deadline, context.storageState(), null),
  ]);
  const { stores } = storageStateCapture(state ?? {}, now);
  return {
    cookies: storageStateCapture({ cookies: cookies ?? [] }, now).cookies,
    stores: stores.filter(({ entries }) => entries.length > 0),
    problems: [
      ...(cookies ? [] : [{ code: 'cookies-unread', message: 'The browser did not hand over its cookies in time.' }]),
      ...(state
        ? []
        : [
            {
              code: 'storage-unread',
              message:
                'Local storage of origins without an open document was not read: the browser did not hand it over in time.',
            },
          ]),
    ],
  };
}

/** Everything that one page shows, and of the context what is of the sites of its documents. Never rejects, and ends by the deadline. */
export async function capturePage(page: PlaywrightPage, jar: Promise<Jar>, deadline: Deadline): Promise<Capture> {
  const readAt = Date.now() / 1000;
  const opened = (await openIsolated(page, deadline)) ?? openInPage(page);
  const read = await readDocuments(opened.documents, deadline).finally(opened.close);
  const traffic = await recordedTraffic(page, deadline);
  const kept = await jar;
  const url = page.url();
  const frames = [...read.frames, ...unlisted(page, read.frames)].map((frame) => ({ ...frame, loadedAt: readAt }));
  const isOwn = siteFilter([url, ...frames.map((frame) => frame.url), ...traffic.exchanges.map((one) => one.url)]);
  const origins = new Set(read.stores.map(({ origin }) => origin));
  return {
    ...emptyCapture(readAt),
    page: {
      url,
      title: read.facts?.title ?? '',
      scriptOrigins: read.facts?.scriptOrigins ?? null,
      loadedAt: read.facts?.startedAt ?? readAt,
      startedAt: read.facts?.startedAt ?? null,
    },
    frames,
    stores: [...read.stores, ...kept.stores.filter(({ origin }) => !origins.has(origin) && isOwn(origin))],
    cookies: kept.cookies.filter(({ url }) => isOwn(url)),
    ...(traffic.isRecorded && { exchanges: traffic.exchanges }),
    problems: [...opened.problems, ...read.problems, ...traffic.problems],
  };
}

/** Frames that Playwright lists and that could not be opened. */
function unlisted(page: PlaywrightPage, known: readonly Pick<Frame, 'url'>[]): Omit<Frame, 'loadedAt'>[] {
  const urls = new Set(known.map(({ url }) => url));
  return page
    .frames()
    .filter((frame) => frame !== page.mainFrame() && !urls.has(frame.url()))
    .map((frame) => ({
      url: frame.url(),
      origin: urlFrom(frame.url())?.origin ?? 'null',
      parentUrl: frame.parentFrame()?.url() ?? null,
      partition: null,
    }));
}

/** Whether an address is of one of the sites of these. */
function siteFilter(urls: readonly string[]): (url: string) => boolean {
  const siteIn = (url: string) => {
    const host = hostOf(url);
    return host === null ? null : siteOf(host);
  };
  const sites = new Set(urls.map(siteIn));
  return (url) => {
    const site = siteIn(url);
    return site !== null && sites.has(site);
  };
}
