import type { Place } from '../model/capture.ts';
import { throughPage } from '../model/notes.ts';
import { mayStillLie } from '../model/presence.ts';

/** What a place at rest is called in few words: `localStorage.token`, `cookie session`. */
export function shortPlace(label: string): string {
  return label
    .replace(/^cookie "([^"\\]+)"/, 'cookie $1')
    .replace(/\["([A-Za-z_$][\w$]*)"\]/g, '.$1')
    .replace(/\["([^"\\\s]+)"\]/g, ' $1');
}

/** Who can read what lies in a place, one clause each, read from its traits. */
export function readersOf({ traits, origin }: Pick<Place, 'traits' | 'origin'>): string[] {
  const where = origin && origin !== 'null' ? origin : 'the document’s origin';
  const clauses: string[] = [];
  if (traits.readableByScripts === true) clauses.push(`any script that runs on ${where}`);
  if (traits.readableByScripts === false) clauses.push('no script of the page, only the browser and the server');
  if (traits.sentToServers) {
    clauses.push(traits.urlPart ? 'servers and proxies that handle or log the request' : 'servers it is sent to');
  }
  if (traits.keptInHistory) clauses.push('whoever sees the address bar or the browser’s history');
  if (traits.keptAfterClosing) clauses.push('later users of this browser profile, as it is kept after closing');
  if (clauses.length === 0) clauses.push('not known');
  return clauses;
}

/** How a place was read, after "read"; null where it is not known, and of files, which are read as they are. */
export function readByWords({ readBy }: Pick<Place, 'readBy'>): string | null {
  if (readBy === 'page') return throughPage;
  if (readBy === 'isolated') return 'beside the page’s own script, out of its reach';
  return readBy === 'browser' ? 'by the browser itself' : null;
}

/** What became of what was found missing; where no document of its origin is there any more, it may lie there still. */
export function goneWords({ isOutOfSight }: { isOutOfSight?: boolean }): string {
  return isOutOfSight ? 'out of sight' : 'gone';
}

/** The same of a token as a whole. */
export function goneTokenWords(subject: Parameters<typeof mayStillLie>[0]): string {
  return goneWords({ isOutOfSight: mayStillLie(subject) });
}

/** What is said of each of several, as said of all: "gone", "out of sight", or "gone or out of sight". */
export function goneWordsOfAll(words: readonly string[]): string {
  return [...new Set(words)].sort().join(' or ');
}

/** How long a place keeps what lies in it. */
export function keptFor({ traits, cookie }: Pick<Place, 'traits' | 'cookie'>): string {
  if (cookie?.expiresAt != null) return 'until the cookie expires';
  if (traits.keptInHistory) return 'in the history, until it is cleared';
  if (traits.keptAfterClosing === true) return 'until it is deleted';
  if (traits.keptAfterClosing === false)
    return traits.storage === 'cookie' ? 'until the browser closes' : 'until the tab closes';
  return 'not known';
}
