import { isObject, type Json, type JsonObject, parseJson } from '../../text/json.ts';
import type { Form, Reading } from './form.ts';

/**
 * User name and password for a media relay, as servers hand them out to whoever may join: one server of a list
 * (https://w3c.github.io/webrtc-pc/#rtciceserver-dictionary), or an answer that holds little else: the REST convention of
 * coturn, Twilio's `iced` message and its tokens, and Azure's `trap/tokens` (read in twilio-video 2.32.0 and
 * @azure/communication-calling 2.0.0, 2026-11).
 */
export const turnCredentials: Form = {
  id: 'turn-credentials',
  name: 'User name and password of a media relay (TURN)',
  shortName: 'TURN credentials',
  isBare: true,
  startsAt: ['object'],
  passwords: ['credential', 'password'],
  match({ text, start, header: object }) {
    if (!object || credentialsIn(object).length === 0) return null;
    return { form: 'turn-credentials', start, end: text.length, confidence: 'likely', note: 'turn-credentials' };
  },
  read(text): Reading {
    const object = parseJson(text);
    const [first] = isObject(object) ? credentialsIn(object) : [];
    if (!first || !isObject(object))
      return { problem: { code: 'not-json', offset: 0, message: 'The text holds no user name and password.' } };
    const { username, password, servers } = first;
    const lifetime = firstOf(object, ['ttl', 'expires', 'lifetimeDuration']);
    const end = endIn(username) ?? timeIn(firstOf(object, ['expiresOn', 'expires', 'expiration']));
    return {
      claims: {
        username,
        ...(servers.length > 0 && { urls: servers }),
        ...(lifetime !== undefined && { ttl: lifetime }),
        ...(end !== null && { exp: end }),
      },
      signature: { text: password, bytes: new TextEncoder().encode(password).length },
    };
  },
  links: [
    {
      title: 'A REST API for access to TURN services',
      url: 'https://datatracker.ietf.org/doc/html/draft-uberti-behave-turn-rest-00',
    },
    { title: 'RFC 8489, long-term credentials', url: 'https://www.rfc-editor.org/rfc/rfc8489#section-9.2' },
  ],
};

interface Credentials {
  username: string;
  password: string;
  /** Addresses of the relays. */
  servers: string[];
}

/** Members of answers that hold nothing but credentials. Others may hold a token beside them, which is found by itself. */
const ownMembers = new Set(
  (
    'urls url uris username credential credentialType password realm ttl expires expiresOn expiration lifetimeDuration type ' +
    'ice_servers iceServers tokens version status account_sid date_created date_updated'
  ).split(' '),
);
const mostServers = 50;

/** Those of one server, or of each in an answer; none where the object holds more than that, or no relay is named. */
function credentialsIn(object: JsonObject): Credentials[] {
  if (Object.keys(object).some((name) => !ownMembers.has(name))) return [];
  const list = firstOf(object, ['ice_servers', 'iceServers', 'tokens']);
  const servers = Array.isArray(list) ? list.slice(0, mostServers).filter(isObject) : [];
  return [object, ...servers].flatMap((one) => credentialsOf(one) ?? []);
}

function credentialsOf(object: JsonObject): Credentials | null {
  const { username, realm } = object;
  const password = firstOf(object, ['credential', 'password']);
  if (typeof username !== 'string' || typeof password !== 'string' || username === '') return null;
  const servers = textsIn(firstOf(object, ['urls', 'url', 'uris'])).filter((url) => /^turns?:/i.test(url));
  // Without an address, a realm or a time in the name these could be those of any service.
  const isRelay = servers.length > 0 || typeof realm === 'string' || endIn(username) !== null;
  return isRelay ? { username, password, servers } : null;
}

function firstOf(object: JsonObject, names: readonly string[]): Json | undefined {
  const name = names.find((one) => Object.hasOwn(object, one));
  return name === undefined ? undefined : object[name];
}

function textsIn(value: Json | undefined): string[] {
  const list = Array.isArray(value) ? value.slice(0, mostServers) : [value];
  return list.filter((one) => typeof one === 'string');
}

/** `1700000000:user`: the name begins with its end, in seconds since the epoch; some write the user first. */
function endIn(username: string): number | null {
  const [, first, last] = /^(\d{9,11})(?::|$)|:(\d{10})$/.exec(username.slice(0, 512)) ?? [];
  const time = first ?? last;
  return time === undefined ? null : Number(time);
}

/** A date, or a number of seconds that can only be one. */
function timeIn(value: Json | undefined): number | null {
  if (typeof value === 'number') return value > 1e9 && value < 1e11 ? value : null;
  const milliseconds = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(milliseconds) ? milliseconds / 1000 : null;
}
