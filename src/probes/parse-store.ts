/** One entry as a probe reports it. `text` is null where the panel holds it already. */
export interface ProbedEntry {
  key: string;
  text: string | null;
  stamp: number;
  /** The text was left out because the budget was used up. */
  isCut: boolean;
}

/** Frame elements of one document that hold the same: the address of their document where it can be asked, else "". */
export interface FoundFrames {
  /** The address of the document that they stand in. */
  parent: string;
  child: string;
  count: number;
}

export type ProbedStore =
  | { kind: 'unchanged' }
  | { kind: 'refused' }
  | {
      kind: 'read';
      stamp: string;
      entries: ProbedEntry[];
      /** Entries beyond the budget, not looked at. */
      missed: number;
      /** Databases or caches that were not opened. */
      unopened?: number;
      /** Frame elements that were met, where documents were walked through. */
      frames?: FoundFrames[];
      /** The page has replaced functions by which it is read. */
      isTampered: boolean;
    };

/** Entries that are read of one answer: twice as many as a probe looks at. */
const mostRead = 100_000;

/**
 * Reads a storage probe's answer: `=` (unchanged), `x` (refused), or a stamp line (which may be empty) and records of
 * `<kind> <stamp> <key length> <text length>\n<key><text>`, the kinds being v value, s same, c cut, m missed entries,
 * u unopened databases or caches, f frame elements (how many; their document's address and theirs, a line each), o odd. The page may have had a hand in it, so anything malformed ends the list instead of throwing,
 * and so do more entries than a probe looks at.
 */
export function parseStore(answer: unknown): ProbedStore {
  if (answer === '=') return { kind: 'unchanged' };
  if (typeof answer !== 'string' || answer === 'x') return { kind: 'refused' };
  let at = answer.indexOf('\n') + 1;
  const store = {
    kind: 'read' as const,
    stamp: answer.slice(0, Math.max(0, at - 1)),
    entries: [] as ProbedEntry[],
    missed: 0,
    unopened: 0,
    frames: [] as FoundFrames[],
    isTampered: false,
  };
  while (at > 0 && at < answer.length) {
    const lineEnd = answer.indexOf('\n', at);
    const head = /^([vscmuof]) (-?\d+) (\d+) (\d+)$/.exec(answer.slice(at, Math.max(at, lineEnd)).slice(0, 80));
    if (!head || store.entries.length + store.frames.length >= mostRead) {
      store.isTampered = true;
      break;
    }
    const [, kind, stamp, keyLength, textLength] = head;
    const keyEnd = lineEnd + 1 + Number(keyLength);
    at = keyEnd + Number(textLength);
    if (kind === 'o') store.isTampered = true;
    else if (kind === 'm') store.missed = Number(stamp);
    else if (kind === 'u') store.unopened = Number(stamp);
    else if (kind === 'f') {
      const [parent = '', child = ''] = answer.slice(lineEnd + 1, keyEnd).split('\n', 2);
      store.frames.push({ parent, child, count: Number(stamp) });
    } else {
      store.entries.push({
        key: answer.slice(lineEnd + 1, keyEnd),
        text: kind === 's' ? null : answer.slice(keyEnd, at),
        stamp: Number(stamp),
        isCut: kind === 'c',
      });
    }
  }
  return store;
}
