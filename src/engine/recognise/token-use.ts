import { formOf } from '../decode/forms/index.ts';
import { jwe } from '../decode/forms/jwe.ts';
import { lastName, useByName } from '../find/use-by-name.ts';
import type { Facts } from '../model/facts.ts';
import type { Sighting, Token, TokenUse } from '../model/token.ts';
import { hostOf } from '../text/hosts.ts';
import type { JsonObject } from '../text/json.ts';
import { isObject } from '../text/json.ts';
import { hasAt, valueAt } from '../text/values.ts';

/** The parts of a subject that tell what a token is for. */
export interface Seen {
  token: Token;
  facts: Facts;
  sightings: readonly Pick<Sighting, 'place' | 'path' | 'library'>[];
}

/** The facts of a subject with its use filled in, and the role of a credential that belongs on a server. */
export function withUse(seen: Seen): Facts {
  const use = inferUse(seen);
  if (use !== 'service-key' || seen.facts.role !== 'unknown') return { ...seen.facts, use };
  return { ...seen.facts, use, role: 'server', roleBecause: 'it is a credential of a server, whoever issued it' };
}

/**
 * What a token is for. A platform that knows is believed; otherwise the declared type decides, then what the token was
 * stored or sent as, then its claims, then where it lies. Pure, total.
 */
export function inferUse({ token, facts, sightings }: Seen): TokenUse {
  if (facts.use !== 'unknown') return facts.use;
  return (
    byType(token) ?? byPlaceName(sightings) ?? byClaims(token, sightings) ?? byPlace(token, sightings) ?? 'unknown'
  );
}

/** Declared media types, the `application/` prefix dropped (RFC 7515 §4.1.9, RFC 8725 §3.11). */
const types: Record<string, TokenUse> = {
  'dpop+jwt': 'dpop-proof', // RFC 9449 §4.2
  'dbsc+jwt': 'dpop-proof', // https://w3c.github.io/webappsec-dbsc/
  'at+jwt': 'access', // RFC 9068 §2.1
  'client-authentication+jwt': 'client-assertion',
  'oauth-authz-req+jwt': 'request-object', // RFC 9101 §4
  'logout+jwt': 'logout', // OpenID Connect Back-Channel Logout 1.0 §2.4
  'secevent+jwt': 'set', // RFC 8417 §2.3
  'dc+sd-jwt': 'vc',
  'vc+sd-jwt': 'vc',
  'kb+jwt': 'vc',
  'vc+jwt': 'vc',
  'vp+jwt': 'vc',
};

function byType({ form, header, claims, text }: Token): TokenUse | null {
  const typ = textOf(header, 'typ')
    ?.toLowerCase()
    .replace(/^application\//, '');
  if (typ && Object.hasOwn(types, typ)) return types[typ] ?? null;
  // Keycloak and its kin name the kind in the payload instead.
  const kind = textOf(claims, 'typ');
  if (kind === 'Refresh' || kind === 'Offline') return 'refresh';
  if (kind === 'Bearer') return 'access';
  if (kind === 'ID') return 'id';
  const ofForm = formOf(form)?.use;
  if (ofForm) return ofForm;
  if (/^(?:sb_publishable_|pk\.)/.test(text)) return 'public-key-token';
  if (/^(?:sb_secret_|sk\.)/.test(text)) return 'service-key';
  return null;
}

function byPlaceName(sightings: Seen['sightings']): TokenUse | null {
  for (const { library } of sightings) if (library?.use) return library.use;
  for (const { path, place } of sightings) {
    const use = useByName(lastName(path)) ?? useByName(place.key ?? '');
    if (use) return use;
  }
  return null;
}

function byClaims({ header, claims }: Token, sightings: Seen['sightings']): TokenUse | null {
  if (!claims) return null;
  const has = (...names: string[]) => names.some((name) => (valueAt(claims, name) ?? null) !== null);
  const audiences = listOf(claims, 'aud');
  const client = textOf(claims, 'azp') ?? textOf(claims, 'client_id');
  const forClient = audiences.length === 1 && (audiences[0] === client || !/^\w[\w+.-]*:/.test(audiences[0] ?? ''));

  if (has('vc', 'vp', 'vct')) return 'vc';
  if (isObject(claims.events)) {
    return Object.hasOwn(claims.events, 'http://schemas.openid.net/event/backchannel-logout') ? 'logout' : 'set';
  }
  if (has('response_type') && has('client_id')) return 'request-object';
  if (claims.role === 'service_role' || claims.grant === 'admin') return 'service-key';
  if (isPublic(header, claims, audiences)) return 'public-key-token';
  if (isClientAssertion(header, claims, audiences)) return 'client-assertion';
  if (has('at_hash', 'c_hash')) return 'id';
  if (has('scope', 'scp', 'client_id') && audiences.length > 0) return 'access';
  if (has('nonce', 'auth_time') && forClient) return 'id';
  if (has('azp') && audiences.some((audience) => audience !== client)) return 'access';
  return isOneTime(claims, sightings) ? 'one-time' : null;
}

/** Push services that read VAPID tokens (RFC 8292 §2). */
const pushServices =
  /^https:\/\/(?:fcm\.googleapis\.com|[\w.-]+\.push\.(?:services\.mozilla|apple)\.com|[\w.-]+\.notify\.windows\.com)/;
const appleId = /^[A-Z0-9]{10}$/;

/** Tokens meant to stand in a page: VAPID, MapKit JS and MusicKit developer tokens. */
function isPublic(header: JsonObject | null, claims: JsonObject, audiences: string[]): boolean {
  const subject = textOf(claims, 'sub');
  if (audiences.some((audience) => pushServices.test(audience))) return /^(?:mailto|https):/.test(subject ?? 'mailto:');
  const apple = appleId.test(textOf(claims, 'iss') ?? '') && appleId.test(textOf(header, 'kid') ?? '');
  // APNs provider tokens look alike but carry no `exp`; client secrets for Sign in with Apple have `aud` and `sub`.
  return apple && typeof claims.exp === 'number' && audiences.length === 0 && subject === null;
}

/** RFC 7523 §3 and Sign in with Apple, whose client secret is a JWT for its token endpoint. */
function isClientAssertion(header: JsonObject | null, claims: JsonObject, audiences: string[]): boolean {
  const issuer = textOf(claims, 'iss');
  if (audiences.includes('https://appleid.apple.com') && appleId.test(issuer ?? ''))
    return appleId.test(textOf(header, 'kid') ?? '');
  if (issuer === null || issuer !== claims.sub || !hasAt(claims, 'jti')) return false;
  const lifetime = lifetimeOf(claims);
  const endpoint = audiences.some((audience) => /^https?:\/\/.+(?:token|oauth2?|par|introspect|realms)/.test(audience));
  return endpoint && (lifetime === null || lifetime <= 600);
}

const purposeful = /verif|reset|confirm|invit|magic|activat|unsubscri/i;

function isOneTime(claims: JsonObject, sightings: Seen['sightings']): boolean {
  const lifetime = lifetimeOf(claims);
  if (lifetime === null || lifetime > 86_400) return false;
  const purposes = ['purpose', 'action', 'verify', 'reset'].filter((name) => hasAt(claims, name));
  if (purposes.length === 0) return false;
  const inUrl = sightings.some(({ place }) => place.traits.urlPart !== null);
  return inUrl || purposes.some((name) => purposeful.test(`${name} ${textOf(claims, name)?.slice(0, 100)}`));
}

const sessionName = /session|(?:^|[._-])sid(?:$|[._-])|^__(?:Secure|Host)-/i;

function byPlace({ form, header, claims }: Token, sightings: Seen['sightings']): TokenUse | null {
  for (const { place } of sightings) {
    if (place.traits.storage !== 'cookie') continue;
    if (sessionName.test(place.key ?? '')) return 'session';
    if (form === jwe.id && textOf(header, 'alg') === 'dir') return 'session';
    if (isSameSite(textOf(claims, 'iss'), place.origin)) return 'session';
  }
  return null;
}

/** True when the issuer's host is the cookie's host, or one is below the other. */
function isSameSite(issuer: string | null, origin: string | null): boolean {
  const [a, b] = [hostOf(addressOf(issuer)), hostOf(origin)];
  return a !== null && b !== null && (a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`));
}

/** An issuer may be named by its host alone. */
function addressOf(issuer: string | null): string | null {
  return issuer === null || issuer.includes('://') ? issuer : `https://${issuer}`;
}

function lifetimeOf({ exp, iat, nbf }: JsonObject): number | null {
  const from = typeof iat === 'number' ? iat : nbf;
  return typeof exp === 'number' && typeof from === 'number' ? exp - from : null;
}

function textOf(object: JsonObject | null, name: string): string | null {
  const value = valueAt(object, name);
  return typeof value === 'string' ? value : null;
}

function listOf(object: JsonObject, name: string): string[] {
  const value = valueAt(object, name);
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}
