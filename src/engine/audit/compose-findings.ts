import type { Finding, Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
import type { Provider } from '../recognise/providers/provider.ts';
import { muteOf } from './mutes.ts';
import type { Mute, Policy } from './policy/policies.ts';
import { policyAt } from './policy/policy-at.ts';
import type { ModifierId, Rule, TokenRule, Verdict } from './rules/rule.ts';
import { atLeast, atMost, modify } from './severity.ts';

/** What one rule said of one token. */
export interface Judged {
  rule: TokenRule;
  verdict: Verdict;
  /** Other rules that stay silent therefore; a name that ends in `*` stands for a family. */
  silences: readonly string[];
}

export interface Composing {
  provider: Provider | null;
  /** The user's own, and as it holds for this token. */
  policy: Policy;
  ofToken: Policy;
  holds: ReadonlySet<ModifierId>;
}

/** The findings that verdicts about one token come to, in the order of the verdicts. Pure. */
export function composeFindings(
  subject: Subject,
  said: readonly Judged[],
  { provider, policy, ofToken, holds }: Composing,
): Finding[] {
  const judged = oneOfEach(subject, said);
  const silent = silenced(judged);
  const findings: Finding[] = [];
  const details: { finding: Finding; headline: string; origin: string | null }[] = [];
  for (const { rule, verdict } of judged) {
    if (silent(rule.id)) continue;
    const sighting = sightingAt(subject, verdict.at);
    const local = policyAt(sighting, policy, ofToken);
    if (local.off.includes(rule.id)) continue;
    const finding = findingOf(rule, verdict, provider, local, holds);
    mute(finding, policy.mutes, [subject]);
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

/** One finding per rule, token, kind of place and origin; for a claim, one per claim. */
function oneOfEach(subject: Subject, said: readonly Judged[]): Judged[] {
  const judged = new Map<string, Judged>();
  for (const one of said) {
    const { at } = one.verdict;
    const sighting = sightingAt(subject, at);
    const key = JSON.stringify([one.rule.id, sighting ? placeKey(sighting) : at]);
    if (!judged.has(key)) judged.set(key, one);
  }
  return [...judged.values()];
}

/** Which rules stay silent because of what others said. */
function silenced(judged: readonly Judged[]): (id: string) => boolean {
  const names = new Set<string>();
  const families: string[] = [];
  for (const name of judged.flatMap(({ silences }) => silences)) {
    if (name.endsWith('*')) families.push(name.slice(0, -1));
    else names.add(name);
  }
  return (id) => names.has(id) || families.some((start) => id.startsWith(start));
}

/** One verdict with the rule's own words, its severity as the policy and the circumstances have it. */
export function findingOf(
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
    isOfPlace: rule.group === 'storage' || rule.group === 'transport',
  };
}

/** Marks a finding as muted where a mute concerns it. `about` are the tokens it is about. */
export function mute(finding: Finding, mutes: readonly Mute[], about: readonly Subject[]): void {
  const match = muteOf(finding, mutes, about);
  if (match) finding.muted = { reason: match.reason };
}

function sightingAt(subject: Subject, at: string | null): Sighting | null {
  const index = at?.match(/^sightings\[(\d+)\]$/)?.[1];
  return index === undefined ? null : (subject.sightings[Number(index)] ?? null);
}

/** Kind of place and origin: what two findings of one rule about one token must differ in. */
function placeKey({ place }: Sighting): string {
  return `${place.traits.storage ?? place.traits.urlPart ?? place.source} ${place.origin}`;
}
