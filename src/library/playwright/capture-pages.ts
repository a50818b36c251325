import type { Capture, Cookie, Frame, Problem, Store } from '../../engine/model/capture.ts';
import { emptyCapture } from '../../engine/model/capture.ts';
import { hostOf, urlFrom } from '../../engine/text/hosts.ts';
import { siteOf } from '../../engine/text/site-of.ts';
import { storageStateCapture } from '../../inputs/storage-state-capture.ts';
import { by, type Deadline, deadlineIn } from './deadline.ts';
import { openIsolated } from './isolated-documents.ts';
import { isUnreadable } from './open-document.ts';
import { openInPage } from './page-documents.ts';
import { isPage, type PlaywrightContext, type PlaywrightPage, type PlaywrightTarget } from './playwright.ts';
import { type DocumentsRead, readDocuments } from './read-documents.ts';
import { recordedTraffic } from './record-traffic.ts';

/** What a context keeps beside what its pages show. */
interface Jar {
  cookies: Cookie[];
  /** The browser did not hand them over. */
  isClosed: boolean;
  /** Local storage of every origin that was visited. */
  stores: Store[];
  problems: Problem[];
}

/** Cookies, HttpOnly ones too, and what origins without an open document store. Never rejects, and ends by the deadline. */
async function readJar(context: PlaywrightContext, deadline: Deadline): Promise<Jar> {
  const now = Date.now() / 1000;
  const [cookies, state] = await Promise.all([
    by(deadline, context.cookies(), null),
    by(deadline, context.storageState(), null),
  ]);
  const { stores } = storageStateCapture(state ?? {}, now);
  return {
    cookies: storageStateCapture({ cookies: cookies ?? [] }, now).cookies,
    isClosed: cookies === null,
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

/**
 * Everything that pages show, one capture for each, for `inspect`; of a context also what it keeps and belongs to no page. Captures of
 * several moments, as of the host's page and then of the guest's, are inspected together. Never rejects for what a page does.
 */
export async function capturePages(
  target: PlaywrightTarget,
  { timeout = 10_000 }: { timeout?: number } = {},
): Promise<Capture[]> {
  const deadline = deadlineIn(timeout);
  const context = isPage(target) ? target.context() : target;
  const pages = isPage(target) ? [target] : context.pages();
  const jar = readJar(context, deadline);
  const captures = await Promise.all(pages.map((page) => capturePage(page, jar, deadline)));
  return [...captures, ...leftIn(await jar, captures, !isPage(target))];
}

/** What the context keeps and belongs to no page, where all of it is wanted, and what of it could not be read. */
function leftIn({ cookies, stores, problems }: Jar, captures: readonly Capture[], isWhole: boolean): Capture[] {
  const left = {
    ...emptyCapture(Date.now() / 1000),
    cookies: isWhole ? cookies.filter((cookie) => !captures.some((one) => one.cookies.includes(cookie))) : [],
    stores: isWhole
      ? stores.filter(({ origin }) => !captures.some((one) => one.stores.some((store) => store.origin === origin)))
      : [],
    problems,
  };
  return left.cookies.length + left.stores.length + problems.length > 0 ? [left] : [];
}

/** Everything that one page shows, and of the context what is of the sites of its documents. Never rejects, and ends by the deadline. */
async function capturePage(page: PlaywrightPage, jar: Promise<Jar>, deadline: Deadline): Promise<Capture> {
  const readAt = Date.now() / 1000;
  const read = await readPage(page, deadline);
  const traffic = await recordedTraffic(page, deadline);
  const kept = await jar;
  const url = page.url();
  const frames = [...read.frames, ...unlisted(page, read.frames)].map((frame) => ({ ...frame, loadedAt: readAt }));
  const isOwn = siteFilter([url, ...frames.map((frame) => frame.url), ...traffic.exchanges.map((one) => one.url)]);
  const isRead = ({ source, origin }: Store) =>
    read.stores.some((one) => one.source === source && one.origin === origin && one.partition?.kind !== 'third-party');
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
    stores: [...read.stores, ...kept.stores.filter((store) => !isRead(store) && isOwn(store.origin))],
    cookies: kept.cookies.filter((cookie) => isOwn(cookie.url)),
    ...(kept.isClosed && { closedHosts: [hostOf(url) ?? ''] }),
    ...(traffic.isRecorded && { exchanges: traffic.exchanges }),
    problems: [...read.problems, ...traffic.problems],
  };
}

/** Looks at one page at most, where it is left for another document meanwhile. */
const mostLooks = 3;

async function readPage(page: PlaywrightPage, deadline: Deadline): Promise<DocumentsRead> {
  for (let look = 1; ; look += 1) {
    const opened = (await openIsolated(page, deadline)) ?? openInPage(page);
    const read = await readDocuments(opened.documents, deadline);
    opened.close();
    const problems = [...opened.problems, ...read.problems];
    if (look === mostLooks || !problems.some(isUnreadable)) return { ...read, problems };
  }
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
