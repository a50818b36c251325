import { sources } from '../find/sources/index.ts';
import type { Problem } from '../model/capture.ts';
import { reportInPart, wordOfPage } from '../model/notes.ts';
import { urlFrom } from '../text/hosts.ts';
import type { Match } from './expectations.ts';
import { fits } from './wanted.ts';

/** Kinds of places that were not read, by the problem that says so; null for any. */
const hidden: ReadonlyMap<string, (typeof sources)[number]['foundIn'] | null> = new Map([
  ['page-not-answering', 'document'],
  ['frame-not-answering', 'document'],
  ['page-moving', 'document'],
  ['frame-moving', 'document'],
  ['frame-unreadable', 'document'],
  ['frames-skipped', 'document'],
  ['cookies-unread', 'jar'],
  ['cookie-unread', 'jar'],
  ['storage-unread', 'document'],
  ['traffic-late', 'traffic'],
  ['many-tokens', null],
  ['not-all-judged', null],
  [reportInPart, null],
]);

/** Problems whose subject is a page, rather than a document in some page. */
const ofPages: ReadonlySet<string> = new Set(['page-not-answering', 'page-moving', 'traffic-late']);

/** What an expectation speaks of. */
interface Spoken {
  where: Match | undefined;
  isOnPage(page: string): boolean;
  /** Whether an address is that of a page that was looked at. */
  isPage(url: string): boolean;
}

/**
 * Whether a place that an expectation speaks of was not read: a page or a frame that did not answer, a list that the browser did not hand
 * over. Of which page a frame is, problems do not tell, so that one may be of any. Traffic that went before its recording counts where
 * traffic is asked for by name.
 */
export function isUnread(problems: readonly Problem[], { where = {}, isOnPage, isPage }: Spoken): boolean {
  return problems.some(({ code, subject }) => {
    const kind = hidden.get(code);
    if (kind === undefined) return false;
    const { source, origin } = where;
    if (source === undefined && code === 'traffic-late') return false;
    if (source !== undefined && kind && !sources.some(({ id, foundIn }) => foundIn === kind && fits(id, source)))
      return false;
    if (subject === undefined) return true;
    if ((ofPages.has(code) || isPage(subject)) && !isOnPage(subject)) return false;
    const own = urlFrom(subject)?.origin;
    return origin === undefined || own === undefined || fits(own, origin);
  });
}

/** Whether what an expectation speaks of was read through a page's own script: what holds then, holds by its word. */
export function isWordOfPage(problems: readonly Problem[], { source, origin }: Match = {}): boolean {
  const isInPage =
    source === undefined ||
    sources.some(({ id, foundIn }) => foundIn !== undefined && inPage.has(foundIn) && fits(id, source));
  return (
    isInPage &&
    problems.some(({ code, subject = null }) => code === wordOfPage && (origin === undefined || fits(subject, origin)))
  );
}

const inPage: ReadonlySet<string> = new Set(['document', 'jar']);
