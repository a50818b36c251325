import { type Policy, standard } from '../../src/engine/audit/policy/policies.ts';
import { rules as allRules } from '../../src/engine/audit/rules/index.ts';
import type { Rule } from '../../src/engine/audit/rules/rule.ts';
import { decode } from '../../src/engine/decode/decode.ts';
import { find, inspect } from '../../src/engine/inspect.ts';
import type { Finding, FoundKey, Report, Severity } from '../../src/engine/model/report.ts';
import type { Confidence, Sighting } from '../../src/engine/model/token.ts';
import { type PageParts, pageOf } from '../builders/captures.ts';
import { now } from '../builders/tokens.ts';

/** A page, and how it is looked at. */
export interface Scene extends PageParts {
  at?: number;
  policy?: Policy;
  pageMark?: 'guest' | 'host';
  loggedOut?: { origin: string; at: number };
  /** What a search for the key found, for every token. */
  key?: FoundKey;
  /** How many other tabs hold every token of the scene. */
  otherTabs?: number;
  /** Changes sightings after they were found: gone places, other traits, traffic. */
  seen?: (sightings: Sighting[]) => Sighting[];
  /** Ids of the other rules that change what this one says here: they silence it, or gather its findings. */
  beside?: readonly string[];
}

export interface Flag {
  on: Scene;
  severity: Severity;
  /** Words of this finding that tell it from those of the other rows. */
  says: string | RegExp;
  at?: string | null;
  confidence?: Confidence;
  /** How many findings of this rule; 1 unless said. */
  count?: number;
  under?: string;
}

export interface RuleCases {
  flags: Record<string, Flag>;
  passes: Record<string, Scene>;
  doesNotApply?: Record<string, Scene>;
}

/** Judges a scene as the product would, by all rules unless some are named. */
export function judge(scene: Scene, rules?: readonly Rule[]): Report {
  const {
    at = now,
    policy = standard,
    pageMark = null,
    loggedOut = null,
    key,
    otherTabs = 0,
    seen = (same) => same,
    ...parts
  } = scene;
  const picture = pageOf(parts);
  const sightings = seen(find(picture).sightings);
  const ids = sightings.map(({ token, form }) => decode(token, form).id);
  const keys = new Map(key ? ids.map((id) => [id, key]) : []);
  const elsewhere = new Map(otherTabs > 0 ? ids.map((id) => [id, otherTabs]) : []);
  return inspect(sightings, {
    now: at,
    policy,
    page: picture.page,
    pageMark,
    loggedOut,
    keys,
    elsewhere,
    ...(rules ? { rules } : {}),
  });
}

/** Every finding of one rule in a report. */
export function findingsOf(report: Report, rule: string): Finding[] {
  return [...report.subjects.flatMap(({ findings }) => findings), ...report.findings].filter(
    (one) => one.rule === rule,
  );
}

/** The tables of all rules that were loaded; the page of rules takes its examples from here. */
export const tables = new Map<string, { rule: Rule; cases: RuleCases }>();

/** Runs a rule's table: what it flags, what it looks at and passes, and what it has nothing to say about. */
export async function ruleCases(rule: Rule, cases: RuleCases): Promise<void> {
  tables.set(rule.id, { rule, cases });
  // The script that writes the page of rules loads tables without a test runner.
  if (process.env.ROOMKEY_TABLES_ONLY) return;
  const { describe, expect, test } = await import('vitest');

  describe(rule.id, () => {
    test.each(Object.entries(cases.flags))(
      'flags %s',
      (_, { on, severity, says, at, confidence, count = 1, under }) => {
        const { report } = judgeByRule(on);
        expect(report.problems.filter(({ code }) => code === 'rule-failed')).toEqual([]);
        const found = findingsOf(report, rule.id);
        expect(found).toHaveLength(count);
        const [first] = found;
        expect(first?.severity).toBe(severity);
        expect(first?.says).toMatch(says);
        if (at !== undefined) expect(first?.at).toBe(at);
        if (confidence) expect(first?.confidence).toBe(confidence);
        if (under) expect(first?.under).toBe(under);
      },
    );
    test.each(Object.entries(cases.passes))('passes %s', (_, on) => {
      const { report, looked } = judgeByRule(on);
      expect(report.problems.filter(({ code }) => code === 'rule-failed')).toEqual([]);
      expect(report.subjects.length).toBeGreaterThan(0);
      expect(findingsOf(report, rule.id)).toEqual([]);
      if (rule.judges === 'token') expect(looked, 'the rule looks at some token').toContain(true);
    });
    const others = Object.entries(cases.doesNotApply ?? {});
    if (others.length > 0)
      test.each(others)('does not apply to %s', (_, on) => {
        const { report, looked } = judgeByRule(on);
        expect(report.subjects.length).toBeGreaterThan(0);
        expect(findingsOf(report, rule.id)).toEqual([]);
        expect(looked, 'the rule looks at no token').not.toContain(true);
      });
  });

  /** Judges by this rule and those named beside it, and hears which tokens it looks at. */
  function judgeByRule(scene: Scene): { report: Report; looked: boolean[] } {
    const looked: boolean[] = [];
    const heard: Rule =
      rule.judges === 'report'
        ? rule
        : {
            ...rule,
            applies(subject, context) {
              const answer = rule.applies(subject, context);
              looked.push(answer);
              return answer;
            },
          };
    const { beside = [], ...on } = scene;
    const rules = allRules.filter(({ id }) => id === rule.id || beside.includes(id));
    if (rules.length !== beside.length + 1) throw new Error(`${rule.id}: no such rule beside it: ${beside.join(', ')}`);
    return {
      report: judge(
        on,
        rules.map((one) => (one.id === rule.id ? heard : one)),
      ),
      looked,
    };
  }
}

/** The same token, as traffic to this address shows it under a header or field of this name. */
export const carried = (token: string, key: string, url: string, sent = true, more: Partial<Sighting> = {}): Scene => ({
  local: { t: token },
  seen: (all) =>
    all.map((one) => ({
      ...one,
      ...more,
      place: {
        ...one.place,
        key,
        url,
        origin: new URL(url).origin,
        traits: { ...one.place.traits, storage: null, readableByScripts: null, sentToServers: sent },
      },
    })),
});
