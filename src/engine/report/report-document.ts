import type { Surroundings } from '../diagnose/cause.ts';
import { type JoinAnswer, joinAnswer } from '../diagnose/join.ts';
import { createJourneys } from '../journey/journey.ts';
import type { CallFacts, Direction, ExchangeFacts, Initiator, Problem, ReadBy, SourceId } from '../model/capture.ts';
import type { Facts, Privilege, Role, RoomScope, Times } from '../model/facts.ts';
import { privileges } from '../model/facts.ts';
import type { JourneyStep } from '../model/journey.ts';
import type { LookedPlace } from '../model/looked-at.ts';
import { isLeft } from '../model/presence.ts';
import type { Finding, Followed, Platform, Report, ReportInput, Severity, Subject } from '../model/report.ts';
import type { Confidence, FormId, InLines, Repeats, Sighting, Token } from '../model/token.ts';
import { maskJson, maskToken, maskUrl } from '../redact/mask.ts';
import { createThoroughMasker } from '../redact/mask-disguised.ts';
import { maskParameters } from '../redact/mask-parameters.ts';
import { innerTokens, secretsOf } from '../redact/secrets-of.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { generator } from './generator.ts';

export interface FormatOptions {
  /** Print tokens whole. Otherwise no usable token is in the text. */
  reveal?: boolean;
  /** What was read; empty for a live page. */
  inputs?: readonly ReportInput[];
  /** Names of inputs that could not be used to their end, for formats that tell; those of which nothing could be read when left out. */
  unusable?: readonly string[];
  /** Expectations and whether they held; null where that could not be checked. */
  expectations?: readonly DocumentExpectation[];
  /** Where joining is tried; without it, tokens are asked for what they show themselves. */
  page?: Omit<Surroundings, 'now'>;
  /** Sites whose cookies that scripts cannot see were not looked at. */
  closedSites?: readonly string[];
  /** Answers of validation backends, with who gave them and when, by token id. */
  validations?: ReadonlyMap<string, JsonObject>;
  /** Columns of the terminal, for formats that wrap. */
  width?: number;
  /** ANSI colours, for formats that have them. */
  color?: boolean;
  /** Severity from which on a finding fails, for formats that tell; high when left out, none where it is null. */
  failOn?: Severity | null;
  /** Minutes east of UTC of the reader, for formats that show local times. Absent: UTC. */
  offsetMinutes?: number;
}

export const reportSchema = 'https://unpkg.com/roomkey/docs/report.schema.json';
/** What reports of earlier versions name, too. */
export const reportSchemas: readonly string[] = [reportSchema, 'https://roomkey.example/report.schema.json'];

/** The report as outsiders may rely on it: names are stable, more may be added. */
export interface ReportDocument {
  $schema: string;
  version: 1;
  generator: { name: string; version: string };
  /** Seconds since the epoch: the clock used. */
  now: number;
  policy: string;
  /** False when tokens are whole. */
  masked: boolean;
  inputs: DocumentInput[];
  tokens: DocumentToken[];
  /** Findings about several tokens or about a place. */
  findings: DocumentFinding[];
  /** What could not be read or was cut short. */
  problems: DocumentProblem[];
  expectations: DocumentExpectation[];
  /** Where was looked, whether a token lay there or not: what an expectation may speak of. */
  lookedAt: DocumentLookedPlace[];
  summary: { tokens: number; gone: number; muted: number; unreadableInputs: number } & Record<Severity, number>;
}

export interface DocumentExpectation {
  name: string;
  /** Name of the step of a run that it belongs to; left out where it is about all that was looked at. */
  step?: string;
  /** Null where it could not be checked, which is not as expected either. */
  held: boolean | null;
  says: string;
}

export interface DocumentLookedPlace {
  source: SourceId;
  /** Name of the input it was read from; null for a live page. */
  input: string | null;
  origin: string | null;
  /** Without query and fragment. */
  url: string | null;
  /** Address of the page (the top-level document) that it belongs to; null where that is not known. */
  page: string | null;
  /** Set where nothing but an address was looked at. */
  isAddress?: true;
  /** Set where not all that lies there was read. */
  isPartial?: true;
}

export interface DocumentInput {
  name: string;
  kind: string;
  bytes: number | null;
  readable: boolean;
  /** Seconds since the epoch: when the last of it was recorded. Null where it does not tell. */
  recordedAt: number | null;
  /** Origins of which a request, a list of cookies, a store or a document was looked at. */
  origins: string[];
  problems: DocumentProblem[];
}

export interface DocumentProblem {
  code: string;
  message: string;
  /** Characters from the start of the text concerned. */
  offset: number | null;
  subject: string | null;
}

export interface DocumentToken {
  id: string;
  form: FormId;
  token: string;
  header: Json;
  claims: Json;
  /** A payload that is not a JSON object. */
  opaquePayload: string | null;
  problem: DocumentProblem | null;
  irregularities: DocumentProblem[];
  /** Tokens inside this one. */
  inner: { path: string; id: string; form: FormId; token: string; header: Json; claims: Json }[];
  provider: Platform | null;
  facts: {
    use: string;
    product: string | null;
    room: string | null;
    roomScope: RoomScope;
    tenant: string | null;
    userId: string | null;
    displayName: string | null;
    role: Role;
    roleBecause: string;
    vendorRole: string | null;
    /** True granted, false denied, null = the token does not say. */
    privileges: Partial<Record<Privilege, boolean | null>>;
    /** Why, and the claim that decides. */
    privilegeReasons: Partial<Record<Privilege, { because: string; claim: string | null }>>;
  };
  times: Times;
  /** Ids of the tokens before and after it in the same place; null where there is none. */
  replaces: string | null;
  replacedBy: string | null;
  /** The token that the page seems to use in its place, and since when: inferred. Left out where there is none. */
  followed?: Followed;
  sightings: DocumentSighting[];
  /** Where it went, in order. */
  journey: JourneyStep[];
  /** What stands in the way of joining; null for what opens no call. */
  join: JoinAnswer | null;
  findings: DocumentFinding[];
  validation: JsonObject | null;
}

export interface DocumentSighting {
  source: SourceId;
  /** Name of the input it was read from; null for a live page. */
  input: string | null;
  label: string;
  origin: string | null;
  url: string | null;
  path: string;
  encodings: string[];
  /** Seconds since the epoch; null for a file that tells no time. */
  seenAt: number | null;
  goneAt: number | null;
  /** No document of its origin was there any more, so that it may still lie there. Left out elsewhere. */
  isOutOfSight?: true;
  /** Seconds since the epoch: found back after it had been missing, the last time; left out where it never was. */
  backAt?: number;
  /** Seconds since the epoch: since then it could not be read, as access to its site was withdrawn; left out where it could. */
  unreadAt?: number;
  /** Further ones like it, counted instead of listed; left out where there are none. */
  more?: Repeats;
  /** Null where it is not known. */
  readBy: ReadBy | null;
  /** Of a place in traffic: the request that it lies in. Left out elsewhere, as are the four below. */
  method?: string;
  /** Null when no answer was seen. */
  status?: number | null;
  /** Seen from the page. */
  direction?: Direction;
  /** The page's service worker answered, and whether it sent the request on is not known. Left out elsewhere. */
  isFromWorker?: true;
  /** The script, or the document, whose line made the request, or the traced call; null when not told. */
  initiator?: Initiator | null;
  /** The page that it was made for; null when not told. */
  pageUrl?: string | null;
  /** Of a window message: the origin that posted it, "null" for an opaque one. Left out elsewhere. */
  from?: string;
  /** Of a traced call: the calls that led to it, the innermost first. Left out elsewhere. */
  stack?: string[];
  /** Characters from the start of the value. */
  offset: number;
  /** Where it stands in a file of lines. Left out where the place has none. */
  lines?: InLines;
  confidence: Confidence;
  note: string | null;
  /** What the library that stored it calls it: "MSAL access token for api://orders". */
  library: string | null;
}

export interface DocumentFinding {
  rule: string;
  severity: Severity;
  confidence: Confidence;
  title: string;
  says: string;
  why: string;
  fix: string;
  at: string | null;
  references: string[];
  /** Modifiers of the catalogue that changed the severity. */
  modifiers: string[];
  /** Id of the rule whose finding says the same as a headline; details are not counted in the summary. */
  under: string | null;
  /** Why the policy mutes it; null when it does not. Muted findings are counted apart. */
  muted: string | null;
  /** Ids of the tokens concerned, for findings about several. */
  tokens?: string[];
}

/** How texts are written: whole, or with everything masked that could be used. */
interface Hand {
  reveal: boolean;
  mask(text: string): string;
  maskUrl(url: string): string;
}

/**
 * The report as a document. Unless `reveal` is set, no string in it holds a usable token: not the tokens themselves, nor
 * one inside another, inside a URL, a storage key, a claim, a finding or a problem.
 */
export function toDocument(report: Report, options: FormatOptions = {}): ReportDocument {
  const { reveal = false, inputs = [], expectations = [], validations, page = { pageUrl: null, frames: [] } } = options;
  const mask = reveal
    ? (text: string) => text
    : createThoroughMasker(report.subjects.flatMap(({ token }) => secretsOf(token)));
  const journeyOf = createJourneys(report.subjects);
  const hand: Hand = { reveal, mask, maskUrl: createUrlMask(reveal, mask) };
  const lookedAt = report.lookedAt ?? [];
  const origins = originsByInput(lookedAt);
  return {
    $schema: reportSchema,
    version: 1,
    generator,
    now: report.now,
    policy: mask(report.policy),
    masked: !reveal,
    inputs: inputs.map((input) => inputOf(input, origins.get(input.name) ?? none, hand)),
    tokens: report.subjects.map((subject) => ({
      ...tokenOf(subject, validations?.get(subject.token.id) ?? null, hand),
      journey: journeyOf(subject).map((step) => stepOf(step, hand)),
      join: joinOf(joinAnswer(subject, { ...page, now: report.now }), hand),
    })),
    findings: report.findings.map((finding) => findingOf(finding, hand)),
    problems: report.problems.map((problem) => problemOf(problem, hand)),
    expectations: expectations.map(({ name, step, held, says }) => ({
      name: mask(name),
      ...(step !== undefined && { step: mask(step) }),
      held,
      says: mask(says),
    })),
    lookedAt: lookedAt.map((place) => lookedOf(place, hand)),
    summary: {
      gone: 0,
      muted: 0,
      ...report.summary,
      unreadableInputs: inputs.filter(({ readable }) => !readable).length,
    },
  };
}

function lookedOf({ input, origin, url, page, ...place }: LookedPlace, { mask, maskUrl }: Hand): DocumentLookedPlace {
  return {
    ...place,
    origin: orNull(origin, mask),
    input: orNull(input ?? null, mask),
    url: orNull(url, maskUrl),
    page: orNull(page, maskUrl),
  };
}

/** Origins of which more than an address was looked at, by the input they were read from. */
function originsByInput(lookedAt: readonly LookedPlace[]): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>();
  for (const { input, origin, isAddress } of lookedAt) {
    if (input === undefined || origin === null || isAddress) continue;
    const known = all.get(input);
    if (known) known.add(origin);
    else all.set(input, new Set([origin]));
  }
  return all;
}

const none: ReadonlySet<string> = new Set();

function inputOf(input: ReportInput, origins: ReadonlySet<string>, hand: Hand): DocumentInput {
  const { name, kind, bytes, readable, recordedAt, problems } = input;
  return {
    name: hand.mask(name),
    kind: hand.mask(kind),
    bytes,
    readable,
    recordedAt: recordedAt ?? null,
    origins: [...origins].map(hand.mask),
    problems: problems.map((problem) => problemOf(problem, hand)),
  };
}

function tokenOf(subject: Subject, validation: JsonObject | null, hand: Hand): Omit<DocumentToken, 'journey' | 'join'> {
  const { token, sightings, provider, facts, times, findings } = subject;
  const { mask } = hand;
  return {
    ...contentOf(token, hand),
    opaquePayload: orNull(token.opaquePayload, mask),
    problem: token.problem ? problemOf(token.problem, hand) : null,
    irregularities: token.irregularities.map((one) => problemOf(one, hand)),
    inner: innerTokens(token).map(({ path, token: inner }) => ({ path: mask(path), ...contentOf(inner, hand) })),
    provider: provider && platformOf(provider, hand),
    facts: factsOf(facts, hand),
    times: timesOf(times, hand),
    replaces: subject.replaces ?? null,
    replacedBy: subject.replacedBy ?? null,
    ...(subject.followed && { followed: { ...subject.followed } }),
    sightings: sightings.map((sighting) => sightingOf(sighting, hand)),
    findings: findings.map((finding) => findingOf(finding, hand)),
    validation: jsonOf(validation, hand) as JsonObject | null,
  };
}

/** A saved report may call a platform anything. */
function platformOf({ id, name, confidence, because, others }: Platform, { mask }: Hand): Platform {
  return {
    id: mask(id),
    name: mask(name),
    confidence,
    because: mask(because),
    ...(others && { others: others.map((one) => ({ ...one, id: mask(one.id), name: mask(one.name) })) }),
  };
}

function timesOf({ notSeconds, ...times }: Times, { mask }: Hand): Times {
  return notSeconds ? { ...times, notSeconds: notSeconds.map((one) => ({ ...one, claim: mask(one.claim) })) } : times;
}

function contentOf({ id, form, text, header, claims }: Token, hand: Hand) {
  const token = hand.reveal ? text : maskToken(text);
  return { id, form, token, header: jsonOf(header, hand), claims: jsonOf(claims, hand) };
}

function factsOf(facts: Facts, { mask }: Hand): DocumentToken['facts'] {
  const stated = privileges.flatMap((name) => {
    const grant = facts.privileges[name];
    return grant ? [[name, grant] as const] : [];
  });
  return {
    use: facts.use,
    product: orNull(facts.product, mask),
    room: orNull(facts.room, mask),
    roomScope: facts.roomScope,
    tenant: orNull(facts.tenant, mask),
    userId: orNull(facts.userId, mask),
    displayName: orNull(facts.displayName, mask),
    role: facts.role,
    roleBecause: mask(facts.roleBecause),
    vendorRole: orNull(facts.vendorRole, mask),
    privileges: Object.fromEntries(stated.map(([name, { allowed }]) => [name, allowed])),
    privilegeReasons: Object.fromEntries(
      stated.map(([name, { because, claim }]) => [name, { because: mask(because), claim: orNull(claim, mask) }]),
    ),
  };
}

function sightingOf(sighting: Sighting, hand: Hand): DocumentSighting {
  const { mask, maskUrl } = hand;
  const { place, library, more, backAt, unreadAt } = sighting;
  return {
    source: place.source,
    input: orNull(sighting.input ?? null, mask),
    label: mask(place.label),
    origin: orNull(place.origin, mask),
    url: orNull(place.url, maskUrl),
    path: mask(sighting.path),
    encodings: sighting.encodings,
    seenAt: sighting.seenAt,
    goneAt: sighting.goneAt,
    ...(isLeft(sighting) && { isOutOfSight: true }),
    ...(backAt !== undefined && { backAt }),
    ...(unreadAt !== undefined && { unreadAt }),
    ...(more && { more: { ...more } }),
    readBy: place.readBy ?? null,
    ...(place.exchange && exchangeOf(place.exchange, hand)),
    ...(place.from !== undefined && { from: mask(place.from) }),
    ...(place.call && callOf(place.call, hand)),
    offset: sighting.offset,
    ...(sighting.lines && { lines: { ...sighting.lines } }),
    confidence: sighting.confidence,
    note: orNull(sighting.note, mask),
    library: orNull(library?.label ?? null, mask),
  };
}

function joinOf(answer: JoinAnswer | null, { mask }: Hand): JoinAnswer | null {
  return (
    answer && {
      ...answer,
      causes: answer.causes.map(({ id, likelihood, says, fix, at }) => ({
        id,
        likelihood,
        says: mask(says),
        fix: mask(fix),
        at: orNull(at, mask),
      })),
    }
  );
}

function stepOf(step: JourneyStep, { mask }: Hand): JourneyStep {
  return { ...step, from: orNull(step.from, mask), to: orNull(step.to, mask) };
}

function exchangeOf(exchange: ExchangeFacts, { mask, maskUrl }: Hand) {
  const { method, status, direction, isFromWorker, initiator, pageUrl } = exchange;
  return {
    method: mask(method),
    status,
    direction,
    ...(isFromWorker && { isFromWorker }),
    initiator: initiator && { url: maskUrl(initiator.url), line: initiator.line },
    pageUrl: orNull(pageUrl, maskUrl),
  };
}

function callOf({ script, stack }: CallFacts, { mask, maskUrl }: Hand) {
  return { initiator: script && { url: maskUrl(script.url), line: script.line }, stack: stack.map(mask) };
}

function findingOf(finding: Finding, { mask }: Hand): DocumentFinding {
  return {
    rule: mask(finding.rule),
    severity: finding.severity,
    confidence: finding.confidence,
    title: mask(finding.title),
    says: mask(finding.says),
    why: mask(finding.why),
    fix: mask(finding.fix),
    at: orNull(finding.at, mask),
    references: finding.references.map(({ url }) => url),
    modifiers: finding.modifiers,
    under: finding.under ?? null,
    muted: orNull(finding.muted?.reason ?? null, mask),
    ...(finding.tokens ? { tokens: finding.tokens } : {}),
  };
}

function problemOf({ code, message, offset, subject }: Problem, { mask, maskUrl }: Hand): DocumentProblem {
  return {
    code: mask(code),
    message: mask(message),
    offset: offset ?? null,
    subject: orNull(subject ?? null, maskUrl),
  };
}

function jsonOf(value: JsonObject | null, { reveal, mask }: Hand): Json {
  return reveal ? cutDepth(value) : maskJson(value, mask);
}

/** Longest address shown for each place of each token, in characters; one address may hold thousands of tokens. */
const longestUrl = 4096;

/** Masks each address once, however many tokens stand in it. */
function createUrlMask(reveal: boolean, mask: (text: string) => string): (url: string) => string {
  const known = new Map<string, string>();
  return (url) => {
    if (reveal) return url;
    const masked = known.get(url) ?? shortened(maskParameters(maskUrl(url, mask)));
    known.set(url, masked);
    return masked;
  };
}

function shortened(url: string): string {
  return url.length <= longestUrl ? url : `${url.slice(0, longestUrl)}…(${url.length} characters)`;
}

function orNull(text: string | null, change: (text: string) => string): string | null {
  return text === null ? null : change(text);
}

/** Nobody reads claims nested by the thousand, and writing them as JSON would overflow the stack. */
function cutDepth(value: Json, depth = 0): Json {
  if (value === null || typeof value !== 'object') return value;
  if (depth >= 100) return '…(nested deeper)';
  if (Array.isArray(value)) return value.map((item) => cutDepth(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cutDepth(member, depth + 1)]));
}
