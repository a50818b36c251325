import { formOf } from '../decode/forms/index.ts';
import { opaque } from '../decode/forms/opaque.ts';
import { sources } from '../find/sources/index.ts';
import { text as plainText } from '../find/sources/text.ts';
import { originOf } from '../find/sources/url-snippets.ts';
import {
  type CallFacts,
  directions,
  type ExchangeFacts,
  type Initiator,
  type Place,
  type Problem,
  readers,
  unknownTraits,
} from '../model/capture.ts';

import {
  type Facts,
  type Grant,
  type Privilege,
  privileges,
  roles,
  roomScopes,
  type Times,
  timeKinds,
  timeStatuses,
} from '../model/facts.ts';
import { type JourneyStep, journeySteps, parties } from '../model/journey.ts';
import { createLooks, type LookedPlace, placesOf, placesSeen } from '../model/looked-at.ts';
import {
  type Finding,
  type Report,
  type ReportInput,
  type Severity,
  type Subject,
  severities,
} from '../model/report.ts';
import { countsBySeverity } from '../model/severity-order.ts';
import { summarise } from '../model/summarise.ts';
import {
  type Confidence,
  confidences,
  type InLines,
  type Irregularity,
  type Repeats,
  type Sighting,
  type Token,
  tokenUses,
} from '../model/token.ts';
import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { list, number, record, string } from '../text/narrow.ts';
import { otherUnits } from '../text/time-unit.ts';
import { miscounted, reportDamage } from './report-damage.ts';
import { type FormatOptions, reportSchemas } from './report-document.ts';

/** A report in the shape of `docs/report.schema.json`, as far as it tells what a live one does. */
export interface SavedReport {
  report: Report;
  /** Tokens are shortened in it, so they can neither be used nor validated. */
  masked: boolean;
  /** What else it tells, as `toDocument` takes it. */
  told: Required<Pick<FormatOptions, 'inputs' | 'expectations' | 'validations'>>;
}

/** Tokens, findings and expectations read at most. */
const most = 20_000;

/**
 * Puts a saved report together again as it was judged then: it is a record, so nothing in it is judged anew. Null when it
 * is no report. What it does not hold (traits of places, cookies' attributes, signatures) stays unknown. Never throws on
 * hostile values.
 *
 * @param name what places are told to be in that name no input; null for nothing
 */
export function readReport(value: unknown, name: string | null): SavedReport | null {
  const saved = record(value);
  if (!reportSchemas.includes(String(saved.$schema)) || saved.version !== 1 || !Array.isArray(saved.tokens))
    return null;
  const ids = createIds();
  const subjects = objects(saved.tokens).map((token) => ids(subjectOf(token, name)));
  const findings = objects(saved.findings).map(findingOf);
  return {
    masked: saved.masked !== false,
    told: {
      inputs: objects(saved.inputs).map(inputOf),
      expectations: objects(saved.expectations).map(({ name, step, held, says }) => ({
        name: string(name),
        ...(typeof step === 'string' && { step }),
        held: held === null ? null : held === true,
        says: string(says),
      })),
      validations: validationsIn(objects(saved.tokens)),
    },
    report: {
      now: number(saved.now) ?? 0,
      policy: string(saved.policy),
      subjects,
      findings,
      problems: [
        ...objects(saved.problems).map(problemOf),
        ...reportDamage(saved, most),
        ...miscounted(record(saved.summary), summarise(subjects, findings)),
      ],
      lookedAt: lookedAtIn(saved, subjects, name),
      summary: summaryOf(record(saved.summary), subjects, findings),
    },
  };
}

/** Tokens of one id could not be told apart by whoever selects one or follows a renewal, so the second and further ones get another. */
function createIds(): (subject: Subject) => Subject {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (subject) => {
    const { id } = subject.token;
    let own = id;
    while (taken.has(own)) {
      const count = (counts.get(id) ?? 1) + 1;
      counts.set(id, count);
      own = `${id}-${count}`;
    }
    taken.add(own);
    return own === id ? subject : { ...subject, token: { ...subject.token, id: own } };
  };
}

/** Counts what the report holds; where it counts more, that, as what it counts may be missing. */
function summaryOf(
  summary: Record<string, unknown>,
  subjects: readonly Subject[],
  findings: readonly Finding[],
): Report['summary'] {
  const held = summarise(subjects, findings);
  const count = (name: Severity | 'muted') => Math.max(held[name] ?? 0, number(summary[name]) ?? 0);
  return { ...held, muted: count('muted'), ...countsBySeverity(count) };
}

/** Where was looked, as far as the report tells: places, or else origins by input, or else where tokens were seen. */
function lookedAtIn(
  saved: Record<string, unknown>,
  subjects: readonly Subject[],
  name: string | null,
): readonly LookedPlace[] {
  if (!Array.isArray(saved.lookedAt) && !objects(saved.inputs).some(({ origins }) => Array.isArray(origins)))
    return placesSeen(subjects);
  const looks = createLooks(most);
  for (const one of objects(saved.lookedAt)) {
    looks.add({
      source: sourceIn(one.source),
      origin: text(one.origin),
      url: text(one.url),
      page: text(one.page),
      seenAt: null,
      ...inInput(text(one.input) ?? name),
      ...(one.isAddress === true && { isAddress: true }),
      ...(one.isPartial === true && { isPartial: true }),
    });
  }
  if (!Array.isArray(saved.lookedAt))
    for (const { name: given, origins } of objects(saved.inputs))
      for (const origin of list(origins).slice(0, most).map(text))
        looks.add({ source: '', origin, url: null, page: null, seenAt: null, ...inInput(given) });
  return placesOf(looks.list());
}

function inInput(name: unknown): { input?: string } {
  return typeof name === 'string' ? { input: name } : {};
}

function inputOf({ name, kind, bytes, readable, recordedAt, problems }: Record<string, unknown>): ReportInput {
  return {
    name: string(name),
    kind: string(kind),
    bytes: number(bytes),
    readable: readable === true,
    recordedAt: number(recordedAt),
    problems: objects(problems).map(problemOf),
  };
}

function validationsIn(tokens: readonly Record<string, unknown>[]): Map<string, JsonObject> {
  return new Map(
    tokens.flatMap(({ id, validation }) => {
      const answer = objectOf(validation);
      return answer ? [[string(id), answer] as const] : [];
    }),
  );
}

function objects(value: unknown): Record<string, unknown>[] {
  return list(value).slice(0, most).map(record);
}

function subjectOf(saved: Record<string, unknown>, name: string | null): Subject {
  const provider = record(saved.provider);
  const [replaces, replacedBy] = [text(saved.replaces), text(saved.replacedBy)];
  const others = objects(provider.others).map((other) => ({
    id: string(other.id),
    name: string(other.name) || string(other.id),
    confidence: confidenceOf(other.confidence),
  }));
  const followed = record(saved.followed);
  const [by, at] = [text(followed.by), number(followed.at)];
  return {
    token: tokenOf(saved),
    sightings: objects(saved.sightings).map((sighting) => sightingOf(sighting, saved, name)),
    provider: provider.id
      ? {
          id: string(provider.id),
          name: string(provider.name) || string(provider.id),
          confidence: confidenceOf(provider.confidence),
          because: string(provider.because),
          ...(others.length > 0 && { others }),
        }
      : null,
    facts: factsOf(record(saved.facts)),
    times: timesOf(record(saved.times)),
    findings: objects(saved.findings).map(findingOf),
    ...(Array.isArray(saved.journey) && { journey: objects(saved.journey).flatMap(stepOf) }),
    ...(replaces === null ? {} : { replaces }),
    ...(replacedBy === null ? {} : { replacedBy }),
    ...(by === null || at === null ? {} : { followed: { by, at } }),
  };
}

function factsOf(facts: Record<string, unknown>): Facts {
  return {
    use: oneOf(facts.use, tokenUses, 'unknown'),
    product: text(facts.product),
    tenant: text(facts.tenant),
    room: text(facts.room),
    roomScope: oneOf(facts.roomScope, roomScopes, 'not-stated'),
    roomClaim: null,
    userId: text(facts.userId),
    displayName: text(facts.displayName),
    role: oneOf(facts.role, roles, 'unknown'),
    vendorRole: text(facts.vendorRole),
    roleBecause: string(facts.roleBecause),
    roleClaim: null,
    privileges: grantsOf(record(facts.privileges), record(facts.privilegeReasons)),
  };
}

/** A form or place that this version does not know is read as the plainest. */
const formIn = (value: unknown) => (typeof value === 'string' ? formOf(value)?.id : undefined) ?? opaque.id;
const sourceIn = (value: unknown) => sources.find(({ id }) => id === value)?.id ?? plainText.id;

function tokenOf(saved: Record<string, unknown>): Token {
  const form = formIn(saved.form);
  const lock = formOf(form)?.lock;
  return {
    id: string(saved.id),
    text: string(saved.token),
    form,
    header: objectOf(saved.header),
    claims: objectOf(saved.claims),
    opaquePayload: text(saved.opaquePayload),
    signature: null,
    problem: saved.problem ? problemOf(record(saved.problem)) : null,
    irregularities: objects(saved.irregularities).map((one) => problemOf(one) as Irregularity),
    inner: objects(saved.inner)
      .slice(0, 20)
      .map((inner) => ({ path: string(inner.path), token: tokenOf({ ...inner, inner: [] }) })),
    disclosures: [],
    ...(lock ? { lock } : {}),
  };
}

function grantsOf(saved: Record<string, unknown>, reasons: Record<string, unknown>): Partial<Record<Privilege, Grant>> {
  const grants: Partial<Record<Privilege, Grant>> = {};
  for (const name of privileges) {
    if (!Object.hasOwn(saved, name)) continue;
    const allowed = saved[name];
    const { because, claim } = record(Object.hasOwn(reasons, name) ? reasons[name] : null);
    grants[name] = {
      allowed: typeof allowed === 'boolean' ? allowed : null,
      because: string(because) || 'the saved report says so',
      claim: text(claim),
    };
  }
  return grants;
}

function timesOf(saved: Record<string, unknown>): Times {
  const notSeconds = objects(saved.notSeconds)
    .slice(0, 3)
    .map(({ claim, says, value, unit }) => ({
      claim: string(claim),
      says: oneOf(says, timeKinds, 'ends'),
      value: number(value) ?? 0,
      unit: oneOf(unit, otherUnits, 'milliseconds'),
    }));
  const endsWith = text(saved.endsWith);
  return {
    issuedAt: number(saved.issuedAt),
    notBefore: number(saved.notBefore),
    expiresAt: number(saved.expiresAt),
    lifetimeSeconds: number(saved.lifetimeSeconds),
    status: oneOf(saved.status, timeStatuses, 'unknown'),
    ...(endsWith ? { endsWith } : {}),
    ...(notSeconds.length > 0 ? { notSeconds } : {}),
  };
}

function sightingOf(saved: Record<string, unknown>, token: Record<string, unknown>, name: string | null): Sighting {
  const readBy = readers.find((one) => one === saved.readBy);
  const exchange = exchangeIn(saved);
  const call = callIn(saved);
  const from = text(saved.from);
  const place: Place = {
    source: sourceIn(saved.source),
    label: string(saved.label),
    origin: text(saved.origin),
    url: text(saved.url),
    key: null,
    traits: unknownTraits,
    cookie: null,
    ...(readBy === undefined ? {} : { readBy }),
    ...(exchange && { exchange }),
    ...(from !== null && { from }),
    ...(call && { call }),
  };
  const { library: keptBy } = saved;
  const library = text(keptBy);
  const more = repeatsOf(record(saved.more));
  const backAt = number(saved.backAt);
  const unreadAt = number(saved.unreadAt);
  const lines = linesOf(record(saved.lines));
  const input = text(saved.input) ?? name;
  return {
    form: formIn(token.form),
    token: string(token.token),
    offset: number(saved.offset) ?? 0,
    encodings: list(saved.encodings).map(string).slice(0, 20),
    path: string(saved.path),
    confidence: confidenceOf(saved.confidence),
    note: text(saved.note),
    place,
    chunks: 1,
    seenAt: number(saved.seenAt),
    goneAt: number(saved.goneAt),
    ...(saved.isOutOfSight === true && { isOutOfSight: true as const }),
    ...(backAt !== null && { backAt }),
    ...(unreadAt !== null && { unreadAt }),
    ...(lines && { lines }),
    ...(input !== null && { input }),
    ...(more && { more }),
    library: library === null ? null : { id: 'saved', label: library, use: null },
  };
}

/** What a saved report tells of the request that a place in traffic lies in; null for any other place. */
function exchangeIn({
  direction: way,
  label,
  method,
  status,
  isFromWorker,
  initiator,
  pageUrl,
}: Record<string, unknown>): ExchangeFacts | null {
  const direction = directions.find((one) => one === way);
  if (!direction) return null;
  const page = text(pageUrl);
  return {
    name: /^((?:entry|request) \d+): /.exec(string(label))?.[1] ?? '',
    direction,
    method: string(method),
    status: number(status),
    initiator: initiatorOf(record(initiator)),
    pageUrl: page,
    madeBy: page && originOf(page),
    startedAt: null,
    endedAt: null,
    isDocument: false,
    isFromCache: false,
    ...(isFromWorker === true && { isFromWorker }),
    hasCredentials: null,
    asked: [],
    reply: null,
  };
}

/** What a saved report tells of a traced call; null for any other place. */
function callIn({ stack, initiator }: Record<string, unknown>): CallFacts | null {
  if (!Array.isArray(stack)) return null;
  return { script: initiatorOf(record(initiator)), stack: stack.slice(0, mostStackLines).map(string) };
}

/** Lines of a stack that are read. */
const mostStackLines = 50;

function initiatorOf({ url, line }: Record<string, unknown>): Initiator | null {
  return typeof url === 'string' ? { url, line: number(line) } : null;
}

function stepOf({
  at,
  step,
  from,
  to,
  sighting,
  party,
  count,
  lastAt,
  ...told
}: Record<string, unknown>): JourneyStep[] {
  const kind = journeySteps.find((one) => one === step);
  const index = number(sighting);
  if (!kind || index === null) return [];
  const whose = parties.find((one) => one === party);
  const other = text(told.for);
  const times = number(count);
  return [
    {
      at: number(at),
      step: kind,
      from: text(from),
      to: text(to),
      sighting: index,
      ...(other !== null && { for: other }),
      ...(times !== null && { count: times, lastAt: number(lastAt) }),
      ...(whose && { party: whose }),
    },
  ];
}

function repeatsOf({ count, elsewhere, firstAt, lastAt }: Record<string, unknown>): Repeats | null {
  const times = Math.floor(number(count) ?? 0);
  if (times < 1) return null;
  const others = Math.min(times, Math.max(0, Math.floor(number(elsewhere) ?? 0)));
  return { count: times, elsewhere: others, firstAt: number(firstAt), lastAt: number(lastAt) };
}

function linesOf({ line, column, length }: Record<string, unknown>): InLines | null {
  const whole = (value: unknown) => Math.max(0, Math.floor(number(value) ?? 0));
  const place = { line: whole(line), column: whole(column), length: whole(length) };
  return place.line > 0 && place.column > 0 ? place : null;
}

function findingOf(saved: Record<string, unknown>): Finding {
  const under = text(saved.under);
  const muted = text(saved.muted);
  return {
    rule: string(saved.rule),
    severity: oneOf<Severity>(saved.severity, severities, 'info'),
    confidence: confidenceOf(saved.confidence),
    title: string(saved.title),
    says: string(saved.says),
    why: string(saved.why),
    fix: string(saved.fix),
    at: text(saved.at),
    // A file must not put a link of its own under a trusted title.
    references: list(saved.references)
      .map(string)
      .filter((url) => url.startsWith('https://'))
      .slice(0, 20)
      .map((url) => ({ title: url, url })),
    modifiers: list(saved.modifiers).map(string).slice(0, 20),
    ...(Array.isArray(saved.tokens) ? { tokens: saved.tokens.map(string) } : {}),
    ...(under === null ? {} : { under }),
    ...(muted === null ? {} : { muted: { reason: muted } }),
  };
}

function problemOf({ code, message, offset, subject }: Record<string, unknown>): Problem {
  return {
    code: string(code),
    message: string(message),
    ...(number(offset) === null ? {} : { offset: number(offset) ?? 0 }),
    ...(text(subject) === null ? {} : { subject: string(subject) }),
  };
}

function objectOf(value: unknown): JsonObject | null {
  // What was parsed from JSON is JSON.
  return isObject(value as Json) ? (value as JsonObject) : null;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const confidenceOf = (value: unknown) => oneOf<Confidence>(value, confidences, 'possible');

function oneOf<T extends string>(value: unknown, known: readonly T[], otherwise: T): T {
  return known.find((one) => one === value) ?? otherwise;
}
