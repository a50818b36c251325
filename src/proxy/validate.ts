import { decode } from '../engine/decode/decode.ts';
import { detect } from '../engine/find/detect.ts';
import type { Facts } from '../engine/model/facts.ts';
import type { Token } from '../engine/model/token.ts';
import { providers } from '../engine/recognise/providers/index.ts';
import type { Provider } from '../engine/recognise/providers/provider.ts';
import { recognise } from '../engine/recognise/recognise.ts';
import { valueAt } from '../engine/text/values.ts';
import type {
  Check,
  CheckName,
  IntrospectionReply,
  IntrospectionRequest,
  VendorAnswer,
} from '../introspection/reply.ts';
import { isGeneral } from '../judge/profiles/general.ts';
import { profileOf } from '../judge/profiles/index.ts';
import { judge as judgeBy } from '../judge/profiles/judge.ts';
import type { Profile, Question, ServerSettings, Taken } from '../judge/profiles/profile.ts';
import { checkShape } from '../judge/shape-check.ts';
import { checkTime, readSpan, type Span } from '../judge/time-check.ts';
import { KeyError, type Verdict } from '../verify/index.ts';
import type { ConfiguredKey, ProxyConfig } from './config.ts';
import { UnknownKeyError } from './fetched-keys.ts';
import type { createKeySource } from './key-source.ts';
import type { Surroundings } from './surroundings.ts';
import { UpstreamError } from './upstream.ts';
import { type Vendor, vendorOf } from './vendor.ts';

type KeySource = ReturnType<typeof createKeySource>;

export interface ValidateOptions {
  /** Accept a token whose `nbf` is still to come. */
  ignoreNbf: boolean;
}

/** What was read of a token, before anything of it is believed. */
interface Subject {
  token: Token;
  provider: Provider | null;
  facts: Facts | null;
  span: Span;
  /** Configured keys for tokens like it. */
  keys: ConfiguredKey[];
}

/** What one configured key makes of a token. */
interface Trial {
  question: Question;
  key: ConfiguredKey;
  profile: Profile;
  /** Who may be asked besides; null for nobody. */
  vendor: Vendor | null;
  checks: Check[];
  required: CheckName[];
  taken: Taken[];
  says: VendorAnswer | null;
}

/** Most keys for one token that a vendor is asked with. */
const mostAsked = 5;

/**
 * Judges one token by the profile of each configured key it may be for: cheap checks first, so that what is expired or misshapen
 * costs no signature and no vendor call. `active` is true only when every check that is required for this question passed. Never
 * rejects: a check that fails in an unforeseen way has not passed.
 */
export async function validate(
  request: IntrospectionRequest,
  options: ValidateOptions,
  config: ProxyConfig,
  surroundings: Surroundings,
  keySource: KeySource,
): Promise<IntrospectionReply> {
  const now = surroundings.now();
  const checks: Check[] = [];
  let subject: Subject | null = null;
  try {
    if (request.token === '') return withoutToken(request, config, now);
    subject = readSubject(request, config, now);
    if (!subject) {
      checks.push({ name: 'shape', outcome: 'failed', reason: unreadable(request.token) });
      return replyOf({ subject, checks, required: alwaysRequired, now });
    }
    if (!subject.keys.length) return replyOf({ ...withoutKey(subject, options, config, now), now });
    const trials = subject.keys.map((key) => trialOf(key, subject as Subject, request, options, config, now));
    for (const trial of trials) await judge(trial, keySource);
    await askVendors(trials, config, surroundings);
    const best = bestOf(trials);
    if (best) return replyOf({ subject, ...best, now });
  } catch (error) {
    // The message may hold input; the kind of error cannot.
    surroundings.log({ event: 'error', kind: (error as Error | null)?.name ?? 'unknown' });
    checks.push({ name: 'shape', outcome: 'not-checked', reason: 'The token could not be read.' });
  }
  return replyOf({ subject, checks, required: alwaysRequired, now });
}

const alwaysRequired: readonly CheckName[] = ['shape', 'time', 'signature'];

function readSubject(request: IntrospectionRequest, config: ProxyConfig, now: number): Subject | null {
  const read = readToken(request, config.keys);
  if (!read) return null;
  const { token, provider } = read;
  return {
    token,
    provider,
    facts: provider?.facts(token) ?? null,
    span: readSpan(token, provider, now),
    keys: keysFor(token, provider, config.keys),
  };
}

/**
 * The whole text must be one token: a text around it would be something else than what was asked. A platform whose server takes
 * for a token what nobody else does reads it itself.
 */
function readToken(
  { token: text, provider: hint }: IntrospectionRequest,
  keys: readonly ConfiguredKey[],
): { token: Token; provider: Provider | null } | null {
  const hit = detect(text).hits.find(({ token, note }) => token === text && note === null);
  const token = hit ? decode(hit.token, hit.form) : null;
  const known = token && providerOf(token, hint, keys);
  // What looks like a sign-in token of nobody served here may be one to a call platform that asks for little.
  if (token && known && (known.kind === 'video' || keysFor(token, known, keys).length)) {
    const isServed = keys.some((key) => key.provider === known.id);
    return { token: (isServed && profileOf(known.id).read?.(text)) || token, provider: known };
  }
  if (token && keysFor(token, null, keys).length) return { token, provider: null };
  for (const key of keys.filter((one) => hint === undefined || one.provider === hint)) {
    const own = profileOf(key.provider).read?.(text);
    const provider = providers.find(({ id }) => id === key.provider);
    if (own && provider) return { token: own, provider };
  }
  return token && { token, provider: known };
}

/** What may be said of a text that is no token. */
function unreadable(text: string): string {
  return text === text.trim()
    ? 'This is not a token in any known form.'
    : 'White space stands around the token, which is so none that a server would take.';
}

/**
 * The engine decides. Of several platforms that fit, those with keys come first: a shape that two share is that of the one
 * that is served here. The caller's hint only chooses among these, and never away from a call platform: whoever asks must not
 * have its token judged as a mere sign-in.
 */
function providerOf(token: Token, hint: string | undefined, keys: readonly ConfiguredKey[]): Provider | null {
  const fitting = recognise(token).map(({ provider }) => provider);
  const served = fitting.filter((provider) => keysFor(token, provider, keys).length > 0);
  const among = served.length ? served : fitting;
  const [best] = among;
  const hinted = among.find(({ id, kind }) => id === hint && (kind === 'video' || best?.kind !== 'video'));
  return hinted ?? best ?? null;
}

/**
 * A platform's own keys, and general ones (`oidc`) for whatever their issuers sign. Where a call platform has keys of its
 * own, a sign-in service's do not count: it may let its users choose claims that mean a room there.
 */
function keysFor({ claims }: Token, provider: Provider | null, keys: readonly ConfiguredKey[]): ConfiguredKey[] {
  const own = keys.filter((key) => key.provider === provider?.id);
  if (provider?.kind === 'video' && own.length) return own;
  const iss = valueAt(claims, 'iss');
  return [
    ...own,
    ...keys.filter((key) => !own.includes(key) && isGeneral(key) && key.issuer?.some((one) => one === iss)),
  ];
}

function withoutKey(subject: Subject, { ignoreNbf }: ValidateOptions, config: ProxyConfig, now: number) {
  const { token, provider, span } = subject;
  const checks = [checkShape(token, provider, false), checkTime(span, now, config.skewSeconds, ignoreNbf)];
  if (!hasFailed(checks)) {
    const whose = provider ? `tokens of ${provider.name}` : 'tokens of this kind';
    checks.push({ name: 'issuer', outcome: 'not-checked', reason: `This server has no key for ${whose}.` });
  }
  return { subject, checks, required: alwaysRequired };
}

/** Some servers let people in without any token, and tell so where they are asked by name. */
function withoutToken({ provider }: IntrospectionRequest, { keys }: ProxyConfig, now: number): IntrospectionReply {
  const isOpen = keys.some((key) => key.provider === provider && key.allowEmptyToken === true);
  const reason = isOpen
    ? 'The server lets people in without a token; a room may still refuse them.'
    : 'There is no token, and the server does not let people in without one.';
  const checks: Check[] = [{ name: 'shape', outcome: isOpen ? 'passed' : 'failed', reason }];
  return replyOf({ subject: null, checks, required: ['shape'], now });
}

function trialOf(
  key: ConfiguredKey,
  { token, provider, facts, span }: Subject,
  { room, tenant }: IntrospectionRequest,
  { ignoreNbf }: ValidateOptions,
  { skewSeconds }: ProxyConfig,
  now: number,
): Trial {
  const asked = { ...(room === undefined ? {} : { room }), ...(tenant === undefined ? {} : { tenant }) };
  return {
    question: { token, provider, facts, span, key: settingsOf(key), now, skewSeconds, ignoreNbf, ...asked },
    key,
    profile: profileOf(key.provider),
    vendor: vendorOf(key.provider),
    checks: [],
    required: [...alwaysRequired, ...(room === undefined ? [] : (['room'] as const))],
    taken: [],
    says: null,
  };
}

/** What a profile has to know of a configured key, without the key. */
function settingsOf(key: ConfiguredKey): ServerSettings {
  const { secret, secretBase64, publicKey: _, keyServer, jwks, discovery, ...settings } = key;
  return {
    ...settings,
    isShared: secret !== undefined || secretBase64 !== undefined,
    isLookedUp: keyServer !== undefined || jwks !== undefined || discovery !== undefined,
  };
}

/** Every check but the vendor's. */
async function judge(trial: Trial, keySource: KeySource): Promise<void> {
  const { question, profile, checks } = trial;
  const judged = await judgeBy(profile, question, () => verify(trial, keySource));
  trial.taken = judged.taken;
  checks.push(...judged.checks);
  const issuer = checks.find(({ name }) => name === 'issuer');
  if (!issuer) return;
  if (issuer.outcome === 'passed') trial.required.push('issuer');
  checks.push(checkRoom(trial));
}

function checkRoom({ question, profile, checks }: Trial): Check {
  const name = 'room';
  if (question.room === undefined) return { name, outcome: 'not-checked', reason: 'No room was asked for.' };
  if (hasPassed(checks, 'signature') || hasPassed(checks, 'vendor')) return profile.checkRoom(question);
  return { name, outcome: 'not-checked', reason: 'The room of a token is looked at when its signature is good.' };
}

async function verify({ question, key, profile }: Trial, keySource: KeySource): Promise<Verdict> {
  const { token } = question;
  try {
    const verdict = await profile.verify(question, await keySource.keysFor(key, token));
    const newer = verdict.outcome === 'failed' ? await keySource.newerKeysFor(key, token) : null;
    return newer ? await profile.verify(question, newer) : verdict;
  } catch (error) {
    if (error instanceof UnknownKeyError) return { outcome: 'failed', reason: error.message };
    const told = error instanceof UpstreamError || error instanceof KeyError;
    return { outcome: 'not-checked', reason: told ? error.message : 'The configured key could not be used.' };
  }
}

/**
 * Asks the vendor about what passed so far; where no key matched, with each key whose account may have signed it. A vendor that
 * accepts a token vouches for its signature.
 */
async function askVendors(trials: readonly Trial[], config: ProxyConfig, surroundings: Surroundings): Promise<void> {
  const asked = trials.filter(({ vendor, key }) => vendor?.isAsked(key));
  for (const trial of asked) trial.required.push('vendor');
  const verified = asked.filter(({ checks, required }) => isActive(checks, required, ['vendor']));
  const unmatched = asked.filter(({ vendor, question, checks }) => {
    const others = checks.filter(({ name }) => name !== 'signature' && name !== 'room');
    return isSigned(checks, 'failed') && !hasFailed(others) && vendor?.mayKnow(question);
  });
  const isElsewhere = trials.some(({ checks }) => isSigned(checks, 'passed'));
  for (const trial of isElsewhere ? verified.slice(0, 1) : unmatched.slice(0, mostAsked)) {
    await askVendor(trial, config, surroundings);
    if (hasPassed(trial.checks, 'vendor')) return;
  }
}

async function askVendor(trial: Trial, config: ProxyConfig, surroundings: Surroundings): Promise<void> {
  const { question, key, vendor, checks } = trial;
  const answer = await vendor?.ask(question, key, config.upstreamTimeoutMs, surroundings);
  if (!answer) return;
  trial.says = answer.says;
  checks.push(answer.check);
  const at = checks.findIndex(({ name }) => name === 'signature');
  if (answer.check.outcome !== 'passed' || checks[at]?.outcome === 'passed') return;
  const reason =
    'It is signed with none of the keys configured here, and the vendor, which knows them all, accepts it.';
  checks[at] = { name: 'signature', outcome: 'not-checked', reason };
  trial.required = trial.required.filter((name) => name !== 'signature');
  checks[checks.findIndex(({ name }) => name === 'room')] = checkRoom(trial);
}

/** The one that lets the token in; else the one that got farthest. */
function bestOf(trials: readonly Trial[]): Trial | undefined {
  const rank = ({ checks, required }: Trial) => {
    if (isActive(checks, required)) return 4;
    if (isSigned(checks, 'passed')) return 3;
    if (isSigned(checks, 'failed')) return 2;
    return checks.length > 2 ? 1 : 0;
  };
  // Of several that failed alike the last tells, as before it the others were tried.
  return trials.reduce<Trial | undefined>((best, one) => (!best || rank(one) > rank(best) ? one : best), undefined);
}

function isSigned(checks: readonly Check[], outcome: Check['outcome']): boolean {
  return checks.some((check) => check.name === 'signature' && check.outcome === outcome);
}

function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(({ outcome }) => outcome === 'failed');
}

function hasPassed(checks: readonly Check[], name: CheckName): boolean {
  return checks.some((check) => check.name === name && check.outcome === 'passed');
}

function isActive(checks: readonly Check[], required: readonly CheckName[], but: readonly CheckName[] = []): boolean {
  return !hasFailed(checks) && required.every((name) => but.includes(name) || hasPassed(checks, name));
}

interface Outcome {
  subject: Subject | null;
  checks: Check[];
  required: readonly CheckName[];
  now: number;
  profile?: Profile;
  taken?: Taken[];
  says?: VendorAnswer | null;
}

function replyOf({ subject, checks, required, now, profile, taken = [], says = null }: Outcome): IntrospectionReply {
  const active = isActive(checks, required);
  const asked = checks.some(({ name, outcome }) => name === 'vendor' && outcome !== 'not-checked');
  const provider = subject?.provider ?? null;
  const irregularities = active ? [...new Set(taken.map(({ code }) => code))] : [];
  return {
    active,
    ...(active && subject ? registered(subject.token, subject.span) : {}),
    roomkey: {
      version: 1,
      answeredBy: asked ? `${provider?.name ?? 'the vendor'} and this server` : 'this server',
      checkedAt: Math.floor(now),
      provider: provider?.id ?? null,
      checks,
      ...(profile ? { profile: profile.id } : {}),
      ...(irregularities.length ? { irregularities } : {}),
      ...(says && Object.keys(says).length ? { vendor: says } : {}),
    },
  };
}

/** RFC 7662 §2.2: the registered claims of an active token. */
function registered({ claims }: Token, span: Span): Partial<IntrospectionReply> {
  const out: Partial<IntrospectionReply> = {};
  for (const name of ['sub', 'iss', 'jti', 'scope', 'client_id'] as const) {
    const value = claims?.[name];
    if (typeof value === 'string') out[name] = value;
  }
  const aud = claims?.aud;
  if (typeof aud === 'string') out.aud = aud;
  else if (Array.isArray(aud)) out.aud = aud.filter((one) => typeof one === 'string');
  if (span.expiresAt !== null) out.exp = span.expiresAt;
  if (span.issuedAt !== null) out.iat = span.issuedAt;
  if (span.notBefore !== null) out.nbf = span.notBefore;
  return out;
}
