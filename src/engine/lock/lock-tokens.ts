import { type Privilege, privileges, type Times } from '../model/facts.ts';
import type { Finding, Report, Subject } from '../model/report.ts';
import type { JsonObject } from '../text/json.ts';
import { byText, sortedTexts } from './canonical.ts';
import { inputNames } from './input-names.ts';
import { type LockedKind, type LockedPlace, mostKinds, mostPlaces, type TokenLock } from './lock-file.ts';
import { lockedPlace } from './locked-place.ts';
import { hostPattern, namePattern, valuePattern } from './name-pattern.ts';
import { isSameSpan, isToSetTime, spanSeconds, spanWords, toSetTime } from './span.ts';

export interface LockOptions {
  /** Tell the file of each place, by its name as a pattern: where the host's page and the guest's are files of their own. */
  byInput?: boolean;
}

/** Whether tokens lie in several inputs. */
export function isOfSeveral(report: Report): boolean {
  return inputsOf(report).size > 1;
}

/** Whether a lock tells the files of its places, so that what is compared with it has to, too. */
export function tellsInputs({ kinds }: TokenLock): boolean {
  return kinds.some(({ places }) => places.some(({ input }) => input !== undefined));
}

/**
 * What the tokens of a report are, as a lock: one entry for each kind, whatever the number of its tokens, with all places in which it
 * was seen, also those that it has left since. Tokens are of one kind where they differ in nothing but secrets, ids, times and
 * places. Follows from the report alone, not from its clock or the order of what happened. Pure, and never throws.
 */
export function lockTokens(report: Report, { byInput = false }: LockOptions = {}): TokenLock {
  const kinds = new Map<string, Growing>();
  const inputs = byInput ? inputNames(inputsOf(report)) : null;
  let isMore = report.problems.some(({ code }) => incomplete.has(code));
  for (const subject of report.subjects) {
    const setting = settingOf(subject, report.now);
    const key = JSON.stringify(setting);
    const known = kinds.get(key) ?? { setting, findings: new Set(), places: new Map() };
    if (!kinds.has(key) && kinds.size >= mostKinds) isMore = true;
    else kinds.set(key, known);
    grow(known, subject, report.now, inputs);
  }
  const joined = alikeJoined([...kinds.values()]);
  // A place that is not listed could come and go.
  if (joined.some(({ places }) => places.size > mostPlaces)) isMore = true;
  return {
    lock: 1,
    policy: namePattern(report.policy),
    kinds: joined.map(kindOf).sort(byText),
    findings: lasting(report.findings),
    ...(isMore && { unlisted: true as const }),
  };
}

function inputsOf({ subjects }: Report): Set<string> {
  const names = subjects.flatMap(({ sightings }) => sightings.map(({ input }) => input));
  return new Set(names.filter((name) => name !== undefined));
}

/** Problems of reports that lack tokens. */
const incomplete = new Set(['many-tokens', 'not-all-judged']);

/** What tokens of a kind have in common; it tells the kind. */
type Setting = Omit<LockedKind, 'findings' | 'places'>;

/** A kind to which tokens are still added. */
interface Growing {
  setting: Setting;
  findings: Set<string>;
  /** By what they are written as. */
  places: Map<string, LockedPlace>;
}

function grow(
  { findings, places }: Growing,
  subject: Subject,
  now: number,
  inputs: ReadonlyMap<string, string> | null,
): void {
  for (const rule of lasting(subject.findings)) findings.add(rule);
  for (const sighting of subject.sightings) {
    const place = lockedPlace(sighting, now, inputs);
    places.set(JSON.stringify(place), place);
  }
}

/** Kinds that differ in nothing but a few seconds of life, or in what is left of it, are one, called by the shorter. */
function alikeJoined(kinds: readonly Growing[]): Growing[] {
  const length = ({ setting }: Growing) => spanSeconds(setting.lives) ?? 0;
  const bySetting = new Map<string, Growing[]>();
  for (const kind of [...kinds].sort((a, b) => length(a) - length(b))) {
    const key = JSON.stringify({ ...kind.setting, lives: '' });
    const others = bySetting.get(key) ?? [];
    const alike = others.find(
      ({ setting }) =>
        isSameSpan(setting.lives, kind.setting.lives) ||
        (isToSetTime(setting.lives) && isToSetTime(kind.setting.lives)),
    );
    // How much is left of a life that began nobody knows when is told of the one of which most is left.
    if (alike && isToSetTime(alike.setting.lives)) alike.setting = kind.setting;
    bySetting.set(key, alike ? others : [...others, kind]);
    for (const rule of alike ? kind.findings : []) alike?.findings.add(rule);
    for (const [text, place] of alike ? kind.places : []) alike?.places.set(text, place);
  }
  return [...bySetting.values()].flat();
}

function kindOf({ setting, findings, places }: Growing): LockedKind {
  const all = [...places.values()].sort(byText);
  if (all.length === 0) all.push({ in: 'no known place' });
  if (all.length > mostPlaces) all.splice(mostPlaces - 1, all.length, { in: 'more places than are listed' });
  return { ...setting, findings: sortedTexts([...findings]), places: all };
}

function settingOf({ token, provider, facts, times, sightings }: Subject, now: number): Setting {
  const { use, role, roomScope, room, tenant, vendorRole, product } = facts;
  const claims = token.claims ?? {};
  const seenAt = sightings.reduce<number | null>((first, { seenAt: at }) => earlier(first, at), null) ?? now;
  return {
    ...(provider && { platform: provider.id, name: provider.name.slice(0, 100) }),
    form: token.form,
    ...(product && { product: product.slice(0, 100) }),
    use,
    role,
    ...(vendorRole && { vendorRole: namePattern(vendorRole) }),
    rooms: roomScope,
    ...(room !== null && roomScope !== 'all-rooms' && { room: namePattern(room) }),
    ...(tenant && { tenant: valuePattern(tenant) }),
    ...issuerOf(claims),
    ...audienceOf(claims),
    person: personOf(facts),
    ...algorithmOf(token.header),
    lives: livesOf(times, seenAt),
    ...startOf(times),
    ...rightsOf(facts),
    ...(use === 'video-join' ? {} : scopesOf(claims)),
    header: namesOf(token.header),
    claims: namesOf(token.claims),
  };
}

/** Rules about where a token lies as long as it is there: places tell the same, also of what is gone. */
const ofPlaces =
  /^(?:cookie|storage)-|^token-in-(?!redirect)|^(?:refresh-token-stored|script-readable|token-cross-frame|url-persisted)$/;

/** What rules say that follows from when one looks, or from how the looking was done. */
const passing = new Set([
  'clock-skew-suspected',
  'exp-expired',
  'exp-soon',
  'expired-token-stored',
  'har-contains-tokens',
  'iat-future',
  // Told as how long it lives.
  'lifetime-long',
  'multiple-copies',
  'nbf-future',
  'token-reused-tabs',
  'token-survives-logout',
  'video-expires-during-call',
]);

/** Rules that found something, muted or not, by name: what holds of a token wherever it lies just now. Severities change with the clock and the policy. */
function lasting(findings: readonly Finding[]): string[] {
  return sortedTexts(findings.map(({ rule }) => rule).filter((rule) => !passing.has(rule) && !ofPlaces.test(rule)));
}

function rightsOf({ privileges: grants }: Subject['facts']): Pick<LockedKind, 'may' | 'mayNot'> {
  const thatAre = (allowed: boolean): Privilege[] => privileges.filter((name) => grants[name]?.allowed === allowed);
  return { may: thatAre(true), mayNot: thatAre(false) };
}

/** Ids that stand for nobody in particular, and tell something. */
const impersonal =
  /^(?:admin|administrator|anon|anonymous|bot|guest|host|moderator|nobody|none|null|root|system|test|undefined|user|0)$/i;

/** Who holds it is a person, and no name of one is told: only what is said of them. */
function personOf({ userId, displayName }: Subject['facts']): string {
  const id = userId?.trim() ? idWords(userId.trim()) : null;
  const name = displayName?.trim() ? nameWords(displayName.trim()) : null;
  return [id, name].filter((one) => one !== null).join(' and ') || 'nobody';
}

function idWords(id: string): string {
  const host = mailHost(id);
  if (host) return `an address at ${host}`;
  return impersonal.test(id) ? `the id ${id.toLowerCase()}` : 'an id';
}

function nameWords(name: string): string {
  const host = mailHost(name);
  return host ? `an address at ${host} as name` : 'a name';
}

function mailHost(text: string): string | null {
  const [, host] = /^[^\s@]{1,64}@([a-z\d.-]{1,200}\.[a-z]{2,24})$/i.exec(text.slice(0, 300)) ?? [];
  return host === undefined ? null : hostPattern(host.toLowerCase());
}

/** Names of algorithms have a form; what has none is not told. */
function algorithmOf(header: JsonObject | null): { alg?: string } {
  const alg = header?.alg;
  if (typeof alg !== 'string') return {};
  return {
    alg: /^[A-Za-z]{2,8}\d{0,4}(?:[-+][A-Z]{1,4}\d{0,4}(?:[A-Z]{1,2})?){0,3}$/.test(alg) ? alg : namePattern(alg),
  };
}

/** @param seenAt when it was seen first, in seconds since the epoch: what is left then is all that is known of a life without a beginning */
function livesOf({ lifetimeSeconds, status, expiresAt, endsWith, notSeconds }: Times, seenAt: number): string {
  if (notSeconds?.some(({ says }) => says !== 'issued')) return 'for a time in another unit than seconds';
  if (lifetimeSeconds !== null) return spanWords(lifetimeSeconds);
  if (endsWith) return `as long as ${endsWith}`;
  if (status === 'never-expires') return 'for ever';
  return expiresAt === null ? 'for a time that is not told' : toSetTime(expiresAt - seenAt);
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

/** Only where it is valid later than it was issued, by more than clocks differ. */
function startOf({ issuedAt, notBefore }: Times): { starts?: string } {
  if (issuedAt === null || notBefore === null || notBefore - issuedAt <= 60) return {};
  return { starts: `${spanWords(notBefore - issuedAt)} after it was issued` };
}

/** Issuers that are addresses; others are keys and ids. */
function issuerOf({ iss }: JsonObject): { issuer?: string } {
  if (typeof iss !== 'string' || !/^https?:\/\/.|^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/.test(iss)) return {};
  return { issuer: valuePattern(iss) };
}

function audienceOf({ aud }: JsonObject): { audience?: string[] } {
  const all = textsOf(aud).map(valuePattern);
  return all.length > 0 ? { audience: sortedTexts(all) } : {};
}

/** What a token other than a call's lets its holder do, as its own claims call it. */
function scopesOf(claims: JsonObject): { scopes?: string[] } {
  const scopes = [claims.scope, claims.scp].flatMap((value) =>
    typeof value === 'string' ? value.slice(0, 4000).split(/[\s,]+/) : textsOf(value),
  );
  const named = (['role', 'roles', 'groups', 'permissions'] as const).flatMap((name) =>
    textsOf(Object.hasOwn(claims, name) ? claims[name] : null).map((value) => `${name} ${namePattern(value)}`),
  );
  const all = [...scopes.filter((scope) => scope !== '').map(valuePattern), ...named];
  return all.length > 0 ? { scopes: sortedTexts(all) } : {};
}

/** A text, or the texts of a list; the first hundred. */
function textsOf(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value.slice(0, 100) : [value];
  return all.filter((one) => typeof one === 'string');
}

/** Most members of a header or payload that are told by name. */
const mostNames = 100;

function namesOf(members: JsonObject | null): string[] {
  return sortedTexts(
    Object.keys(members ?? {})
      .slice(0, mostNames)
      .map(valuePattern),
  );
}
