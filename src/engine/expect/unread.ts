import type { Problem } from '../model/capture.ts';
import { urlFrom } from '../text/hosts.ts';
import type { Match } from './expectations.ts';
import { fits } from './wanted.ts';

const insideDocuments = [
  'local-storage',
  'session-storage',
  'indexed-db',
  'cache-storage',
  'window-name',
  'history-state',
  'page-content',
];
const ofTraffic = [
  'request-url',
  'request-header',
  'request-body',
  'response-header',
  'response-body',
  'websocket-message',
];

/** Kinds of places that were not read, by the problem that says so; null for any. */
const hidden: ReadonlyMap<string, readonly string[] | null> = new Map([
  ['page-not-answering', insideDocuments],
  ['frame-not-answering', insideDocuments],
  ['frame-unreadable', insideDocuments],
  ['frames-skipped', insideDocuments],
  ['cookies-unread', ['cookie']],
  ['storage-unread', ['local-storage']],
  ['traffic-late', ofTraffic],
  ['many-tokens', null],
  ['not-all-judged', null],
]);

/** Problems whose subject is a page, rather than a document in some page. */
const ofPages: ReadonlySet<string> = new Set(['page-not-answering', 'traffic-late']);

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
    const sources = hidden.get(code);
    if (sources === undefined) return false;
    const { source, origin } = where;
    if (source === undefined && code === 'traffic-late') return false;
    if (source !== undefined && sources && !sources.some((one) => fits(one, source))) return false;
    if (subject === undefined) return true;
    if ((ofPages.has(code) || isPage(subject)) && !isOnPage(subject)) return false;
    const own = urlFrom(subject)?.origin;
    return origin === undefined || own === undefined || fits(own, origin);
  });
}
