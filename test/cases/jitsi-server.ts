import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import type { Json } from '../../src/engine/text/json.ts';
import { base64url } from '../builders/tokens.ts';

/**
 * What Jitsi's own token code answered, case by case: Prosody 0.12.3 with mod_auth_token, mod_token_verification and token/util of
 * February 2026, joined over BOSH at the domain `host`. The tokens are made anew for the clock they are asked at.
 */
export const host = 'meet.acme.test';
export const appId = 'acme_app';
export const appSecret = 'a-throw-away-secret-of-an-app-that-is-none';
export const keyId = 'acme/key-1';
export const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Settings of the server, besides `app_id` and the key; everything else as it is when nobody sets it. */
export const settings = {
  hs: 'app_secret',
  aud: 'app_secret, asap_accepted_issuers [acme_app, other_app], asap_accepted_audiences [jitsi, meet]',
  asap: 'asap_key_server, which knows acme/key-1',
  loose: 'app_secret, enable_domain_verification false, asap_require_room_claim false',
  empty: 'app_secret, allow_empty_token true',
} as const;

export interface ServerCase {
  settings: keyof typeof settings;
  /** The first part of the path of the page; none where left out. */
  tenant?: string;
  /** The room asked for, before the web client spells it; "planning" where left out. */
  asked?: string;
  header?: Record<string, Json>;
  /** On top of an ordinary token's claims; what is undefined is left out of them. */
  claims?: Record<string, Json | undefined>;
  written?: Writing;
  outcome: 'let in' | 'refused';
  /** Of a refusal: what the server said. */
  reason?: string;
  /** Neither token nor page shows why. */
  isHidden?: true;
}

type Writing = keyof typeof writings;
type Signed = (payload: string, encode?: (text: string) => string) => string;

/** How a token is written where it is not as usual. */
const writings = {
  'two parts': (payload: string, signed: Signed) => signed(payload).split('.').slice(0, 2).join('.'),
  padded: (payload: string, signed: Signed) =>
    signed(payload.padEnd(payload.length + 2 - (Buffer.byteLength(payload) % 3)), padded),
  'blank in front': (payload: string, signed: Signed) => ` ${signed(payload)}`,
  'Bearer in front': (payload: string, signed: Signed) => `Bearer ${signed(payload)}`,
  changed(payload: string, signed: Signed) {
    const [header, , signature] = signed(payload).split('.');
    return [header, base64url(payload.replace('"room":"planning"', '"room":"*"')), signature].join('.');
  },
  'room twice': (payload: string, signed: Signed) => signed(payload.replace('{', '{"room":"other",')),
  'byte order mark': (payload: string, signed: Signed) => signed(`\ufeff${payload}`),
};

/** @param now seconds since the epoch, the moment of joining */
export function serverCases(now: number): readonly (readonly [name: string, one: ServerCase])[] {
  const at = (seconds: number) => now + seconds;
  return [
    ['hs: plain', { settings: 'hs', outcome: 'let in' }],
    [
      'hs: HS384',
      {
        settings: 'hs',
        header: { alg: 'HS384', typ: 'JWT' },
        outcome: 'refused',
        reason: 'Invalid or incorrect alg',
        isHidden: true,
      },
    ],
    [
      'hs: RS256',
      {
        settings: 'hs',
        header: { alg: 'RS256', typ: 'JWT' },
        outcome: 'refused',
        reason: 'Invalid or incorrect alg',
        isHidden: true,
      },
    ],
    [
      'hs: alg in lower case',
      { settings: 'hs', header: { alg: 'hs256', typ: 'JWT' }, outcome: 'refused', reason: 'Invalid token' },
    ],
    ['hs: typ missing', { settings: 'hs', header: { alg: 'HS256' }, outcome: 'refused', reason: 'Invalid typ' }],
    [
      'hs: typ JOSE',
      { settings: 'hs', header: { alg: 'HS256', typ: 'JOSE' }, outcome: 'refused', reason: 'Invalid typ' },
    ],
    ['hs: crit', { settings: 'hs', header: { alg: 'HS256', typ: 'JWT', crit: ['x'], x: 1 }, outcome: 'let in' }],
    [
      'hs: exp -86400',
      { settings: 'hs', claims: { exp: at(-86400) }, outcome: 'refused', reason: 'Not acceptable by exp' },
    ],
    ['hs: exp -90', { settings: 'hs', claims: { exp: at(-90) }, outcome: 'refused', reason: 'Not acceptable by exp' }],
    ['hs: exp -5', { settings: 'hs', claims: { exp: at(-5) }, outcome: 'refused', reason: 'Not acceptable by exp' }],
    ['hs: exp 120', { settings: 'hs', claims: { exp: at(120) }, outcome: 'let in' }],
    ['hs: exp 946080000', { settings: 'hs', claims: { exp: at(946080000) }, outcome: 'let in' }],
    [
      'hs: exp text',
      { settings: 'hs', claims: { exp: String(at(3600)) }, outcome: 'refused', reason: 'exp must be number' },
    ],
    [
      'hs: exp ISO',
      { settings: 'hs', claims: { exp: '2033-05-18T04:33:20.000Z' }, outcome: 'refused', reason: 'exp must be number' },
    ],
    ['hs: exp ms of the past', { settings: 'hs', claims: { exp: at(-3600) * 1000 }, outcome: 'let in' }],
    ['hs: exp 0', { settings: 'hs', claims: { exp: 0 }, outcome: 'refused', reason: 'Not acceptable by exp' }],
    ['hs: exp true', { settings: 'hs', claims: { exp: true }, outcome: 'refused', reason: 'exp must be number' }],
    ['hs: exp fraction', { settings: 'hs', claims: { exp: at(3600.5) }, outcome: 'let in' }],
    [
      'hs: exp array',
      { settings: 'hs', claims: { exp: [at(3600)] }, outcome: 'refused', reason: 'exp must be number' },
    ],
    ['hs: nbf -1', { settings: 'hs', claims: { nbf: at(-1) }, outcome: 'let in' }],
    ['hs: nbf 120', { settings: 'hs', claims: { nbf: at(120) }, outcome: 'refused', reason: 'Not acceptable by nbf' }],
    [
      'hs: nbf text',
      { settings: 'hs', claims: { nbf: String(at(-10)) }, outcome: 'refused', reason: 'nbf must be number' },
    ],
    ['hs: nbf null', { settings: 'hs', claims: { nbf: null }, outcome: 'refused', reason: 'nbf must be number' }],
    [
      'hs: nbf after exp',
      { settings: 'hs', claims: { nbf: at(7200) }, outcome: 'refused', reason: 'Not acceptable by nbf' },
    ],
    ['hs: iat text', { settings: 'hs', claims: { iat: String(at(0)) }, outcome: 'let in' }],
    ['hs: iat ms', { settings: 'hs', claims: { iat: at(0) * 1000 }, outcome: 'let in' }],
    ['hs: iss empty', { settings: 'hs', claims: { iss: '' }, outcome: 'refused', reason: "invalid 'iss' claim" }],
    [
      'hs: iss other, sub is the app id',
      {
        settings: 'hs',
        claims: { iss: 'other', sub: 'acme_app', room: '*' },
        outcome: 'refused',
        reason: "invalid 'iss' claim",
        isHidden: true,
      },
    ],
    [
      'hs: iss array',
      { settings: 'hs', claims: { iss: ['acme_app'] }, outcome: 'refused', reason: "invalid 'iss' claim" },
    ],
    [
      'hs: aud missing',
      { settings: 'hs', claims: { aud: undefined }, outcome: 'refused', reason: "'aud' claim is missing" },
    ],
    ['hs: aud empty', { settings: 'hs', claims: { aud: '' }, outcome: 'let in' }],
    ['hs: aud array', { settings: 'hs', claims: { aud: ['jitsi'] }, outcome: 'let in' }],
    [
      'hs: sub missing',
      { settings: 'hs', claims: { sub: undefined }, outcome: 'refused', reason: 'no answer (the plug-in failed)' },
    ],
    ['hs: sub empty', { settings: 'hs', claims: { sub: '' }, outcome: 'refused', reason: 'Room and token mismatched' }],
    ['hs: sub domain in capitals', { settings: 'hs', claims: { sub: 'MEET.ACME.TEST' }, outcome: 'let in' }],
    [
      'hs: sub is the app id',
      {
        settings: 'hs',
        claims: { sub: 'acme_app' },
        outcome: 'refused',
        reason: 'Room and token mismatched',
        isHidden: true,
      },
    ],
    [
      'hs: sub object',
      { settings: 'hs', claims: { sub: {} }, outcome: 'refused', reason: 'no answer (the plug-in failed)' },
    ],
    [
      'hs: sub tenant, page without',
      { settings: 'hs', claims: { sub: 'acme' }, outcome: 'refused', reason: 'Room and token mismatched' },
    ],
    [
      'hs: sub other tenant',
      {
        settings: 'hs',
        tenant: 'acme',
        claims: { sub: 'umbra' },
        outcome: 'refused',
        reason: 'Room and token mismatched',
      },
    ],
    ['hs: sub *, page with tenant', { settings: 'hs', tenant: 'acme', claims: { sub: '*' }, outcome: 'let in' }],
    [
      'hs: tenant in context differs',
      {
        settings: 'hs',
        tenant: 'acme',
        claims: { sub: 'acme', context: { user: owner, tenant: 'umbra' } },
        outcome: 'let in',
      },
    ],
    [
      'hs: room missing',
      { settings: 'hs', claims: { room: undefined }, outcome: 'refused', reason: 'no answer (the plug-in failed)' },
    ],
    [
      'hs: room empty',
      { settings: 'hs', claims: { room: '' }, outcome: 'refused', reason: 'Room and token mismatched' },
    ],
    ['hs: room other case', { settings: 'hs', claims: { room: 'Planning' }, outcome: 'let in' }],
    ['hs: room *', { settings: 'hs', claims: { room: '*' }, outcome: 'let in' }],
    [
      'hs: room with blank before',
      { settings: 'hs', claims: { room: ' planning' }, outcome: 'refused', reason: 'Room and token mismatched' },
    ],
    [
      'hs: room underscore, page hyphen',
      {
        settings: 'hs',
        asked: 'daily-planning',
        claims: { room: 'daily_planning' },
        outcome: 'refused',
        reason: 'Room and token mismatched',
      },
    ],
    [
      'hs: room hyphen, page hyphen',
      { settings: 'hs', asked: 'daily-planning', claims: { room: 'daily-planning' }, outcome: 'let in' },
    ],
    [
      'hs: room with domain path',
      {
        settings: 'hs',
        claims: { room: 'https://meet.acme.test/planning' },
        outcome: 'refused',
        reason: 'Room and token mismatched',
      },
    ],
    [
      'hs: room with umlaut',
      {
        settings: 'hs',
        asked: 'crêpe',
        claims: { room: 'crêpe' },
        outcome: 'refused',
        reason: 'Room and token mismatched',
      },
    ],
    [
      'hs: room encoded as the client does',
      { settings: 'hs', asked: 'crêpe', claims: { room: 'cr%c3%aape' }, outcome: 'let in' },
    ],
    [
      'hs: room %20, page %20',
      { settings: 'hs', asked: 'late call', claims: { room: 'late%20call' }, outcome: 'let in' },
    ],
    [
      'hs: room with plus',
      {
        settings: 'hs',
        asked: 'a+b',
        claims: { room: 'a+b' },
        outcome: 'refused',
        reason: 'Room and token mismatched',
      },
    ],
    [
      'hs: room jid',
      {
        settings: 'hs',
        claims: { room: 'planning@conference.meet.acme.test' },
        outcome: 'refused',
        reason: 'Room and token mismatched',
      },
    ],
    ['hs: room number text', { settings: 'hs', asked: '7', claims: { room: '7' }, outcome: 'let in' }],
    [
      'hs: room array',
      { settings: 'hs', claims: { room: ['planning'] }, outcome: 'refused', reason: 'no answer (the plug-in failed)' },
    ],
    [
      'hs: roomName instead',
      {
        settings: 'hs',
        claims: { roomName: 'planning', room: undefined },
        outcome: 'refused',
        reason: 'no answer (the plug-in failed)',
      },
    ],
    [
      'hs: regex "true" fits',
      {
        settings: 'hs',
        claims: { room: 'plan.*', context: { user: owner, room: { regex: 'true' } } },
        outcome: 'let in',
      },
    ],
    [
      'hs: regex false',
      {
        settings: 'hs',
        claims: { room: 'plan.*', context: { user: owner, room: { regex: false } } },
        outcome: 'refused',
        reason: 'Room and token mismatched',
      },
    ],
    [
      'hs: regex part only',
      {
        settings: 'hs',
        claims: { room: 'plan', context: { user: owner, room: { regex: true } } },
        outcome: 'refused',
        reason: 'Room and token mismatched',
      },
    ],
    [
      'hs: regex anchored part',
      {
        settings: 'hs',
        claims: { room: '^plan$', context: { user: owner, room: { regex: true } } },
        outcome: 'refused',
        reason: 'Room name cannot be matched to the one from token.',
      },
    ],
    [
      'hs: regex \\d',
      {
        settings: 'hs',
        asked: 'room-12',
        claims: { room: 'room-\\d+', context: { user: owner, room: { regex: true } } },
        outcome: 'refused',
        reason: 'Room name cannot be matched to the one from token.',
      },
    ],
    [
      'hs: regex unescaped hyphen',
      {
        settings: 'hs',
        asked: 'room-12',
        claims: { room: 'room-%d+', context: { user: owner, room: { regex: true } } },
        outcome: 'refused',
        reason: 'Room name cannot be matched to the one from token.',
      },
    ],
    [
      'hs: regex %W',
      {
        settings: 'hs',
        asked: 'a-b',
        claims: { room: 'a%Wb', context: { user: owner, room: { regex: true } } },
        outcome: 'refused',
        reason: 'Room name cannot be matched to the one from token.',
      },
    ],
    [
      'hs: regex capture whole',
      {
        settings: 'hs',
        claims: { room: '(planning)', context: { user: owner, room: { regex: true } } },
        outcome: 'let in',
      },
    ],
    [
      'hs: regex capitals',
      {
        settings: 'hs',
        claims: { room: 'Plan.*', context: { user: owner, room: { regex: true } } },
        outcome: 'let in',
      },
    ],
    [
      'hs: regex *',
      { settings: 'hs', claims: { room: '*', context: { user: owner, room: { regex: true } } }, outcome: 'let in' },
    ],
    [
      'hs: regex class',
      {
        settings: 'hs',
        claims: { room: '[a-z]+', context: { user: owner, room: { regex: true } } },
        outcome: 'let in',
      },
    ],
    [
      'hs: context null',
      { settings: 'hs', claims: { context: null }, outcome: 'refused', reason: 'no answer (the plug-in failed)' },
    ],
    ['hs: context array', { settings: 'hs', claims: { context: [] }, outcome: 'let in' }],
    ['hs: user text', { settings: 'hs', claims: { context: { user: 'ada' } }, outcome: 'let in' }],
    ['hs: user id number', { settings: 'hs', claims: { context: { user: { id: 7, name: 'A' } } }, outcome: 'let in' }],
    ['hs: features array', { settings: 'hs', claims: { context: { user: owner, features: [] } }, outcome: 'let in' }],
    [
      'hs: moderator true',
      { settings: 'hs', claims: { context: { user: { id: 'u', name: 'A', moderator: true } } }, outcome: 'let in' },
    ],
    [
      'hs: moderator 1',
      { settings: 'hs', claims: { context: { user: { id: 'u', name: 'A', moderator: 1 } } }, outcome: 'let in' },
    ],
    [
      'hs: moderator false',
      { settings: 'hs', claims: { context: { user: { id: 'u', name: 'A', moderator: false } } }, outcome: 'let in' },
    ],
    [
      'hs: affiliation Owner',
      {
        settings: 'hs',
        claims: { context: { user: { id: 'u', name: 'A', affiliation: 'Owner' } } },
        outcome: 'let in',
      },
    ],
    [
      'hs: affiliation admin',
      {
        settings: 'hs',
        claims: { context: { user: { id: 'u', name: 'A', affiliation: 'admin' } } },
        outcome: 'let in',
      },
    ],
    [
      'hs: affiliation array',
      {
        settings: 'hs',
        claims: { context: { user: { id: 'u', name: 'A', affiliation: ['owner'] } } },
        outcome: 'let in',
      },
    ],
    [
      'hs: moderator at top',
      { settings: 'hs', claims: { context: { user: { id: 'u' } }, moderator: true }, outcome: 'let in' },
    ],
    ['hs: two parts', { written: 'two parts', settings: 'hs', outcome: 'refused', reason: 'Invalid token' }],
    ['hs: padding in the payload', { written: 'padded', settings: 'hs', outcome: 'let in', isHidden: true }],
    [
      'hs: blank in front',
      { written: 'blank in front', settings: 'hs', outcome: 'refused', reason: 'no answer (the plug-in failed)' },
    ],
    [
      'hs: Bearer in front',
      { written: 'Bearer in front', settings: 'hs', outcome: 'refused', reason: 'no answer (the plug-in failed)' },
    ],
    [
      'hs: payload changed',
      {
        written: 'changed',
        settings: 'hs',
        claims: { room: '*' },
        outcome: 'refused',
        reason: 'Invalid signature',
        isHidden: true,
      },
    ],
    ['hs: duplicate room', { written: 'room twice', settings: 'hs', outcome: 'let in' }],
    [
      'hs: BOM in the payload',
      { written: 'byte order mark', settings: 'hs', outcome: 'refused', reason: 'Invalid body' },
    ],
    ['aud: both fit', { settings: 'aud', outcome: 'let in', isHidden: true }],
    [
      'aud: third issuer',
      { settings: 'aud', claims: { iss: 'third' }, outcome: 'refused', reason: "invalid 'iss' claim", isHidden: true },
    ],
    [
      'aud: audience array',
      {
        settings: 'aud',
        claims: { aud: ['jitsi'] },
        outcome: 'refused',
        reason: "invalid 'aud' claim",
        isHidden: true,
      },
    ],
    [
      'aud: audience missing',
      {
        settings: 'aud',
        claims: { aud: undefined },
        outcome: 'refused',
        reason: "'aud' claim is missing",
        isHidden: true,
      },
    ],
    [
      'aud: audience *',
      { settings: 'aud', claims: { aud: '*' }, outcome: 'refused', reason: "invalid 'aud' claim", isHidden: true },
    ],
    ['asap: plain', { settings: 'asap', header: { alg: 'RS256', typ: 'JWT', kid: 'acme/key-1' }, outcome: 'let in' }],
    [
      'asap: unknown kid',
      {
        settings: 'asap',
        header: { alg: 'RS256', typ: 'JWT', kid: 'nobody' },
        outcome: 'refused',
        reason: 'could not obtain public key',
        isHidden: true,
      },
    ],
    [
      'asap: kid number',
      {
        settings: 'asap',
        header: { alg: 'RS256', typ: 'JWT', kid: 5 },
        outcome: 'refused',
        reason: 'could not obtain public key',
        isHidden: true,
      },
    ],
    [
      'asap: RS512',
      {
        settings: 'asap',
        header: { alg: 'RS512', typ: 'JWT', kid: 'acme/key-1' },
        outcome: 'refused',
        reason: 'Invalid or incorrect alg',
        isHidden: true,
      },
    ],
    [
      'asap: none',
      {
        settings: 'asap',
        header: { alg: 'none', typ: 'JWT', kid: 'acme/key-1' },
        outcome: 'refused',
        reason: "'kid' claim only support with RS family",
      },
    ],
    [
      'asap: expired',
      {
        settings: 'asap',
        header: { alg: 'RS256', typ: 'JWT', kid: 'acme/key-1' },
        claims: { exp: at(-100) },
        outcome: 'refused',
        reason: 'Not acceptable by exp',
      },
    ],
    [
      'asap: kid as path',
      {
        settings: 'asap',
        header: { alg: 'RS256', typ: 'JWT', kid: '../../etc/passwd' },
        outcome: 'refused',
        reason: 'could not obtain public key',
        isHidden: true,
      },
    ],
    ['loose: room missing', { settings: 'loose', claims: { room: undefined }, outcome: 'let in', isHidden: true }],
    ['loose: sub other', { settings: 'loose', claims: { sub: 'x' }, outcome: 'let in', isHidden: true }],
    [
      'loose: tenant other',
      { settings: 'loose', tenant: 'acme', claims: { sub: 'umbra' }, outcome: 'let in', isHidden: true },
    ],
    [
      'loose: regex',
      {
        settings: 'loose',
        claims: { room: 'plan.*', context: { user: owner, room: { regex: true } } },
        outcome: 'refused',
        reason: 'Room does not match the room from token',
        isHidden: true,
      },
    ],
    [
      'loose: room number',
      {
        settings: 'loose',
        asked: '7',
        claims: { room: 7 },
        outcome: 'refused',
        reason: 'Room does not match the room from token',
        isHidden: true,
      },
    ],
    [
      'empty: expired',
      {
        settings: 'empty',
        claims: { exp: at(-100) },
        outcome: 'refused',
        reason: 'Not acceptable by exp',
        isHidden: true,
      },
    ],
  ];
}

const owner = { id: 'u1', name: 'Ada', moderator: true, affiliation: 'owner' };

/** The token of a case, truly signed. */
export function tokenOf({ header = { alg: 'HS256', typ: 'JWT' }, claims, written }: ServerCase, now: number): string {
  const payload = JSON.stringify({
    iss: appId,
    aud: 'jitsi',
    sub: host,
    room: 'planning',
    exp: now + 3600,
    context: { user: owner },
    ...claims,
  });
  const signed: Signed = (text, encode = base64url) => {
    const head = `${base64url(JSON.stringify(header))}.${encode(text)}`;
    return `${head}.${signature(String(header.alg), head)}`;
  };
  return written ? writings[written](payload, signed) : signed(payload);
}

/** Base64url with the padding that JWTs go without (RFC 7515 §2). */
function padded(text: string): string {
  return Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

function signature(alg: string, text: string): string {
  if (alg === 'none') return '';
  const hash = `sha${/\d{3}$/.exec(alg)?.[0] ?? '256'}`;
  return alg.startsWith('RS')
    ? createSign(hash).update(text).sign(keys.privateKey, 'base64url')
    : createHmac(hash, appSecret).update(text).digest('base64url');
}

/** The page on which the case was asked. */
export function pageOf({ tenant, asked = 'planning' }: ServerCase): string {
  return `https://${host}/${tenant === undefined ? '' : `${tenant}/`}${encodeURIComponent(asked)}`;
}
