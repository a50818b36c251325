import { createAuditor } from './audit/audit.ts';
import type { Policy } from './audit/policy/policies.ts';
import type { Rule } from './audit/rules/rule.ts';
import { contained } from './contain.ts';
import { decode } from './decode/decode.ts';
import { tellingForm } from './decode/telling-form.ts';
import type { Page, Problem } from './model/capture.ts';
import type { Facts, Times } from './model/facts.ts';
import type { LookedPlace } from './model/looked-at.ts';
import { goneSince } from './model/presence.ts';
import { type Finding, type Followed, type FoundKey, type Report, type Subject, severities } from './model/report.ts';
import { severityRank } from './model/severity-order.ts';
import { summarise } from './model/summarise.ts';
import type { FormId, Sighting, Token } from './model/token.ts';
import { ofReadPart } from './recognise/read-in-part.ts';
import { recogniseLeniently, toPlatform } from './recognise/recognise.ts';
import { readTimes } from './recognise/times.ts';
import { withUse } from './recognise/token-use.ts';
import { isSameList } from './text/same-list.ts';
import { byToken } from './timeline/by-token.ts';
import { followers } from './timeline/followers.ts';
import { replacements } from './timeline/replacements.ts';

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
  /** Where was looked, as `find` tells; handed on to the report. */
  lookedAt?: readonly LookedPlace[];
  /** Keys found by `searchKey`, by token id. */
  keys?: ReadonlyMap<string, FoundKey>;
  /** In how many other tabs of the browser tokens are, by token id. */
  elsewhere?: ReadonlyMap<string, number>;
  /** What judges; every rule when left out. */
  rules?: readonly Rule[];
}

/** Decodes, recognises and judges what was found. Pure. */
export function inspect(sightings: readonly Sighting[], options: InspectOptions): Report {
  return createInspector(options.rules)(sightings, options);
}

/**
 * Inspects again and again what is found, and only what has changed: a sighting counts as the same when it is the same
 * object. The report is that of inspecting all at once, and subjects that did not change are the same objects as before.
 */
export function createInspector(rules?: readonly Rule[]) {
  const audit = createAuditor(rules);
  const learned = new Map<string, Learned>();
  /** Subjects that are not gone. */
  let present: readonly Subject[] = [];

  return function inspectAgain(sightings: readonly Sighting[], options: InspectOptions): Report {
    const {
      now,
      policy,
      page = null,
      pageMark = null,
      loggedOut = null,
      problems = [],
      keys = noKeys,
      elsewhere = nowhere,
    } = options;
    const groups = byToken(sightings);
    for (const text of learned.keys()) if (!groups.has(text)) learned.delete(text);
    for (const [text, found] of groups) learned.set(text, learn(found, options, learned.get(text)));
    const all = [...groups.keys()].map((text) => learned.get(text) as Learned);
    const neighbours = replacements(sightings);
    const followed = followers(all.map(({ subject }) => subject));
    for (const one of all) {
      const { id, text } = one.subject.token;
      // What was seen to take its place says more.
      follow(one, neighbours.get(text)?.replacedBy === undefined ? followed.get(id) : undefined);
    }
    const subjects = all.map(({ subject }) => subject);
    const here = subjects.filter((subject) => goneSince(subject) === null);
    // The same list while it holds the same, so that what rules remember of it holds, too.
    if (!isSameList(here, present)) present = here;
    const audited = audit(subjects, { now, policy, page, pageMark, loggedOut, subjects: present, keys, elsewhere });
    const idOf = (text: string | undefined) => (text === undefined ? undefined : learned.get(text)?.subject.token.id);
    const failures = new Map<string, Problem>();
    for (const one of all) for (const problem of one.problems) failures.set(problem.subject ?? '', problem);
    const judged = all.map((one, index) => {
      const { replaces, replacedBy } = neighbours.get(one.subject.token.text) ?? {};
      return reportOf(one, audited.own[index] ?? [], idOf(replaces), idOf(replacedBy));
    });
    return {
      now,
      policy: policy.name,
      subjects: [...judged].sort((a, b) => worst(b) - worst(a)),
      findings: audited.findings,
      problems: [...problems, ...failures.values(), ...audited.problems],
      ...(options.lookedAt && { lookedAt: options.lookedAt }),
      summary: summarise(judged, audited.findings),
    };
  };
}

const noKeys: ReadonlyMap<string, FoundKey> = new Map();
const nowhere: ReadonlyMap<string, number> = new Map();

/** What is known of one token, and from what. */
interface Learned {
  sightings: readonly Sighting[];
  /** What the token was read as. */
  form: FormId;
  /** What rules judge: without findings. */
  subject: Subject;
  problems: Problem[];
  /** The subject with its findings, as it was reported last. */
  reported: Subject | null;
}

/** Notes what came after a token; the same object as before where nothing differs. */
function follow(one: Learned, now: Followed | undefined): void {
  const { followed: before, ...subject } = one.subject;
  if (before?.by === now?.by && before?.at === now?.at) return;
  one.subject = now ? { ...subject, followed: now } : subject;
  one.reported = null;
}

/** A subject with its findings, and its neighbours by their ids; the same object as before when nothing differs. */
function reportOf(
  one: Learned,
  findings: Finding[],
  replaces: string | undefined,
  replacedBy: string | undefined,
): Subject {
  const before = one.reported;
  if (before?.findings !== findings || before.replaces !== replaces || before.replacedBy !== replacedBy)
    one.reported = { ...one.subject, findings, ...(replaces && { replaces }), ...(replacedBy && { replacedBy }) };
  return one.reported ?? one.subject;
}

/** What one token says in the places where it lies; what is known already, when nothing of it changed. */
function learn(sightings: Sighting[], { now }: InspectOptions, before: Learned | undefined): Learned {
  const [{ token: text }] = sightings as [Sighting];
  const form = tellingForm(sightings.map(({ form }) => form));
  const token = before?.form === form ? before.subject.token : decode(text, form);
  const { best, platform, facts, problems } = known(token);
  const failures = [...unread(token), ...problems];
  const tell = (problem: Problem) => failures.push(problem);
  const provider = best?.provider ?? null;
  const times = contained('provider', provider?.id ?? 'none', unknownTimes, tell, () =>
    readTimes(token, provider, now),
  );
  if (
    token === before?.subject.token &&
    isSameList(sightings, before.sightings) &&
    isSameTimes(times, before.subject.times)
  )
    return before;
  const subject: Subject = {
    token,
    sightings,
    provider: platform,
    facts,
    times,
    findings: [],
  };
  // A key's name may tell what the claims do not.
  subject.facts = contained('search', 'use of a token', facts, tell, () => withUse(subject));
  return { sightings, form, subject, problems: failures, reported: null };
}

function isSameTimes(a: Times, b: Times): boolean {
  return (Object.keys(a) as (keyof Times)[]).every((name) => Object.is(a[name], b[name]));
}

interface Known {
  best: ReturnType<typeof recogniseLeniently>[number] | null;
  platform: Subject['provider'];
  facts: Facts;
  /** Providers that failed. */
  problems: Problem[];
}

const knownTokens = new WeakMap<Token, Known>();

/** Platform and facts follow from the token alone, so they are told once, however often its places change. */
function known(token: Token): Known {
  const before = knownTokens.get(token);
  if (before) return before;
  const problems: Problem[] = [];
  const tell = (problem: Problem) => problems.push(problem);
  const recognised = recogniseLeniently(token, tell);
  const best = recognised[0] ?? null;
  const facts = best
    ? contained('provider', best.provider.id, unknownFacts, tell, () => ofReadPart(best.provider.facts(token), token))
    : unknownFacts;
  const learned = { best, platform: toPlatform(recognised), facts, problems };
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
