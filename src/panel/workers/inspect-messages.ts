import type { Policy } from '../../engine/audit/policy/policies.ts';
import type { ExpectationResult } from '../../engine/expect/check-expectations.ts';
import type { Expectations } from '../../engine/expect/expectations.ts';
import type { Capture, Exchange } from '../../engine/model/capture.ts';
import type { Facts, Grant } from '../../engine/model/facts.ts';
import type { Look, LookedPlace } from '../../engine/model/looked-at.ts';
import type { Finding, FoundKey, Report, ReportInput, Subject } from '../../engine/model/report.ts';
import type { SavedReport } from '../../engine/report/read-report.ts';
import type { Timeline } from '../../engine/timeline/timeline.ts';

/** What a report depends on beside what was read, without the clock. */
export interface Surroundings {
  policy: Policy;
  /** What the user says the page is. */
  pageMark: 'guest' | 'host' | null;
  /** When the user said that they had logged out, in seconds since the epoch, and on which page. */
  loggedOut: { origin: string; at: number } | null;
  /** Weak keys that were found, by token id. */
  keys: ReadonlyMap<string, FoundKey>;
  /** In how many other tabs tokens are, by token id. */
  elsewhere: ReadonlyMap<string, number>;
  expectations: Expectations;
  /** Whether what is gone is kept when the page navigates. */
  preservesLog: boolean;
}

/** What the worker is asked. Everything but `restore` ends with a report. */
export type Ask =
  /** Search one look at the page. */
  | { kind: 'look'; capture: Capture }
  /** Search what the page's requests carried. */
  | { kind: 'traffic'; exchanges: readonly Exchange[] }
  /** Read files in place of whatever was read before. */
  | { kind: 'read'; files: readonly File[] }
  /** Take up what another worker told before it ended; a saved report is not judged anew. */
  | { kind: 'restore'; timeline: Timeline; saved: Report | null; isWhole: boolean }
  /** The page can no longer be read, since so many seconds since the epoch. */
  | { kind: 'leave'; at: number }
  | { kind: 'forget-gone' }
  /** Judge again what is known. */
  | { kind: 'judge' };

export interface InspectRequest {
  ask: Ask;
  /** Seconds since the epoch, as of which is judged. */
  now: number;
  /** Those that are new or differ. */
  surroundings: Partial<Surroundings>;
}

/** How far the reading of files is. */
export interface ReadProgress {
  name: string;
  /** Bytes of this file that were read, after unpacking. */
  read: number;
  /** Bytes it has; null when it is packed, so that nobody knows. */
  bytes: number | null;
}

/** What files told besides the tokens in them. */
export interface FilesRead {
  inputs: ReportInput[];
  /** Seconds since the epoch: when the last of it was recorded. Null where nothing tells. */
  recordedAt: number | null;
  /** Set when the file is a report that was saved before; its tokens come with the report. */
  saved: SavedReport | null;
}

/** What a rule says of every token alike; what is the case, too, where that is long. */
export type Wording = Pick<Finding, 'title' | 'why' | 'fix' | 'references'> & Partial<Pick<Finding, 'says'>>;
export type WordedFinding = Omit<Finding, keyof Wording> & { says?: string; wording: number | Wording };
export type WordedSubject = Omit<Subject, 'findings' | 'facts'> & {
  findings: WordedFinding[];
  facts: Omit<Facts, 'privileges'>;
  /** What `facts.privileges` holds, by name. */
  grants: [privilege: string, grant: number | Grant][];
};

/** A report beside what it said before. Large ones come in several pieces, so that taking them in never takes long. */
export interface ReportChange {
  /** Each wording once, with the number that findings name it by from now on. */
  wordings: [number: number, wording: Wording][];
  /** The same of what tokens say of privileges. */
  grants: [number: number, grant: Grant][];
  /** Those that are new or differ, each with the number it has from now on. */
  subjects: [number: number, subject: WordedSubject][];
  /** Set in the last piece. */
  rest: ReportRest | null;
}

/** Where was looked: as reports tell it, and as the timeline keeps it, at rest and in motion. */
export type Looked = readonly [
  places: readonly LookedPlace[],
  atRest: readonly LookedPlace[],
  inMotion: readonly Look[],
];

export interface ReportRest extends Omit<Report, 'subjects' | 'findings' | 'lookedAt'> {
  /** Null when all of it is as it was. */
  looked: Looked | null;
  /** Null when they are as they were. */
  findings: Finding[] | null;
  /** Numbers of all subjects in their order; null when it is as it was. */
  order: Uint32Array | null;
  /** False when tokens were found that are not judged yet, or were not judged when the search was stopped. */
  isWhole: boolean;
  /** One for each expectation, in order. */
  expectations: ExpectationResult[];
  /** The page as it is known, without the sightings and where was looked. */
  timeline: Omit<Timeline, 'sightings'>;
  /** Of each sighting in the timeline's order, where it stands among those of all subjects, one subject after the other. */
  sightings: Uint32Array;
  /** Seconds since the epoch: when the clock alone may change the report. */
  judgeAgainAt: number;
}

/** What the worker says: any number of the first three, and one of the others at the end of each request. */
export type InspectReply =
  | { kind: 'searched'; done: number }
  | { kind: 'reading'; progress: ReadProgress }
  | { kind: 'report'; change: ReportChange }
  | { kind: 'done'; files: FilesRead | null }
  | { kind: 'failed'; message: string };
