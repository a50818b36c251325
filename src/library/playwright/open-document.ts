import type { Partition, Problem, Store } from '../../engine/model/capture.ts';

/** A document of a page that can be asked. */
export interface OpenDocument {
  /** The whole current URL, fragment included. */
  url: string;
  parentUrl: string | null;
  isTop: boolean;
  /** As the browser tells it; null where it does not, and of an opaque origin, which has none. */
  storageKey: string | null;
  partition: Partition | null;
  readBy: Store['readBy'];
  /**
   * Runs a self-contained function in it, and waits for its answer, which is `refused` where it throws. Rejects where nobody can be
   * asked, as in a document that is left, and may never answer.
   */
  run(run: (...args: never[]) => unknown, args: readonly unknown[]): Promise<unknown>;
  /** The same with the page's own JavaScript, for what can be read without harm by that alone; left out where `run` is that. */
  runByPage?: OpenDocument['run'];
}

/** What a probe answers where the browser does not let it read (see probes/parse-store.ts). */
export const refused = 'x';

export interface OpenedDocuments {
  documents: OpenDocument[];
  problems: Problem[];
  close(): void;
}

/** Documents of one page that are opened. */
export const mostDocuments = 300;

export function notAnswering(url: string, isTop: boolean): Problem {
  return {
    code: isTop ? 'page-not-answering' : 'frame-not-answering',
    message: `${isTop ? 'The page' : 'A frame'} did not answer in time: it is busy or has crashed, so what it stores was not read. Its URL was.`,
    subject: url,
  };
}

export function unreadable(url: string, isTop: boolean): Problem {
  return {
    code: 'frame-unreadable',
    message: `The browser did not let this ${isTop ? 'page' : 'frame'} be read, so what it stores was not read. Its URL was.`,
    subject: url,
  };
}

export function skipped(count: number): Problem {
  return {
    code: 'frames-skipped',
    message: `The page has more than ${mostDocuments} frames; what the other ${count} store was not read. Their URLs were.`,
  };
}

export function isUnreadable({ code }: Problem): boolean {
  return code === 'frame-unreadable';
}
