import { contained } from '../contain.ts';
import type { Problem } from '../model/capture.ts';
import { goneSince } from '../model/presence.ts';
import type { Finding, Subject } from '../model/report.ts';
import { bySeverity } from '../model/severity-order.ts';
import { providers } from '../recognise/providers/index.ts';
import type { Provider } from '../recognise/providers/provider.ts';
import { composeFindings, type Judged } from './compose-findings.ts';
import { circumstances } from './evidence/circumstances.ts';
import { policyFor } from './policy/policy-at.ts';
import type { ModifierId, RuleContext, TokenRule, Verdict } from './rules/rule.ts';
import { all, type Members, none, policyMember, type Surroundings, TrackedContext } from './tracked-context.ts';

const providersById = new Map<string, Provider>(providers.map((provider) => [provider.id, provider]));

/** What is remembered of one token from one judgement to the next. */
interface Remembered {
  subject: Subject;
  /** Of the rules that said something. */
  said: Map<TokenRule, readonly Judged[]>;
  holds: ReadonlySet<ModifierId>;
  findings: Finding[];
  /** Of the rules that failed, by rule, and of the composing. */
  failed: Map<TokenRule | 'circumstances' | 'findings', Problem>;
}

export interface JudgedToken {
  /** Worst first; the same list as before when they say the same. */
  findings: Finding[];
  holds: ReadonlySet<ModifierId>;
  failures: Iterable<Problem>;
}

/**
 * Judges tokens by every rule that applies, and again only by the rules that looked at what has changed since: which
 * members of the surroundings a rule looks at is noticed as it runs. What a token's findings are follows from the token and
 * its surroundings alone, whatever was judged before.
 */
export function createTokenJudge(rules: readonly TokenRule[]) {
  const remembered = new Map<string, Remembered>();
  /** What each rule has ever looked at, for any token. */
  const reads = new Map<TokenRule, Members>();
  let readByCircumstances: Members = none;

  /** `changed` tells how the surroundings differ from those of the last judgement of all tokens. */
  function judge(subject: Subject, given: Surroundings, changed: Members): JudgedToken {
    const surroundings = around(subject, given);
    const before = remembered.get(subject.token.text);
    const isSame = before?.subject === subject;
    if (before && isSame && changed === none) return resultOf(before);
    const now = isSame && before ? before : unjudged(subject);
    const isNews = sayings(now, surroundings, isSame ? changed : all);
    const holds = holdsFor(now, surroundings, isSame ? changed : all);
    if (!isSame || isNews || holds !== now.holds || (changed & policyMember) !== 0) {
      now.holds = holds;
      now.failed.delete('findings');
      const tell = (problem: Problem) => now.failed.set('findings', problem);
      const findings = contained('search', 'findings', [], tell, () => compose(now, surroundings));
      now.findings = before && saysSame(before.findings, findings) ? before.findings : findings;
    }
    remembered.set(subject.token.text, now);
    return resultOf(now);
  }

  /** Asks the rules that looked at something that changed; true when any says something else than before. */
  function sayings(one: Remembered, surroundings: Surroundings, changed: Members): boolean {
    const { subject, said, failed } = one;
    const isNote = subject.sightings.length > 0 && subject.sightings.every(({ note }) => note !== null);
    const provider = providerOf(subject);
    const ofToken = policyFor(subject, surroundings.policy);
    let isNews = false;
    for (const rule of rules) {
      if ((changed & (changed === all ? all : (reads.get(rule) ?? none))) === none) continue;
      if (isNote && !rule.judgesNotes) continue;
      const context = new TrackedContext(surroundings, provider, ofToken);
      failed.delete(rule);
      const tell = (problem: Problem) => failed.set(rule, problem);
      const verdicts = contained('rule', rule.id, [], tell, () => ask(rule, subject, context));
      reads.set(rule, (reads.get(rule) ?? none) | context.reads);
      if (verdicts.length === 0) isNews = said.delete(rule) || isNews;
      else {
        isNews = true;
        said.set(
          rule,
          verdicts.map((verdict) => ({ rule, verdict, silences: silencesOf(rule, verdict, tell) })),
        );
      }
    }
    return isNews;
  }

  function holdsFor(one: Remembered, surroundings: Surroundings, changed: Members): ReadonlySet<ModifierId> {
    if (changed !== all && (changed & readByCircumstances) === none) return one.holds;
    const context = new TrackedContext(surroundings, null);
    one.failed.delete('circumstances');
    const tell = (problem: Problem) => one.failed.set('circumstances', problem);
    const holds = contained('search', 'findings', one.holds, tell, () => circumstances(one.subject, context));
    readByCircumstances |= context.reads;
    const isSame = holds.size === one.holds.size && [...holds].every((id) => one.holds.has(id));
    return isSame ? one.holds : holds;
  }

  function compose({ subject, said, holds }: Remembered, { policy }: Surroundings): Finding[] {
    const inOrder = rules.flatMap((rule) => said.get(rule) ?? []);
    const provider = providerOf(subject);
    const findings = composeFindings(subject, inOrder, {
      provider,
      policy,
      ofToken: policyFor(subject, policy),
      holds,
    });
    // The sort is stable, so findings of one severity stay in the order of their rules.
    return findings.sort(bySeverity);
  }

  return {
    judge,

    /** Forgets what is not among these tokens. */
    keepOnly(texts: ReadonlySet<string>): void {
      for (const text of remembered.keys()) if (!texts.has(text)) remembered.delete(text);
    },
  };
}

/** What is gone lies in no page: the one that is there now may be another than it lay in. */
function around(subject: Subject, surroundings: Surroundings): Surroundings {
  return goneSince(subject) === null ? surroundings : { ...surroundings, page: null, pageMark: null };
}

function unjudged(subject: Subject): Remembered {
  return { subject, said: new Map(), holds: new Set(), findings: [], failed: new Map() };
}

function resultOf({ findings, holds, failed }: Remembered): JudgedToken {
  return { findings, holds, failures: failed.values() };
}

function providerOf({ provider }: Subject): Provider | null {
  return provider ? (providersById.get(provider.id) ?? null) : null;
}

function ask(rule: TokenRule, subject: Subject, context: RuleContext): Verdict[] {
  return rule.applies(subject, context) ? rule.check(subject, context) : [];
}

function silencesOf(rule: TokenRule, verdict: Verdict, tell: (problem: Problem) => void): readonly string[] {
  const { suppresses = [] } = rule;
  return typeof suppresses === 'function'
    ? contained('rule', rule.id, [], tell, () => [...suppresses(verdict)])
    : suppresses;
}

function saysSame(before: readonly Finding[], after: readonly Finding[]): boolean {
  return before.length === after.length && JSON.stringify(before) === JSON.stringify(after);
}
