import { describe, expect, test } from 'vitest';
import { dailyHost, dailyToken, vonageToken } from '../../../test/builders/join-tokens.ts';
import { days, hours, jwt, now, unsecuredJwt } from '../../../test/builders/tokens.ts';
import { findingsOf, judge } from '../../../test/cases/rule.ts';
import type { Finding, Subject } from '../model/report.ts';
import { audit } from './audit.ts';
import { type Policy, standard } from './policy/policies.ts';
import type { ReportRule, TokenRule, Verdict } from './rules/rule.ts';

const rank = ['critical', 'high', 'medium', 'low', 'info'];

/** A rule that always says the same. */
function rule(id: string, verdicts: Verdict[], more: Partial<TokenRule> = {}): TokenRule {
  return {
    id,
    judges: 'token',
    group: 'structure',
    title: id,
    severity: 'medium',
    why: 'because',
    fix: 'repair it',
    references: [],
    applies: () => true,
    check: () => verdicts,
    ...more,
  };
}

function subjects(...tokens: string[]): Subject[] {
  return judge({ local: Object.fromEntries(tokens.map((token, index) => [`k${index}`, token])) }).subjects;
}

function run(rules: (TokenRule | ReportRule)[], policy: Policy = standard, all = subjects(dailyToken())) {
  const { own, findings, problems } = audit(all, { now, policy, page: null, pageMark: null, subjects: all }, rules);
  return { own: own.flat(), findings, problems };
}

const here: Verdict = { says: 'here', at: 'sightings[0]' };
const whole: Verdict = { says: 'whole', at: null };

test('findings come worst first, then in the order of the rules', () => {
  const { own } = run([rule('a', [whole]), rule('b', [{ ...whole, severity: 'high' }]), rule('c', [whole])]);
  expect(own.map((finding) => finding.rule)).toEqual(['b', 'a', 'c']);
  const real =
    judge({ url: `https://call.acme.com/guest?t=${dailyHost({ exp: undefined })}` }).subjects[0]?.findings ?? [];
  const ranks = real.map(({ severity }) => rank.indexOf(severity));
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
});

test('where the circumstances of a token cannot be told, that is a problem, and its findings stand', () => {
  const odd = subjects(dailyToken()).map((subject) => ({
    ...subject,
    facts: Object.defineProperty({ ...subject.facts }, 'role', {
      get: () => {
        throw new Error('cannot read that');
      },
    }),
  }));
  const { own, problems } = run([rule('a', [whole])], standard, odd);
  expect(own.map((finding) => finding.rule)).toEqual(['a']);
  expect(problems).toMatchObject([{ code: 'unit-failed', subject: 'search findings' }]);
});

test('a rule that throws is named among the problems, and all others stand', () => {
  const broken = rule('broken', [], {
    check: () => {
      throw new Error('cannot read that');
    },
  });
  const brokenReport: ReportRule = {
    ...rule('broken-too', []),
    judges: 'report',
    check: () => JSON.parse('{') as never,
  };
  const { own, problems } = run(
    [broken, brokenReport, rule('fine', [whole])],
    standard,
    subjects(dailyToken(), dailyHost()),
  );
  expect(own.map((finding) => finding.rule)).toEqual(['fine', 'fine']);
  expect(problems.map(({ code, subject }) => [code, subject])).toEqual([
    ['rule-failed', 'broken'],
    ['rule-failed', 'broken-too'],
  ]);
  // What an error says may quote a token.
  expect(problems[0]?.message).toContain('"broken" (Error)');
  expect(problems[0]?.message).not.toContain('cannot read that');
});

test('one finding per rule, token, kind of place and origin', () => {
  const token = dailyToken();
  const all = judge({ local: { a: token, b: token }, session: { c: token } }).subjects;
  const everywhere = rule(
    'everywhere',
    [0, 1, 2].map((index) => ({ says: 'x', at: `sightings[${index}]` })),
  );
  expect(run([everywhere], standard, all).own.map(({ at }) => at)).toEqual(['sightings[0]', 'sightings[2]']);
  expect(
    run([
      rule('claims', [
        { ...whole, at: 'claims.exp' },
        { ...whole, at: 'claims.nbf' },
      ]),
    ]).own,
  ).toHaveLength(2);
});

test('what is only possible is held at low, unless the rule stands by it', () => {
  const possible: Verdict = { ...whole, severity: 'high', confidence: 'possible' };
  expect(run([rule('a', [possible])]).own[0]?.severity).toBe('low');
  expect(run([rule('a', [{ ...possible, keepsSeverity: true }])]).own[0]?.severity).toBe('high');
});

test("the platform's own remedy comes first", () => {
  const report = judge({ local: { t: dailyToken({ exp: undefined }) } });
  expect(findingsOf(report, 'exp-missing')[0]?.fix).toMatch(/POST \/meeting-tokens/);
});

test('what is only noted is not judged, except by rules for notes', () => {
  const all = subjects(dailyToken());
  for (const subject of all) for (const sighting of subject.sightings) sighting.note = 'a kin of tokens';
  expect(
    run([rule('a', [whole]), rule('b', [whole], { judgesNotes: true })], standard, all).own.map((f) => f.rule),
  ).toEqual(['b']);
});

test('findings about several tokens are returned apart, with the modifiers all of them share', () => {
  const all = subjects(dailyToken(), dailyHost());
  const pair: ReportRule = {
    ...rule('pair', []),
    judges: 'report',
    aboutTheft: true,
    check: ({ subjects: every }) => [{ ...whole, tokens: every.map(({ token }) => token.id) }],
  };
  const { findings } = run([pair], standard, all);
  expect(findings).toMatchObject([{ rule: 'pair', severity: 'high', modifiers: ['M5'] }]);
  expect(findings[0]?.tokens).toHaveLength(2);
});

describe('suppression', () => {
  test('a list and a family silence other rules about the same token only', () => {
    const { own } = run([
      rule('loud', [whole], { suppresses: ['quiet', 'soft-*'] }),
      rule('quiet', [whole]),
      rule('soft-a', [whole]),
    ]);
    expect(own.map((f) => f.rule)).toEqual(['loud']);
    const silent = run([rule('loud', [], { suppresses: ['quiet'] }), rule('quiet', [whole])]);
    expect(silent.own.map((f) => f.rule)).toEqual(['quiet']);
  });

  const told = (token: string) => judge({ local: { t: token } }).subjects[0]?.findings.map(({ rule: id }) => id) ?? [];

  test('a time that is no number: no word about expiry or lifetime', () => {
    const rules = told(jwt({ iat: now, exp: String(now - hours(1)) }));
    expect(rules).toContain('exp-not-numeric');
    for (const id of ['exp-missing', 'exp-expired', 'lifetime-long']) expect(rules).not.toContain(id);
  });
  test('an `iat` that is no number does not hide a missing `exp`', () => {
    expect(told(jwt({ iat: 'today' }))).toEqual(expect.arrayContaining(['exp-not-numeric', 'exp-missing']));
  });
  test('milliseconds: no word about lifetime', () => {
    const rules = told(dailyToken({ exp: (now + hours(1)) * 1000 }));
    expect(rules).toContain('time-claim-milliseconds');
    for (const id of ['lifetime-long', 'exp-expired', 'exp-sentinel', 'lifetime-factor-1000'])
      expect(rules).not.toContain(id);
  });
  test("the vendor's limit replaces the policy's", () => {
    const rules = told(vonageToken({ iat: now, exp: now + days(40) }));
    expect(rules).toContain('video-lifetime-vendor');
    expect(rules).not.toContain('lifetime-long');
  });
  test('an unsecured token: no word about its empty signature', () => {
    const rules = told(unsecuredJwt({ sub: 'ada', exp: now + hours(1) }));
    expect(rules).toContain('alg-none');
    expect(rules).not.toContain('signature-empty');
  });
});

describe('the headline of what scripts can read', () => {
  const scripts = ['https://call.acme.com', 'https://cdn.other.net'];
  test('its details are listed, not counted, and it is as bad as the worst of them', () => {
    const token = dailyToken();
    const report = judge({ local: { auth: token }, session: { auth: token }, scripts });
    expect(findingsOf(report, 'storage-local')[0]?.under).toBe('script-readable');
    expect(findingsOf(report, 'storage-session')[0]?.under).toBe('script-readable');
    expect(report.summary.medium).toBe(1);
    expect(report.summary.low).toBe(0);
  });
  test('without an observed third party the details stand alone and are counted', () => {
    const report = judge({ local: { auth: dailyToken() }, scripts: null });
    expect(findingsOf(report, 'storage-local')[0]?.under).toBeUndefined();
    expect(report.summary.medium).toBe(1);
  });
  test('a detail that is muted does not raise it', () => {
    const mutes = [
      { rule: 'storage-local', token: null, place: 'localStorage["auth"]', origin: null, reason: 'known' },
    ];
    const report = judge({
      local: { auth: dailyHost() },
      scripts,
      policy: { ...standard, mutes, severities: { 'script-readable': 'low' } },
    });
    expect(findingsOf(report, 'script-readable')[0]?.severity).toBe('low');
  });
});

describe('policy', () => {
  const policy = (more: Partial<Policy>): Policy => ({ ...standard, ...more });
  const one = [rule('a', [here]), rule('b', [whole])];

  test('a severity set by the policy is final', () => {
    const { own } = run(
      [rule('a', [here], { aboutTheft: true })],
      policy({ severities: { a: 'low' } }),
      subjects(dailyHost()),
    );
    expect(own[0]).toMatchObject({ severity: 'low', modifiers: [] });
  });
  test('a rule can be switched off', () => {
    expect(run(one, policy({ off: ['a'] })).own.map((f) => f.rule)).toEqual(['b']);
  });
  test('an origin can have its own limits, severities and rules', () => {
    const over = { severities: { a: 'info' as const }, off: ['b'] };
    const there = run(one, policy({ origins: { 'https://call.acme.com': over } })).own;
    expect(there.map((f) => [f.rule, f.severity])).toEqual([['a', 'info']]);
    const elsewhere = run(one, policy({ origins: { 'https://other.acme.com': over } })).own;
    expect(elsewhere.map((f) => [f.rule, f.severity])).toEqual([
      ['a', 'medium'],
      ['b', 'medium'],
    ]);
  });
  test('a policy name and its limits are in the report', () => {
    const report = judge({ local: { t: dailyToken({ exp: now + days(2) }) } });
    expect(report.policy).toBe('standard');
    expect(findingsOf(report, 'lifetime-long')[0]?.says).toContain('standard policy');
  });

  describe('muting', () => {
    const token = dailyToken();
    const id = subjects(token)[0]?.token.id ?? '';
    const nothing = { rule: '*', token: null, place: null, origin: null, reason: 'known and accepted' };
    const muted = (mute: Partial<typeof nothing> | Record<string, string>): string[] =>
      run(one, policy({ mutes: [{ ...nothing, ...mute }] }), subjects(token))
        .own.filter((finding: Finding) => finding.muted)
        .map((finding) => finding.rule);

    test('by token', () => {
      expect(muted({ token: id })).toEqual(['a', 'b']);
      expect(muted({ token: id, rule: 'b' })).toEqual(['b']);
      expect(muted({ token: '00' })).toEqual([]);
    });
    test('by place', () => {
      expect(muted({ place: 'localStorage["k0"]' })).toEqual(['a']);
      expect(muted({ place: 'localStorage["k1"]' })).toEqual([]);
    });
    test('by origin', () => {
      expect(muted({ origin: 'https://call.acme.com' })).toEqual(['a', 'b']);
      expect(muted({ origin: 'https://other.acme.com' })).toEqual([]);
    });
    test('nothing named mutes nothing', () => {
      expect(muted({})).toEqual([]);
    });
    test('muted findings stay listed, and are counted apart', () => {
      const mutes = [{ ...nothing, rule: 'storage-local', origin: 'https://call.acme.com' }];
      const report = judge({ local: { t: token }, policy: policy({ mutes }) });
      expect(findingsOf(report, 'storage-local')[0]?.muted).toEqual({ reason: 'known and accepted' });
      expect(report.summary.muted).toBe(1);
      expect(report.summary.medium).toBe(0);
    });
  });
});
