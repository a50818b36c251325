import type { Report, Subject } from '../../engine/model/report.ts';
import type { ReportChange, ReportRest } from './inspect-messages.ts';

/** Subjects, and characters of tokens, that one piece carries: what takes a few milliseconds to take in. */
const mostInPiece = 250;
const charactersInPiece = 500_000;

/** Tells of each report what differs from the one before. A subject counts as the same while it is the same object. */
export function createChangesTeller() {
  const told = new Map<string, { number: number; subject: Subject }>();
  let order: Uint32Array | null = null;
  let next = 0;

  return function changesIn(
    { subjects, ...report }: Report,
    more: Omit<ReportRest, keyof Report | 'order'>,
  ): ReportChange[] {
    const pieces: ReportChange[] = [{ subjects: [], rest: null }];
    let characters = 0;
    const numbers = Uint32Array.from(subjects, (subject) => {
      const { text } = subject.token;
      const before = told.get(text);
      if (before?.subject === subject) return before.number;
      const number = before?.number ?? next++;
      told.set(text, { number, subject });
      let piece = pieces.at(-1) as ReportChange;
      if (piece.subjects.length > 0 && (piece.subjects.length >= mostInPiece || characters > charactersInPiece)) {
        piece = { subjects: [], rest: null };
        pieces.push(piece);
        characters = 0;
      }
      piece.subjects.push([number, subject]);
      characters += text.length;
      return number;
    });
    const isSameOrder = order !== null && isSame(order, numbers);
    if (!isSameOrder) forgetOthers(numbers);
    order = numbers;
    (pieces.at(-1) as ReportChange).rest = { ...report, ...more, order: isSameOrder ? null : numbers };
    return pieces;
  };

  function forgetOthers(numbers: Uint32Array): void {
    const kept = new Set(numbers);
    for (const [text, { number }] of told) if (!kept.has(number)) told.delete(text);
  }
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** Puts the report together again from what is told of it. */
export function createReportKeeper() {
  const known = new Map<number, Subject>();
  let order: Uint32Array = new Uint32Array();

  /** The whole, with the last piece of a report; null before it. */
  return function take({ subjects: changed, rest }: ReportChange): Judged | null {
    for (const [number, subject] of changed) known.set(number, subject);
    if (!rest) return null;
    const { order: fresh, ...judged } = rest;
    if (fresh) {
      order = fresh;
      const kept = new Set(order);
      for (const number of known.keys()) if (!kept.has(number)) known.delete(number);
    }
    return { ...judged, subjects: Array.from(order, (number) => known.get(number) as Subject) };
  };
}

/** A report, and what belongs to it. */
export type Judged = Report & Omit<ReportRest, 'order'>;
