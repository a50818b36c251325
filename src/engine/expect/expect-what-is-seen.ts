import type { Finding, Report, Subject } from '../model/report.ts';
import { isAtLeast } from '../model/severity-order.ts';
import type { Expectation, Expectations, Match } from './expectations.ts';
import { patternsOf } from './page-patterns.ts';
import { createScopes, presentIn } from './scope.ts';
import { matches } from './wanted.ts';
import { pageWords, tokenWords } from './wanted-words.ts';

export interface SeenOptions {
  /** Ids of the tokens to expect, as of a filtered list; all when left out. */
  only?: ReadonlySet<string>;
  /** The pages that the expectations are to speak of: a mark, or a pattern. All when left out. */
  on?: string;
  /** What marks stand for. */
  pages?: Expectations['pages'];
}

/**
 * Expectations that hold for a report as it is, to start from: "expect what I see". Whoever takes them over says that it is as it
 * should be, so that `findingsAccepted` is to be asked before.
 */
export function expectWhatIsSeen(report: Report, { only, on, pages }: SeenOptions = {}): Expectations {
  const patterns = on === undefined ? null : patternsOf(on, { ...(pages && { pages }) });
  const scopeOf = createScopes(report);
  const there = scopeOf({}, patterns).tokens.map(({ subject }) => subject);
  const wanted = there.filter(({ token }) => !only || only.has(token.id));
  const origins = new Set(wanted.flatMap(presentIn).map(({ place }) => place.origin));
  // That there is no host token can be said of a page that holds none at all, too.
  if (!only) for (const { origin, page } of report.lookedAt ?? []) if (isOriginOf(origin, page)) origins.add(origin);
  const expect = [...origins].flatMap((origin): Expectation[] => {
    const scope = { ...(on !== undefined && { on }), where: { origin } };
    const { tokens: scoped, looked } = scopeOf(scope, patterns);
    const subjects = scoped.map(({ subject }) => subject);
    if (subjects.length === 0 && looked !== 'wholly') return [];
    const place = `${origin === null ? 'elsewhere' : `on ${origin}`}${pageWords(on)}`;
    const counts = kindsOf(subjects.filter((subject) => wanted.includes(subject))).map((tokens) => {
      const count = subjects.filter((subject) => matches(subject, tokens)).length;
      return { name: `${count} ${tokenWords(tokens, count !== 1)} ${place}`, ...scope, count, tokens };
    });
    const isHost = subjects.some(({ facts }) => facts.role === 'host' || facts.role === 'server');
    if (isHost || only || origin === null) return counts;
    return [...counts, { name: `no host token ${place}`, ...scope, none: { role: ['host', 'server'] } }];
  });
  return { ...(pages && { pages }), expect };
}

function isOriginOf(origin: string | null, page: string | null): boolean {
  return origin !== null && `${page}/`.startsWith(`${origin}/`);
}

/** What tokens of a platform have in common, each once. */
function kindsOf(subjects: readonly Subject[]): Match[] {
  const kinds = new Map<string, Match>();
  for (const { provider, facts } of subjects) {
    if (!provider) continue;
    const match: Match = { provider: provider.id, room: facts.room, role: facts.role };
    kinds.set(JSON.stringify(match), match);
  }
  return [...kinds.values()];
}

/**
 * Findings of medium severity or worse about what would be expected: who expects it takes them for right. Those that the policy
 * mutes were looked at before, and details of a headline say the same as it.
 */
export function findingsAccepted(report: Report, { only, on, pages }: SeenOptions = {}): Finding[] {
  const patterns = on === undefined ? null : patternsOf(on, { ...(pages && { pages }) });
  const seen = createScopes(report)({}, patterns).tokens.map(({ subject }) => subject);
  const subjects = seen.filter(({ token }) => !only || only.has(token.id));
  return acceptedWith(report, subjects, !only && on === undefined);
}

/** The same about the tokens that one expectation says how many there are of, or what they have. */
export function findingsAcceptedBy(report: Report, one: Expectation, pages?: Expectations['pages']): Finding[] {
  const wanted = one.have ? (one.every ?? {}) : one.count === undefined ? null : (one.tokens ?? {});
  if (!wanted) return [];
  const patterns = one.on === undefined ? null : patternsOf(one.on, { ...(pages && { pages }) });
  const seen = createScopes(report)(one, patterns).tokens.map(({ subject }) => subject);
  return acceptedWith(
    report,
    seen.filter((subject) => matches(subject, wanted)),
    false,
  );
}

/** Of these tokens, and of several of which one is among them. */
function acceptedWith(report: Report, subjects: readonly Subject[], isWhole: boolean): Finding[] {
  const ids = new Set(subjects.map(({ token }) => token.id));
  const common = report.findings.filter(({ tokens }) => isWhole || tokens?.some((id) => ids.has(id)));
  return [...subjects.flatMap(({ findings }) => findings), ...common].filter(
    ({ severity, muted, under }) => !muted && under === undefined && isAtLeast(severity, 'medium'),
  );
}
