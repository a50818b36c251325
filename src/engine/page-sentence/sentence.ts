import type { JoinAnswer } from '../diagnose/join.ts';
import type { Finding, Severity, Subject } from '../model/report.ts';

/** Where a part of the sentence leads. */
export type Target =
  /** All tokens. */
  | { about: 'tokens' }
  | { about: 'token'; id: string }
  /** One of the token's places, by its index among the sightings. */
  | { about: 'place'; id: string; sighting: number }
  /** Why joining with the token fails. */
  | { about: 'cause'; id: string }
  /** A finding of the token, or of several: then `id` is the first of them. */
  | { about: 'finding'; id: string; rule: string; at: string | null; isShared: boolean };

export interface SentencePart {
  /** Bounded, and made fit to show by `say`; never markup. */
  text: string;
  to?: Target;
  /** A name that somebody chose, or a place as a developer writes it. */
  as?: 'name' | 'code';
  /** Of the finding that follows. */
  severity?: Severity;
  /** What may be left out where room is short, and nothing is said wrongly for it. */
  isSpare?: true;
}

export interface PageSentence {
  parts: SentencePart[];
  /** The same as long as the sentence says the same: whoever reads it aloud need not for a mere count. */
  meaning: string;
}

/** How far the page, or the recording, was looked at. */
export type Look =
  | { kind: 'read' }
  | { kind: 'loading' }
  /** Nobody looks, and nobody did. */
  | { kind: 'paused' }
  /** Nothing may be read there. */
  | { kind: 'closed' }
  /** It could not be read, or not again; why, in a sentence. */
  | { kind: 'failed'; message: string };

/** What knows platforms. */
export interface Knowledge {
  joinAnswer(subject: Subject): JoinAnswer | null;
  /** Whether an address is one of the servers that the token is meant for. */
  isServerOf(subject: Subject, url: string | null): boolean;
}

export interface SentenceInput {
  subjects: readonly Subject[];
  /** Those about several tokens. */
  findings: readonly Finding[];
  look: Look;
  what: 'page' | 'recording' | 'report' | 'text';
  /** False while tokens were found that are not judged yet, or parts could not be read. */
  isWhole: boolean;
  /** False where cookies are hidden from whoever looked. */
  seesHiddenCookies: boolean;
  /** Null until it is there. */
  knows: Knowledge | null;
  /** Makes a text from outside fit to show: tokens in it masked, what hides or reorders spelled out. */
  say(text: string): string;
}

/** What was said already of the token that is joined with. */
export interface Told {
  id: string | null;
  /** Where the cause is for which joining fails. */
  claim: string | null;
  /** Index of the place that was named. */
  sighting: number;
}
