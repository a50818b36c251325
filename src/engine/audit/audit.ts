import { contained } from '../contain.ts';
import type { Problem } from '../model/capture.ts';
import type { Finding, Subject } from '../model/report.ts';
import { severityRank } from '../model/severity-order.ts';
import type { Sighting } from '../model/token.ts';
import { providers } from '../recognise/providers/index.ts';
import type { Provider } from '../recognise/providers/provider.ts';
import { circumstances } from './evidence/circumstances.ts';
import { muteOf } from './mutes.ts';
import type { Mute, Policy } from './policy/policies.ts';
import { rules as allRules } from './rules/index.ts';
import type { ModifierId, ReportRule, Rule, RuleContext, TokenRule, Verdict } from './rules/rule.ts';
import { atLeast, atMost, modify } from './severity.ts';

const providersById = new Map<string, Provider>(providers.map((provider) => [provider.id, provider]));

/**
 * Judges every subject by every rule that applies to it, in one pass, and fills `findings` of each, worst first. Returns
 * the findings about several tokens, and a problem for each rule that failed: its findings are missing, all others stand.
 */
export function audit(
  subjects: Subject[],
  context: Omit<RuleContext, 'provider'>,
  rules: readonly Rule[] = allRules,
): { findings: Finding[]; problems: Problem[] } {
  const failures = new Map<string, Problem>();
  const order = new Map(rules.map(({ id }, index) => [id, index]));
  const tokenRules = rules.filter((rule): rule is TokenRule => rule.judges === 'token');
  const reportRules = rules.filter((rule): rule is ReportRule => rule.judges === 'report');
  const bySeverity = (a: Finding, b: Finding) =>
    severityRank(a.severity) - severityRank(b.severity) || (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0);

  for (const subject of subjects) {
    const tell = (problem: Problem) => failures.set(problem.subject ?? '', problem);
    const judged = contained('search', 'findings', [], tell, () => judge(subject, tokenRules, context, failures));
    subject.findings = judged.sort(bySeverity);
  }
  const findings = judgeAll(subjects, reportRules, context, failures).sort(bySeverity);
  return { findings, problems: [...failures.values()] };
}

interface Judged {
  rule: TokenRule;
  verdict: Verdict;
}

function judge(
  subject: Subject,
  rules: readonly TokenRule[],
  context: Omit<RuleContext, 'provider'>,
  failures: Map<string, Problem>,
): Finding[] {
  const provider = subject.provider ? (providersById.get(subject.provider.id) ?? null) : null;
  const policy = policyFor(subject, context.policy);
  const own: RuleContext = { ...context, policy, provider };
  const isNote = subject.sightings.length > 0 && subject.sightings.every(({ note }) => note !== null);
  const judged = new Map<string, Judged>();
  for (const rule of rules) {
    if (isNote && !rule.judgesNotes) continue;
    for (const verdict of verdictsOf(rule, failures, () =>
      rule.applies(subject, own) ? rule.check(subject, own) : [],
    )) {
      const sighting = sightingAt(subject, verdict.at);
      // One finding per rule, token, kind of place and origin; for a claim, one per claim.
      const key = JSON.stringify([rule.id, sighting ? placeKey(sighting) : verdict.at]);
      if (!judged.has(key)) judged.set(key, { rule, verdict });
    }
  }
  const silent = suppressed([...judged.values()], failures);
  const holds = circumstances(subject, context);
  const findings: Finding[] = [];
  const details: { finding: Finding; headline: string; origin: string | null }[] = [];
  for (const { rule, verdict } of judged.values()) {
    if (silent(rule.id)) continue;
    const sighting = sightingAt(subject, verdict.at);
    const local = policyAt(sighting, context.policy, policy);
    if (local.off.includes(rule.id)) continue;
    const finding = findingOf(rule, verdict, provider, local, holds);
    mute(finding, context.policy.mutes, [subject]);
    findings.push(finding);
    if (rule.detailOf) details.push({ finding, headline: rule.detailOf, origin: sighting?.place.origin ?? null });
  }
  for (const { finding, headline, origin } of details) {
    const above = findings.find(
      (other) => other.rule === headline && sightingAt(subject, other.at)?.place.origin === origin,
    );
    if (!above) continue;
    finding.under = headline;
    if (!finding.muted) above.severity = atLeast(above.severity, finding.severity);
  }
  return findings;
}

function judgeAll(
  subjects: Subject[],
  rules: readonly ReportRule[],
  context: Omit<RuleContext, 'provider'>,
  failures: Map<string, Problem>,
): Finding[] {
  const byId = new Map(subjects.map((subject) => [subject.token.id, subject]));
  return rules
    .filter(({ id }) => !context.policy.off.includes(id))
    .flatMap((rule) =>
      verdictsOf(rule, failures, () => rule.check({ ...context, provider: null })).map((verdict) => {
        const about = verdict.tokens.flatMap((id) => byId.get(id) ?? []);
        const all = about.map((subject) => circumstances(subject, context));
        // A modifier holds for a group when it holds for each token in it; power, when any has it.
        const holds = new Set<ModifierId>(
          (['M1', 'M2', 'M3', 'M4', 'M6'] as const).filter((id) => all.length > 0 && all.every((one) => one.has(id))),
        );
        if (all.some((one) => one.has('M5'))) holds.add('M5');
        const finding = { ...findingOf(rule, verdict, null, context.policy, holds), tokens: verdict.tokens };
        mute(finding, context.policy.mutes, about);
        return finding;
      }),
    );
}

/** Runs one rule; a rule that throws says nothing, and the report says that it failed. */
function verdictsOf<T>(rule: Rule, failures: Map<string, Problem>, run: () => T[]): T[] {
  return contained('rule', rule.id, [], (problem) => failures.set(rule.id, problem), run);
}

function findingOf(
  rule: Rule,
  verdict: Verdict,
  provider: Provider | null,
  policy: Pick<Policy, 'severities'>,
  holds: ReadonlySet<ModifierId>,
): Finding {
  const confidence = verdict.confidence ?? 'certain';
  const set = Object.hasOwn(policy.severities, rule.id) ? policy.severities[rule.id] : undefined;
  let { severity, modifiers } = set
    ? { severity: set, modifiers: [] as ModifierId[] }
    : modify(verdict.severity ?? rule.severity, rule, holds);
  if (!set && confidence === 'possible' && !verdict.keepsSeverity) severity = atMost(severity, 'low');
  const providerFix = provider && Object.hasOwn(provider.fixes, rule.id) ? provider.fixes[rule.id] : undefined;
  return {
    rule: rule.id,
    severity,
    confidence,
    title: rule.title,
    says: verdict.says,
    why: verdict.why ?? rule.why,
    fix: providerFix ?? verdict.fix ?? rule.fix,
    at: verdict.at,
    references: rule.references,
    modifiers,
  };
}

/** Which rules stay silent because of what others said. */
function suppressed(judged: readonly Judged[], failures: Map<string, Problem>): (id: string) => boolean {
  const names = new Set<string>();
  const families: string[] = [];
  for (const { rule, verdict } of judged) {
    const { suppresses = [] } = rule;
    const list =
      typeof suppresses === 'function' ? verdictsOf(rule, failures, () => [...suppresses(verdict)]) : suppresses;
    for (const name of list) {
      if (name.endsWith('*')) families.push(name.slice(0, -1));
      else names.add(name);
    }
  }
  return (id) => names.has(id) || families.some((start) => id.startsWith(start));
}

function sightingAt(subject: Subject, at: string | null): Sighting | null {
  const index = at?.match(/^sightings\[(\d+)\]$/)?.[1];
  return index === undefined ? null : (subject.sightings[Number(index)] ?? null);
}

/** Kind of place and origin: what two findings of one rule about one token must differ in. */
function placeKey({ place }: Sighting): string {
  return `${place.traits.storage ?? place.traits.urlPart ?? place.source} ${place.origin}`;
}

/** The policy with the overrides of the first origin, among those where the token lies, that has any. */
function policyFor(subject: Subject, policy: Policy): Policy {
  if (Object.keys(policy.origins).length === 0) return policy;
  for (const { place } of subject.sightings) {
    if (place.origin !== null && Object.hasOwn(policy.origins, place.origin)) return merged(policy, place.origin);
  }
  return policy;
}

/** A finding about a place follows the overrides of that place's origin, others those of the token's. */
function policyAt(sighting: Sighting | null, policy: Policy, ofToken: Policy): Policy {
  if (!sighting) return ofToken;
  const { origin } = sighting.place;
  return origin !== null && Object.hasOwn(policy.origins, origin) ? merged(policy, origin) : policy;
}

function merged(policy: Policy, origin: string): Policy {
  const over = policy.origins[origin];
  if (!over) return policy;
  return {
    ...policy,
    lifetimes: { ...policy.lifetimes, ...over.lifetimes },
    severities: { ...policy.severities, ...over.severities },
    off: [...policy.off, ...(over.off ?? [])],
  };
}

function mute(finding: Finding, mutes: readonly Mute[], about: readonly Subject[]): void {
  const match = muteOf(finding, mutes, about);
  if (match) finding.muted = { reason: match.reason };
}
