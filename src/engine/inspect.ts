import { audit } from './audit/audit.ts';
import type { Policy } from './audit/policy/policies.ts';
import type { Rule } from './audit/rules/rule.ts';
import { contained } from './contain.ts';
import { decode } from './decode/decode.ts';
import type { Page, Problem } from './model/capture.ts';
import type { Facts, Times } from './model/facts.ts';
import { type Finding, type FoundKey, type Report, type Subject, severities } from './model/report.ts';
import { countsBySeverity, severityRank } from './model/severity-order.ts';
import type { Sighting, Token } from './model/token.ts';
import { recognise } from './recognise/recognise.ts';
import { readTimes } from './recognise/times.ts';
import { withUse } from './recognise/token-use.ts';

export { find } from './find/find.ts';

export interface InspectOptions {
  /** Seconds since the epoch. The engine has no clock of its own. */
  now: number;
  policy: Policy;
  page?: Page | null;
  /** What the user says the page is. */
  pageMark?: 'guest' | 'host' | null;
  /** When the user said that they had logged out, in seconds since the epoch, and on which page. */
  loggedOut?: { origin: string; at: number } | null;
  problems?: Problem[];
  /** Keys found by `searchKey`, by token id. */
  keys?: ReadonlyMap<string, FoundKey>;
  /** Decoded tokens by text, kept by the caller between calls; decoding is pure, so it may be shared. */
  decoded?: Map<string, Token>;
  /** What judges; every rule when left out. */
  rules?: readonly Rule[];
}

/** Decodes, recognises and judges what was found. Pure. */
export function inspect(sightings: readonly Sighting[], options: InspectOptions): Report {
  const {
    now,
    policy,
    page = null,
    pageMark = null,
    loggedOut = null,
    problems = [],
    keys = new Map(),
    decoded = new Map(),
    rules,
  } = options;
  const failures = new Map<string, Problem>();
  const tell = (problem: Problem) => failures.set(problem.subject ?? '', problem);
  const subjects = new Map<string, Subject>();
  for (const sighting of sightings) {
    const known = subjects.get(sighting.token);
    if (known) known.sightings.push(sighting);
    else subjects.set(sighting.token, learn(sighting, { now, decoded, tell }));
  }
  const all = [...subjects.values()];
  // Only now are all places of a token known, and a key's name may tell what the claims do not.
  for (const subject of all)
    subject.facts = contained('search', 'use of a token', subject.facts, tell, () => withUse(subject));
  const context = { now, policy, page, pageMark, loggedOut, subjects: all, keys };
  const { findings, problems: ruleFailures } = audit(all, context, rules);
  all.sort((a, b) => worst(b) - worst(a));
  return {
    now,
    policy: policy.name,
    subjects: all,
    findings,
    problems: [...problems, ...failures.values(), ...ruleFailures],
    summary: summarise(all, findings),
  };
}

interface Learning {
  now: number;
  decoded: Map<string, Token>;
  tell(problem: Problem): void;
}

/** What one token says, before all its places are known. */
function learn(sighting: Sighting, { now, decoded, tell }: Learning): Subject {
  const token = decoded.get(sighting.token) ?? decode(sighting.token, sighting.form);
  decoded.set(sighting.token, token);
  const { best, facts, problems } = known(token);
  for (const problem of [...unread(token), ...problems]) tell(problem);
  const provider = best?.provider ?? null;
  return {
    token,
    sightings: [sighting],
    provider: best
      ? {
          id: best.provider.id,
          name: best.provider.name,
          confidence: best.recognition.confidence,
          because: best.recognition.because,
        }
      : null,
    facts,
    times: contained('provider', provider?.id ?? 'none', unknownTimes, tell, () => readTimes(token, provider, now)),
    findings: [],
  };
}

interface Known {
  best: ReturnType<typeof recognise>[number] | null;
  facts: Facts;
  /** Providers that failed. */
  problems: Problem[];
}

const knownTokens = new WeakMap<Token, Known>();

/** Platform and facts follow from the token alone, so a caller who keeps decoded tokens has them recognised once. */
function known(token: Token): Known {
  const before = knownTokens.get(token);
  if (before) return before;
  const problems: Problem[] = [];
  const tell = (problem: Problem) => problems.push(problem);
  const best = recognise(token, undefined, tell)[0] ?? null;
  const facts = best
    ? contained('provider', best.provider.id, unknownFacts, tell, () => best.provider.facts(token))
    : unknownFacts;
  const learned = { best, facts, problems };
  knownTokens.set(token, learned);
  return learned;
}

/** A form that failed is a problem of the report, too: the token and those inside it may hold more than is shown. */
function unread({ problem, inner }: Token): Problem[] {
  const own = problem?.code === 'unit-failed' ? [problem] : [];
  return [...own, ...inner.flatMap(({ token }) => unread(token))];
}

const unknownTimes: Times = {
  issuedAt: null,
  notBefore: null,
  expiresAt: null,
  lifetimeSeconds: null,
  status: 'unknown',
};

/** What can be said of a token no platform claims. */
export const unknownFacts: Facts = {
  use: 'unknown',
  product: null,
  tenant: null,
  room: null,
  roomScope: 'not-stated',
  roomClaim: null,
  userId: null,
  displayName: null,
  role: 'unknown',
  vendorRole: null,
  roleBecause: 'no known platform issues tokens of this shape',
  roleClaim: null,
  privileges: {},
};

function worst({ findings }: Subject): number {
  const ranks = findings.filter((f) => !f.muted).map((f) => severities.length - severityRank(f.severity));
  return Math.max(0, ...ranks);
}

/** Counts findings by severity: details of a headline are not counted, muted ones are counted apart. */
function summarise(subjects: Subject[], findings: Finding[]): Report['summary'] {
  const summary = { tokens: subjects.length, muted: 0, ...countsBySeverity(() => 0) };
  for (const finding of [...subjects.flatMap((s) => s.findings), ...findings]) {
    if (finding.muted) summary.muted += 1;
    else if (!finding.under) summary[finding.severity] += 1;
  }
  return summary;
}
