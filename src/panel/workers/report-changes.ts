import type { Grant } from '../../engine/model/facts.ts';
import type { Finding, Report, Subject } from '../../engine/model/report.ts';
import { isSameList } from '../../engine/text/same-list.ts';
import type { Looked, ReportChange, ReportRest, WordedSubject, Wording } from './inspect-messages.ts';

/** A report, and what belongs to it. */
export type Judged = Report & Omit<ReportRest, 'order' | 'findings' | 'looked'>;

/** Subjects, and characters of tokens, that one piece carries: what takes a few milliseconds to take in. */
const mostInPiece = 250;
const charactersInPiece = 500_000;
/** Wordings, and grants, that are told once; the others travel with what has them. There could be as many as a page wants. */
const mostShared = 5000;
/** Characters from which on what is the case in a finding is told once, as are its other words. */
const longSays = 200;

/** Tells of each report what differs from the one before. A subject counts as the same while it is the same object. */
export function createChangesTeller() {
  const told = new Map<string, { number: number; subject: Subject }>();
  const wordings = createShared<Wording>((wording) => JSON.stringify(wording));
  const grants = createShared<Grant>(({ allowed, claim, because }) => JSON.stringify([allowed, claim, because]));
  let order: Uint32Array | null = null;
  let together: string | null = null;
  let looked: Looked | null = null;
  let next = 0;

  return function changesIn(
    { subjects, findings, lookedAt = [], ...report }: Report,
    { timeline, ...more }: Omit<ReportRest, keyof Report | 'order' | 'looked'>,
  ): ReportChange[] {
    const pieces: ReportChange[] = [emptyPiece()];
    let characters = 0;
    const nameOf = createNames();
    const numbers = Uint32Array.from(subjects, (subject) => {
      const { text } = subject.token;
      const name = nameOf(text);
      const before = told.get(name);
      if (before?.subject === subject) return before.number;
      const number = before?.number ?? next++;
      told.set(name, { number, subject });
      if (isFull(pieces.at(-1), characters)) {
        pieces.push(emptyPiece());
        characters = 0;
      }
      const piece = pieces.at(-1) as ReportChange;
      piece.subjects.push([number, worded(subject, piece)]);
      characters += text.length;
      return number;
    });
    const isSameOrder = order !== null && isSameList(order, numbers);
    if (!isSameOrder) forgetOthers(numbers);
    order = numbers;
    const isSameTogether = together === JSON.stringify(findings);
    if (!isSameTogether) together = JSON.stringify(findings);
    const now: Looked = [lookedAt, timeline.looks, timeline.traffic.looks];
    (pieces.at(-1) as ReportChange).rest = {
      ...report,
      ...more,
      order: isSameOrder ? null : numbers,
      findings: isSameTogether ? null : findings,
      looked: isSameList(looked ?? [], now) ? null : now,
      timeline: { ...timeline, looks: [], traffic: { ...timeline.traffic, looks: [] } },
    };
    looked = now;
    return pieces;
  };

  /** A subject in which what many have in common is named by its number. */
  function worded(subject: Subject, piece: ReportChange): WordedSubject {
    const { privileges, ...facts } = subject.facts;
    return {
      ...subject,
      facts,
      grants: Object.entries(privileges).map(([name, grant]) => [name, grants.numberOf(grant, piece.grants)]),
      findings: subject.findings.map(({ title, why, fix, references, says, ...finding }) => {
        const isLong = says.length > longSays;
        const wording = { title, why, fix, references, ...(isLong && { says }) };
        return { ...finding, ...(isLong ? {} : { says }), wording: wordings.numberOf(wording, piece.wordings) };
      }),
    };
  }

  function forgetOthers(numbers: Uint32Array): void {
    const kept = new Set(numbers);
    for (const [name, { number }] of told) if (!kept.has(number)) told.delete(name);
  }
}

/** Names of tokens within one report. A saved one, whose tokens are masked, may hold one text several times. */
function createNames(): (text: string) => string {
  const counts = new Map<string, number>();
  return (text) => {
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    return `${count} ${text}`;
  };
}

const emptyPiece = (): ReportChange => ({ wordings: [], grants: [], subjects: [], rest: null });

function isFull(piece: ReportChange | undefined, characters: number): boolean {
  const count = piece?.subjects.length ?? 0;
  return count >= mostInPiece || (count > 0 && characters > charactersInPiece);
}

/** What is said of many tokens alike, and travels once. */
function createShared<Value>(keyOf: (value: Value) => string) {
  const numbers = new Map<string, number>();
  return {
    /** The number that stands for a value, told among `fresh` the first time; the value itself once there are too many. */
    numberOf(value: Value, fresh: [number, Value][]): number | Value {
      const key = keyOf(value);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const number = numbers.size;
      if (number >= mostShared) return value;
      numbers.set(key, number);
      fresh.push([number, value]);
      return number;
    },
  };
}

/** Puts the report together again from what is told of it. */
export function createReportKeeper() {
  const known = new Map<number, Subject>();
  const wordings = new Map<number, Wording>();
  const grants = new Map<number, Grant>();
  let order: Uint32Array = new Uint32Array();
  let together: Finding[] = [];
  let told: Looked = [[], [], []];

  function whole({ grants: granted, ...subject }: WordedSubject): Subject {
    const privileges = Object.fromEntries(
      granted.map(([name, grant]) => [name, typeof grant === 'number' ? grants.get(grant) : grant]),
    );
    const findings = subject.findings.map(({ wording, ...finding }) => ({
      ...finding,
      ...(typeof wording === 'number' ? wordings.get(wording) : wording),
    }));
    return { ...subject, facts: { ...subject.facts, privileges }, findings: findings as Finding[] };
  }

  /** The whole, with the last piece of a report; null before it. */
  return function take(change: ReportChange): Judged | null {
    for (const [number, wording] of change.wordings) wordings.set(number, wording);
    for (const [number, grant] of change.grants) grants.set(number, grant);
    for (const [number, subject] of change.subjects) known.set(number, whole(subject));
    if (!change.rest) return null;
    const { order: fresh, findings, looked, ...judged } = change.rest;
    if (findings) together = findings;
    if (looked) told = looked;
    const [lookedAt, atRest, inMotion] = told;
    if (fresh) {
      order = fresh;
      const kept = new Set(order);
      for (const number of known.keys()) if (!kept.has(number)) known.delete(number);
    }
    return {
      ...judged,
      timeline: { ...judged.timeline, looks: atRest, traffic: { ...judged.timeline.traffic, looks: inMotion } },
      findings: together,
      lookedAt,
      subjects: Array.from(order, (number) => known.get(number) as Subject),
    };
  };
}
