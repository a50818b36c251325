import { contained } from '../contain.ts';
import type { Problem } from '../model/capture.ts';
import type { Finding, Subject } from '../model/report.ts';
import { bySeverity } from '../model/severity-order.ts';
import { findingOf, mute } from './compose-findings.ts';
import { createTokenJudge, type JudgedToken } from './judge-token.ts';
import { rules as allRules } from './rules/index.ts';
import type { ModifierId, ReportRule, Rule, TokenRule, Verdict } from './rules/rule.ts';
import { all, differences, type Members, none, type Surroundings, TrackedContext } from './tracked-context.ts';

export interface Audited {
  /** Of each subject, in their order, worst first; the same list as before when they say the same. */
  own: readonly Finding[][];
  /** About several tokens. */
  findings: Finding[];
  /** One for each rule that failed: its findings are missing, all others stand. */
  problems: Problem[];
}

/**
 * Judges subjects by every rule that applies to them, again and again as they and their surroundings change, and only what
 * the change can concern. The answer is that of judging all at once: nothing depends on what came before. A subject counts as
 * changed when it is another object.
 */
export function createAuditor(rules: readonly Rule[] = allRules) {
  const judge = createTokenJudge(rules.filter((rule): rule is TokenRule => rule.judges === 'token'));
  const comparing = createComparing(rules.filter((rule): rule is ReportRule => rule.judges === 'report'));
  let before: Surroundings | null = null;

  return function audit(subjects: readonly Subject[], surroundings: Surroundings): Audited {
    const changed = before ? differences(before, surroundings) : all;
    before = surroundings;
    const failures = new Map<string, Problem>();
    const judged = subjects.map((subject) => judge.judge(subject, surroundings, changed));
    for (const one of judged) for (const problem of one.failures) failures.set(problem.subject ?? '', problem);
    judge.keepOnly(new Set(subjects.map(({ token }) => token.text)));
    const byId = new Map(subjects.map((subject, index) => [subject.token.id, { subject, judged: judged[index] }]));
    const tell = (problem: Problem) => failures.set(problem.subject ?? '', problem);
    const findings = comparing(surroundings, changed, byId, tell).sort(bySeverity);
    return { own: judged.map((one) => one.findings), findings, problems: [...failures.values()] };
  };
}

/** Judges subjects once. */
export function audit(subjects: readonly Subject[], surroundings: Surroundings, rules?: readonly Rule[]): Audited {
  return createAuditor(rules)(subjects, surroundings);
}

type ById = ReadonlyMap<string, { subject: Subject; judged: JudgedToken | undefined }>;

/** The rules that compare tokens, each asked again when something changed that it looked at. */
function createComparing(rules: readonly ReportRule[]) {
  const remembered = new Map<
    ReportRule,
    { reads: Members; verdicts: (Verdict & { tokens: string[] })[]; failed: Problem | null }
  >();

  return (surroundings: Surroundings, changed: Members, byId: ById, tell: (problem: Problem) => void): Finding[] =>
    rules.flatMap((rule) => {
      if (surroundings.policy.off.includes(rule.id)) {
        // What changes until it is on again, it does not see.
        remembered.delete(rule);
        return [];
      }
      const { verdicts, failed } = ask(rule, surroundings, changed);
      if (failed) tell(failed);
      return verdicts.map((verdict) => together(rule, verdict, surroundings, byId));
    });

  function ask(rule: ReportRule, surroundings: Surroundings, changed: Members) {
    const before = remembered.get(rule);
    if (before && (before.reads & changed) === none) return before;
    const context = new TrackedContext(surroundings, null);
    let failed: Problem | null = null;
    const tell = (problem: Problem) => {
      failed = problem;
    };
    const verdicts = contained('rule', rule.id, [], tell, () => rule.check(context));
    const fresh = { reads: context.reads, verdicts, failed: failed as Problem | null };
    remembered.set(rule, fresh);
    return fresh;
  }
}

function together(
  rule: ReportRule,
  verdict: Verdict & { tokens: string[] },
  { policy }: Surroundings,
  byId: ById,
): Finding {
  const about = verdict.tokens.flatMap((id) => byId.get(id) ?? []);
  const held = about.map(({ judged }) => judged?.holds ?? new Set<ModifierId>());
  // A modifier holds for a group when it holds for each token in it; power, when any has it.
  const holds = new Set<ModifierId>(
    (['M1', 'M2', 'M3', 'M4', 'M6'] as const).filter((id) => held.length > 0 && held.every((one) => one.has(id))),
  );
  if (held.some((one) => one.has('M5'))) holds.add('M5');
  const finding = { ...findingOf(rule, verdict, null, policy, holds), tokens: verdict.tokens };
  mute(
    finding,
    policy.mutes,
    about.map(({ subject }) => subject),
  );
  return finding;
}
