import type { Page } from '../../model/capture.ts';
import type { Finding, FoundKey, Severity, Subject } from '../../model/report.ts';
import type { Confidence, Link } from '../../model/token.ts';
import type { Provider } from '../../recognise/providers/provider.ts';
import type { Policy } from '../policy/policies.ts';

/** Modifiers and suppressions act on groups. */
export type RuleGroup = 'time' | 'signature' | 'structure' | 'storage' | 'transport' | 'video';

/** What changes a default severity; `evidence/circumstances.ts` says when. */
export type ModifierId = 'M1' | 'M2' | 'M3' | 'M4' | 'M5' | 'M6';

/**
 * What rules are told beside the token. A rule is asked again only when something changed that it looked at, so what it says
 * follows from the token and from this alone.
 */
export interface RuleContext {
  /** Seconds since the epoch. */
  now: number;
  policy: Policy;
  page: Page | null;
  /** What the user says the inspected page is. */
  pageMark: 'guest' | 'host' | null;
  /** When the user said that they had logged out, in seconds since the epoch, and on which page. */
  loggedOut?: { origin: string; at: number } | null;
  /** The provider recognised in the token being judged. */
  provider: Provider | null;
  /** Every token of the report, for rules that compare. Their findings are not told: a rule sees no other's verdicts. */
  subjects: readonly Subject[];
  /** Keys that a search the user started has found, by token id. */
  keys?: ReadonlyMap<string, FoundKey>;
  /** In how many other tabs of the browser tokens are, by token id. */
  elsewhere?: ReadonlyMap<string, number>;
}

/** One thing found wrong. What is left out comes from the rule. */
export interface Verdict {
  /** Completes the title with the values concerned. */
  says: string;
  /** `claims.exp`, `header.alg`, `sightings[0]`, or null for the token as a whole. */
  at: string | null;
  severity?: Severity;
  confidence?: Confidence;
  why?: string;
  fix?: string;
  /** Keeps its severity although its confidence is only "possible"; others are held at low. */
  keepsSeverity?: boolean;
}

interface RuleWords {
  /** File name, and the id in reports. */
  id: string;
  group: RuleGroup;
  /** States the problem. */
  title: string;
  /** Default severity, before the verdict and modifiers. */
  severity: Severity;
  /** What could happen. */
  why: string;
  /** What to do; a provider's own `fixes[id]` comes before it. */
  fix: string;
  references: Link[];
  /** A leaked copy is what hurts: modifiers M5 and M6 apply. */
  aboutTheft?: boolean;
  /** Other rules that stay silent about the same token when this one speaks; `lifetime-*` names a family. */
  suppresses?: readonly string[] | ((verdict: Verdict) => readonly string[]);
  /** Modifiers that do not change this rule: it already takes their cause into account. */
  immuneTo?: readonly ModifierId[];
  /** Also judges what is only noted (masked, opaque and vendor-specific credentials). */
  judgesNotes?: boolean;
  /** Says that a place is readable by scripts: becomes a detail of the headline `script-readable`. */
  detailOf?: string;
}

/** Judges one token at a time. */
export interface TokenRule extends RuleWords {
  judges: 'token';
  /** False is an answer: the rule has nothing to say about this kind of token. */
  applies(subject: Subject, context: RuleContext): boolean;
  check(subject: Subject, context: RuleContext): Verdict[];
}

/** Judges all tokens together; verdicts name the tokens concerned. */
export interface ReportRule extends RuleWords {
  judges: 'report';
  check(context: RuleContext): (Verdict & { tokens: string[] })[];
}

export type Rule = TokenRule | ReportRule;
export type { Finding };
