import type { Capture } from '../../model/capture.ts';
import type { Subject } from '../../model/report.ts';
import { skewSeconds } from '../../recognise/times.ts';
import { hostOf, isDevelopmentHost } from '../../text/hosts.ts';
import type { Json } from '../../text/json.ts';
import { objectAt, valueAt } from '../../text/values.ts';
import type { ModifierId, RuleContext } from '../rules/rule.ts';
import { isProvenBound } from './bound-to-key.ts';

/** Which modifiers hold for a token; computed once per token. */
export function circumstances(
  subject: Subject,
  context: Pick<RuleContext, 'now' | 'page' | 'subjects'>,
): Set<ModifierId> {
  const holds = new Set<ModifierId>();
  const { expiresAt } = subject.times;
  if (expiresAt !== null && expiresAt <= context.now - skewSeconds) holds.add('M1');
  if (subject.facts.use === 'public-key-token') holds.add('M2');
  if (isInDevelopment(subject, context.page)) holds.add('M3');
  if (isSample(subject)) holds.add('M4');
  if (isPrivileged(subject)) holds.add('M5');
  if (isProvenBound(subject, context.subjects)) holds.add('M6');
  return holds;
}

/** The page's host decides; without a page, the hosts of every place. */
function isInDevelopment({ sightings }: Subject, page: Capture['page']): boolean {
  const pageHost = hostOf(page?.url ?? null);
  if (pageHost) return isDevelopmentHost(pageHost);
  const hosts = sightings.flatMap(({ place }) => hostOf(place.origin) ?? []);
  return hosts.length > 0 && hosts.every(isDevelopmentHost);
}

/** Host and owner grants, refresh tokens, server credentials and impersonation (RFC 8693 `act`, `may_act`). */
function isPrivileged({ facts, token: { claims, lock } }: Subject): boolean {
  // A copy that gives no power without a key.
  if (lock?.givesPower === false) return false;
  if (facts.role === 'host' || facts.role === 'server') return true;
  if (facts.use === 'refresh' || facts.use === 'service-key') return true;
  if (!claims) return false;
  return objectAt(claims, 'act') !== null || objectAt(claims, 'may_act') !== null || claims.role === 'service_role';
}

/** Payloads printed in documentation, as canonical JSON: jwt.io, RFC 7515 App. A.1, jsonwebtoken and others. */
const samplePayloads = new Set([
  '{"iat":1516239022,"name":"John Doe","sub":"1234567890"}',
  '{"admin":true,"iat":1516239022,"name":"John Doe","sub":"1234567890"}',
  '{"admin":true,"name":"John Doe","sub":"1234567890"}',
  '{"name":"John Doe","sub":"1234567890"}',
  '{"exp":1300819380,"http://example.com/is_root":true,"iss":"joe"}',
  '{"foo":"bar"}',
  '{"foo":"bar","iat":1437018582}',
]);

function isSample({ token: { claims } }: Subject): boolean {
  if (!claims) return false;
  const names = Object.keys(claims);
  if (names.length > 0 && names.length <= 4) {
    const plain = names.every((name) => claims[name] === null || typeof claims[name] !== 'object');
    if (plain && samplePayloads.has(JSON.stringify(claims, [...names].sort()))) return true;
  }
  const audience = valueAt(claims, 'aud');
  const audiences = Array.isArray(audience) ? audience.slice(0, 20) : [audience];
  return isExampleHost(valueAt(claims, 'iss')) || audiences.some(isExampleHost);
}

/** `example.com`, `https://example.org/…`: a name reserved for documentation (RFC 2606) and nothing before it. */
function isExampleHost(value: Json | undefined): boolean {
  return (
    typeof value === 'string' &&
    value.length < 300 &&
    /^(?:https?:\/\/)?(?:www\.)?example\.[a-z]{2,}(?:[:/].*)?$/i.test(value)
  );
}
