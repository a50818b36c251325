import type { Problem } from './capture.ts';
import type { Facts, Times } from './facts.ts';
import type { JourneyStep } from './journey.ts';
import type { LookedPlace } from './looked-at.ts';
import type { Confidence, Link, Sighting, Token } from './token.ts';

/** Worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** A token with all that was learned about it: what rules judge and the panel shows. */
export interface Subject {
  token: Token;
  sightings: Sighting[];
  provider: Platform | null;
  facts: Facts;
  times: Times;
  findings: Finding[];
  /** Where it went, where a saved report tells; otherwise it follows from the places of all tokens (journey/journey.ts). */
  journey?: JourneyStep[];
  /** Id of the token that lay in one of its places before it; left out where there was none. */
  replaces?: string;
  /** Id of the token that lies, or lay, in one of its places after it; left out where there is none. */
  replacedBy?: string;
  /** What came after it by the same way, where nothing is seen of where either lies; left out where nothing did. */
  followed?: Followed;
}

/** A token that came after another and seems to be used in its place: inferred, not seen. */
export interface Followed {
  /** Id of the later token. */
  by: string;
  /** Seconds since the epoch: when that came. */
  at: number;
}

/** Whose token it is, and how that was told. */
export interface Platform {
  id: string;
  name: string;
  confidence: Confidence;
  because: string;
  /** Others whose tokens look so, too, likeliest first. Left out where there are none, and where it is certain. */
  others?: { id: string; name: string; confidence: Confidence }[];
}

export interface Finding {
  rule: string;
  severity: Severity;
  confidence: Confidence;
  title: string;
  /** What is the case here, with the values concerned. Never contains a whole token. */
  says: string;
  why: string;
  fix: string;
  /** What causes it: `claims.exp`, `header.alg`, `sightings[0]`; null for the token as a whole. */
  at: string | null;
  references: Link[];
  /** Ids of the modifiers that changed the severity, e.g. ["M5"]. */
  modifiers: string[];
  /** Token ids, for findings about several. */
  tokens?: string[];
  /** Id of the headline of the same token that this finding is a detail of; details are listed, not counted. */
  under?: string;
  /** Whether it is about where the token is kept or how it travels, rather than what it is and for whom. Left out where a saved report tells it. */
  isOfPlace?: boolean;
  /** Set when the policy mutes this finding; muted ones are listed and counted apart. */
  muted?: { reason: string };
}

/** A key that made a token's signature and that others can know too. */
export interface FoundKey {
  /** blank = empty; known = published or common; derivable = taken from what everybody sees. */
  kind: 'blank' | 'known' | 'derivable';
  /** What the key is, in words; keys that are not public are told by where they come from. */
  says: string;
}

export interface Report {
  /** Seconds since the epoch: the clock used for judging. */
  now: number;
  policy: string;
  /** Tokens, worst finding first. */
  subjects: Subject[];
  /** Findings about several tokens or about a place. */
  findings: Finding[];
  problems: Problem[];
  /** Where was looked, whether a token lay there or not. Left out where that is not told: then only where tokens were seen is known. */
  lookedAt?: readonly LookedPlace[];
  /**
   * Tokens and findings that are there: findings by severity, without details of a headline and without muted ones. `gone`
   * are tokens that were found missing everywhere; they and their findings count in no other number.
   */
  summary: { tokens: number; muted?: number; gone?: number } & Record<Severity, number>;
}

/** One thing that was read. */
export interface ReportInput {
  name: string;
  /** `har`, `storage-state`, `heap-snapshot`, `cookie-jar`, `http-message`, `json`, `text`, `binary`, `page` … */
  kind: string;
  /** Null where there is no size, as for a live page. */
  bytes: number | null;
  /** False when nothing could be read from it. */
  readable: boolean;
  /** Seconds since the epoch: when the last of it was recorded. Null, or left out, where it does not tell. */
  recordedAt?: number | null;
  problems: readonly Problem[];
}

/** Whether a kind of input is what people wrote or copied, which is no recording of a page. */
export function isWritten(kind: string): boolean {
  return kind === 'text' || kind === 'json' || kind === 'binary';
}
