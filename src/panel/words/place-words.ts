import { encodings } from '../../engine/find/encodings/index.ts';
import type { Place } from '../../engine/model/capture.ts';
import { visible } from './visible.ts';

/** Who can read what lies in a place, one clause each, read from its traits. */
export function readersOf({ traits, origin }: Place): string[] {
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

/** How long a place keeps what lies in it. */
export function keptFor({ traits, cookie }: Place): string {
  if (cookie?.expiresAt != null) return 'until the cookie expires';
  if (traits.keptInHistory) return 'in the history, until it is cleared';
  if (traits.keptAfterClosing === true) return 'until it is deleted';
  if (traits.keptAfterClosing === false)
    return traits.storage === 'cookie' ? 'until the browser closes' : 'until the tab closes';
  return 'not known';
}

/** What an encoding is called: "percent-encoding". A saved report may name one that this version does not know. */
export function encodingWord(id: string): string {
  return encodings.find((one) => one.id === id)?.name ?? visible(id);
}
