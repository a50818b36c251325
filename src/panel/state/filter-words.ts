import { timeStatuses } from '../../engine/model/facts.ts';
import type { Subject } from '../../engine/model/report.ts';
import { severities } from '../../engine/model/report.ts';
import type { Token } from '../../engine/model/token.ts';
import type { Json } from '../../engine/text/json.ts';
import { leavesOf } from '../words/json-path.ts';
import type { Row } from './row.ts';

type Texts = Iterable<string | null | undefined>;

/** A word of the filter, written before a colon: what it looks at. */
export interface FilterWord {
  name: string;
  /** What it finds, as a completion says it. */
  means: string;
  /** What a row has to say to it. */
  texts: (row: Row) => Texts;
  /** All there is to say, where that is a short list: a value is one of them, or begins one. Elsewhere it is a part of a text. */
  known?: readonly string[];
  /** Where a value is the beginning of a text. */
  isBeginning?: true;
}

const states: Record<string, (row: Row) => boolean> = {
  host: ({ subject }) => subject.facts.role === 'host',
  guest: ({ subject }) => subject.facts.role === 'participant' || subject.facts.role === 'viewer',
  participant: ({ subject }) => subject.facts.role === 'participant',
  viewer: ({ subject }) => subject.facts.role === 'viewer',
  server: ({ subject }) => subject.facts.role === 'server',
  valid: ({ subject }) => subject.times.status === 'active',
  expired: ({ subject }) => subject.times.status === 'expired',
  early: ({ subject }) => subject.times.status === 'not-yet-valid',
  endless: ({ subject }) => subject.times.status === 'never-expires',
  here: ({ goneAt }) => goneAt === null,
  gone: ({ goneAt }) => goneAt !== null,
  readable: ({ subject }) =>
    subject.sightings.some(({ place, goneAt }) => goneAt === null && place.traits.readableByScripts === true),
  damaged: ({ subject }) => subject.token.problem !== null,
};

const things: Record<string, (row: Row) => boolean> = {
  finding: ({ findings }) => findings.some(({ muted }) => !muted),
  muted: ({ findings }) => findings.some(({ muted }) => muted),
  room: ({ subject }) => Boolean(subject.facts.room),
  user: ({ subject }) => Boolean(subject.facts.userId ?? subject.facts.displayName),
  expiry: ({ subject }) => subject.times.expiresAt !== null,
  versions: ({ versions }) => versions.length > 0,
};

/** Claims looked at of one token at most. */
const mostClaims = 500;

/** In the order in which they are offered. */
export const filterWords: readonly FilterWord[] = [
  oneOf('is', 'What it is: is:host, is:expired, is:gone', states),
  oneOf('has', 'What it has: has:finding, has:muted', things),
  word('platform', 'Platform', ({ subject: { provider } }) => [provider?.id ?? 'unknown', provider?.name]),
  word('room', 'Room', ({ subject }) => [subject.facts.room]),
  word('user', 'Name or id of the person', ({ subject }) => [subject.facts.displayName, subject.facts.userId]),
  word('role', 'Role, also in the platform’s words', ({ subject }) => [subject.facts.role, subject.facts.vendorRole]),
  word('place', 'Where it lies: a kind of storage, a key, a label', placesOf),
  word('origin', 'Origin of the place', ({ subject }) => subject.sightings.map(({ place }) => place.origin)),
  word('source', 'Kind of place', ({ subject }) => subject.sightings.map(({ place }) => place.source)),
  {
    ...word('severity', 'Severity of one of its findings', ({ findings }) => findings.map(({ severity }) => severity)),
    known: severities,
  },
  word('rule', 'Rule of one of its findings', ({ findings }) => findings.map(({ rule }) => rule)),
  { ...word('status', 'Validity', ({ subject }) => [subject.times.status]), known: timeStatuses },
  word('claim', 'Claim, as name=value', ({ subject }) => claimsOf(subject)),
  word('use', 'What it is for', ({ subject }) => [subject.facts.use]),
  word('form', 'Form of the token', ({ subject }) => [subject.token.form]),
  word('alg', 'Algorithm of the signature', ({ subject }) => [textOf(subject.token.header?.alg)]),
  {
    ...word('id', 'SHA-256 of the token, or its beginning', (row) => tokensOf(row).map(({ id }) => id)),
    isBeginning: true,
  },
];

function word(name: string, means: string, texts: FilterWord['texts']): FilterWord {
  return { name, means, texts };
}

function oneOf(name: string, means: string, tests: Record<string, (row: Row) => boolean>): FilterWord {
  const known = Object.keys(tests);
  return { name, means, known, texts: (row) => known.filter((one) => tests[one]?.(row)) };
}

/** The word that is written so; undefined where there is none. */
export function filterWord(name: string): FilterWord | undefined {
  return filterWords.find((one) => one.name === name);
}

function placesOf({ subject }: Row): Texts {
  return subject.sightings.flatMap(({ place, path }) => [
    place.label,
    place.source,
    place.key,
    place.traits.storage,
    path,
  ]);
}

const claims = new WeakMap<Token, readonly string[]>();

/** Header and claims, each as `name=value`. */
function claimsOf({ token }: Subject): readonly string[] {
  const known = claims.get(token);
  if (known) return known;
  const parts: Json[] = [token.header, token.claims];
  const all = parts.flatMap((part) =>
    part === null ? [] : [...leavesOf(part, mostClaims)].map(([path, value]) => `${path}=${textOf(value)}`),
  );
  claims.set(token, all);
  return all;
}

/** A value as it is written in a filter. */
export function textOf(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value).slice(0, 200);
}

/** A row's token, those inside it, and those that it renewed. */
export function tokensOf({ subject, versions }: Row): Token[] {
  return [subject, ...versions].flatMap(({ token }) => [token, ...token.inner.map((inner) => inner.token)]);
}

/** What words without a colon are looked for in. */
export function plainTexts({ subject, findings }: Row): Texts {
  const { facts, provider, times, token, sightings } = subject;
  return [
    provider?.name,
    provider?.id,
    facts.product,
    facts.room,
    facts.userId,
    facts.displayName,
    facts.tenant,
    facts.role,
    facts.vendorRole,
    times.status,
    token.form,
    ...sightings.flatMap(({ place }) => [place.label, place.origin]),
    ...findings.flatMap(({ rule, title }) => [rule, title]),
  ];
}
