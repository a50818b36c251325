import { decode } from '../engine/decode/decode.ts';
import { opentokT1 } from '../engine/decode/forms/opentok-t1.ts';
import { zego04 } from '../engine/decode/forms/zego-04.ts';
import { detect } from '../engine/find/detect.ts';
import type { Facts } from '../engine/model/facts.ts';
import type { Token } from '../engine/model/token.ts';
import { projectOfSession } from '../engine/recognise/providers/opentok/opentok-session.ts';
import type { Provider } from '../engine/recognise/providers/provider.ts';
import { recognise } from '../engine/recognise/recognise.ts';
import { valueAt } from '../engine/text/values.ts';
import type { Check, CheckName, IntrospectionReply, IntrospectionRequest } from '../introspection/reply.ts';
import { KeyError, type Signed, type Verdict, verifySignature } from '../verify/index.ts';
import type { ConfiguredKey, ProxyConfig } from './config.ts';
import { askDaily } from './daily.ts';
import { UnknownKeyError } from './fetched-keys.ts';
import { isKeyBindingGood } from './key-binding.ts';
import type { createKeySource } from './key-source.ts';
import { checkRoom } from './room-check.ts';
import { checkShape } from './shape-check.ts';
import type { Surroundings } from './surroundings.ts';
import { checkTime, readSpan, type Span } from './time-check.ts';
import { UpstreamError } from './upstream.ts';

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

/**
 * Judges one token: cheap checks first, so that what is expired or misshapen costs no signature and no vendor call.
 * `active` is true only when every check that is required for this question passed. Never rejects: a check that fails in
 * an unforeseen way has not passed.
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
  const required: CheckName[] = ['shape', 'time', 'signature'];
  let subject: Subject | null = null;
  if (request.room !== undefined) required.push('room');
  try {
    subject = readSubject(request, config, now);
    if (subject) await judge(subject);
    else checks.push({ name: 'shape', outcome: 'failed', reason: 'This is not a token in any known form.' });
  } catch (error) {
    // The message may hold input; the kind of error cannot.
    surroundings.log({ event: 'error', kind: (error as Error | null)?.name ?? 'unknown' });
    checks.push({ name: nextOf(checks), outcome: 'not-checked', reason: 'The token could not be read.' });
  }
  return replyOf(subject, checks, required, now);

  async function judge({ token, provider, facts, span, keys }: Subject): Promise<void> {
    checks.push(checkShape(token, provider, keys.some(isGeneral)));
    checks.push(checkTime(span, now, config.skewSeconds, options.ignoreNbf));
    if (hasFailed(checks)) return;
    const { issuer, usable } = checkIssuer(token, provider, facts, keys);
    const atIssuer = checks.push(issuer) - 1;
    const verified = usable.length ? await verify(token, usable, keySource) : null;
    if (verified?.key) {
      checks[atIssuer] = issuerOf(verified.key);
      if (isPinned(verified.key)) required.push('issuer');
    }
    if (verified) checks.push({ name: 'signature', outcome: verified.outcome, reason: verified.reason });
    checks.push(
      request.room === undefined
        ? { name: 'room', outcome: 'not-checked', reason: 'No room was asked for.' }
        : verified?.key
          ? checkRoom(token, provider, facts, request.room)
          : {
              name: 'room',
              outcome: 'not-checked',
              reason: 'The room of a token is looked at when its signature is good.',
            },
    );
    if (!verified?.key || !asksVendor(verified.key)) return;
    required.push('vendor');
    if (
      !isActive(
        checks,
        required.filter((name) => name !== 'vendor'),
      )
    )
      return;
    const { upstreamTimeoutMs: timeoutMs } = config;
    checks.push(await askDaily(token.text, verified.key, { ignoreNbf: options.ignoreNbf, timeoutMs }, surroundings));
  }
}

function readSubject(request: IntrospectionRequest, config: ProxyConfig, now: number): Subject | null {
  const token = read(request.token);
  if (!token) return null;
  const provider = providerOf(token, request.provider, config.keys);
  return {
    token,
    provider,
    facts: provider?.facts(token) ?? null,
    span: readSpan(token, provider, now),
    keys: keysFor(token, provider, config.keys),
  };
}

/** The whole text must be one token: a text around it would be something else than what was asked. */
function read(text: string): Token | null {
  const hit = detect(text).hits.find(({ token, note }) => token === text && note === null);
  return hit ? decode(hit.token, hit.form) : null;
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

function isGeneral(key: ConfiguredKey): boolean {
  return key.provider === 'oidc';
}

function checkIssuer(
  token: Token,
  provider: Provider | null,
  facts: Facts | null,
  keys: ConfiguredKey[],
): { issuer: Check; usable: ConfiguredKey[] } {
  const name = 'issuer';
  if (!keys.length) {
    const whose = provider ? `tokens of ${provider.name}` : 'tokens of this kind';
    return { issuer: { name, outcome: 'not-checked', reason: `This server has no key for ${whose}.` }, usable: [] };
  }
  const usable = keys.filter((key) => isFor(key, token, facts));
  const [first] = usable;
  if (first) return { issuer: issuerOf(first), usable };
  const reason = 'Issuer, audience or key id is not one this server is configured for.';
  return { issuer: { name, outcome: 'failed', reason }, usable };
}

/** Whether the token is from whom, and for whom, the key is configured. */
function isFor(key: ConfiguredKey, token: Token, facts: Facts | null): boolean {
  const { header, claims } = token;
  const iss = valueAt(claims, 'iss');
  const aud = valueAt(claims, 'aud');
  const audience = Array.isArray(aud) ? aud : [aud];
  // Tokens without `iss` say whose they are by an account: Daily's domain, Vonage's application, an API key.
  const named = iss === undefined ? signedTenant(token, facts) : iss;
  return (
    (key.kid === undefined || key.kid === header?.kid) &&
    (!key.issuer?.length || key.issuer.some((one) => one === named)) &&
    (!key.audience?.length || key.audience.some((one) => audience.includes(one)))
  );
}

/** The account as far as the signature covers it: a `T1==` token writes its project outside, and inside its session's name. */
function signedTenant({ form, claims }: Token, facts: Facts | null): string | null {
  if (form !== opentokT1.id) return facts?.tenant ?? null;
  const session = valueAt(claims, 'session_id');
  return typeof session === 'string' ? projectOfSession(session) : null;
}

function isPinned(key: ConfiguredKey): boolean {
  return Boolean(key.issuer?.length || key.audience?.length || key.kid !== undefined);
}

function issuerOf(key: ConfiguredKey): Check {
  return isPinned(key)
    ? { name: 'issuer', outcome: 'passed', reason: 'Issuer, audience and key id are as configured.' }
    : { name: 'issuer', outcome: 'not-checked', reason: 'No issuer is configured; the key alone decides.' };
}

/** With `key`, the one that verified it. */
type Verified = Verdict & { key?: ConfiguredKey };

async function verify(token: Token, keys: ConfiguredKey[], keySource: KeySource): Promise<Verified> {
  let last: Verdict = { outcome: 'not-checked', reason: 'There is no key to verify it with.' };
  for (const key of keys) {
    last = await verifyWith(token, key, keySource);
    if (last.outcome === 'passed') return { ...last, key };
  }
  return last;
}

async function verifyWith(token: Token, key: ConfiguredKey, keySource: KeySource): Promise<Verdict> {
  try {
    let verdict = await verifySignature(token, await keySource.keysFor(key, token));
    const newer = verdict.outcome === 'failed' ? await keySource.newerKeysFor(key, token) : null;
    if (newer) verdict = await verifySignature(token, newer);
    if (verdict.outcome !== 'passed') return verdict;
    if (!(await isKeyBindingGood(token))) {
      return { outcome: 'failed', reason: 'The key binding is not by the key that the issuer named, over this token.' };
    }
    return differs(token, key, verdict.signed) ?? verdict;
  } catch (error) {
    if (error instanceof UnknownKeyError) return { outcome: 'failed', reason: error.message };
    const told = error instanceof UpstreamError || error instanceof KeyError;
    return { outcome: 'not-checked', reason: told ? error.message : 'The configured key could not be used.' };
  }
}

/** Every check above went by the token as it was read; it counts only when just that was signed. */
function differs(token: Token, key: ConfiguredKey, signed: Signed | undefined): Verdict | null {
  if (token.form === opentokT1.id) {
    const project = signedTenant(token, null);
    return project === null || project === token.claims?.partner_id
      ? null
      : { outcome: 'failed', reason: 'The project written outside is not that of the session.' };
  }
  if (!signed) return null;
  if (token.form === zego04.id) {
    return signed.claims?.expire === token.claims?.expire
      ? null
      : { outcome: 'failed', reason: 'The expiry written outside is not the one inside.' };
  }
  if (JSON.stringify(signed.claims) !== JSON.stringify(token.claims)) {
    return { outcome: 'failed', reason: 'What was signed reads differently from what the token says.' };
  }
  return key.kid !== undefined && signed.header?.kid !== key.kid
    ? { outcome: 'failed', reason: 'The key id is not part of what was signed.' }
    : null;
}

function asksVendor(key: ConfiguredKey): boolean {
  return key.provider === 'daily' && key.askVendor !== false && key.secret !== undefined;
}

function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(({ outcome }) => outcome === 'failed');
}

function isActive(checks: readonly Check[], required: readonly CheckName[]): boolean {
  const hasPassed = (name: CheckName) => checks.some((check) => check.name === name && check.outcome === 'passed');
  return !hasFailed(checks) && required.every(hasPassed);
}

/** The check that was under way when something broke. */
function nextOf(checks: readonly Check[]): CheckName {
  const order: CheckName[] = ['shape', 'time', 'issuer', 'signature', 'room', 'vendor'];
  return order.find((name) => !checks.some((check) => check.name === name)) ?? 'vendor';
}

function replyOf(
  subject: Subject | null,
  checks: Check[],
  required: readonly CheckName[],
  now: number,
): IntrospectionReply {
  const active = isActive(checks, required);
  const asked = checks.some(({ name, outcome }) => name === 'vendor' && outcome !== 'not-checked');
  const provider = subject?.provider ?? null;
  return {
    active,
    ...(active && subject ? registered(subject.token, subject.span) : {}),
    roomkey: {
      version: 1,
      answeredBy: asked ? `${provider?.name ?? 'the vendor'} and this server` : 'this server',
      checkedAt: Math.floor(now),
      provider: provider?.id ?? null,
      checks,
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
