import type { JsonObject } from '../engine/text/json.ts';
import { isObject, parseJson } from '../engine/text/json.ts';
import { valueAt } from '../engine/text/values.ts';
import type { Check, VendorAnswer } from '../introspection/reply.ts';
import type { ConfiguredKey } from './config.ts';
import type { Surroundings } from './surroundings.ts';
import { ask, type UpstreamAnswer, UpstreamError } from './upstream.ts';

/** What Daily was asked, and says. */
export interface DailyAnswer {
  check: Check;
  /** What Daily reads in the token; null where it does not accept it. */
  says: VendorAnswer | null;
}

interface AskOptions {
  ignoreNbf: boolean;
  timeoutMs: number;
}

/**
 * Asks Daily whether it would accept a meeting token: `GET /v1/meeting-tokens/:token` with the domain's API key
 * (docs.daily.co, validate-meeting-token; errors as docs.daily.co/docs/rest-api/errors has them, both read 2026-11). With
 * `ignoreNbf`, a token that is not valid yet counts as good. `claims` are those of the token, to be compared.
 */
export async function askDaily(
  { text, claims }: { text: string; claims: JsonObject | null },
  key: ConfiguredKey,
  options: AskOptions,
  surroundings: Surroundings,
): Promise<DailyAnswer> {
  const base = (key.upstream ?? 'https://api.daily.co/v1').trim().replace(/\/{1,9}$/, '');
  const url = new URL(`${base}/meeting-tokens/${encodeURIComponent(text)}`);
  if (options.ignoreNbf) url.searchParams.set('ignoreNbf', 'true');
  const get = (address: URL) => {
    const headers = { authorization: `Bearer ${key.secret ?? ''}`, accept: 'application/json' };
    return ask(address, headers, options.timeoutMs, surroundings);
  };
  try {
    const answer = await get(url);
    const said = objectIn(answer.body);
    if (answer.status === 200 && said && errorOf(said) === null) {
      const says = propertiesIn(said, [key.secret ?? '', text]);
      return { check: compared(claims, says, url.host), says };
    }
    const reason = refusalReason(answer, said, url.host, key.secret ?? '');
    if (reason !== null) return { check: { name: 'vendor', outcome: 'failed', reason }, says: null };
    if (answer.status === 404 && errorOf(said) === 'not-found' && isDomain(await get(new URL(`${base}/`)))) {
      const unknown = `${url.host} refuses the token: it knows no such token.`;
      return { check: { name: 'vendor', outcome: 'failed', reason: unknown }, says: null };
    }
    return notChecked(troubleWith(answer, said, url.host));
  } catch (error) {
    return notChecked(error instanceof UpstreamError ? error.message : `${url.host} could not be asked.`);
  }
}

/** Daily answers with an object: the token's properties (200), or `error` and mostly `info`. */
function objectIn(body: string): JsonObject | null {
  const value = parseJson(body);
  return isObject(value) ? value : null;
}

function errorOf(said: JsonObject | null): string | null {
  const error = valueAt(said, 'error');
  if (typeof error === 'string') return error;
  return error === undefined && valueAt(said, 'info') === undefined ? null : '';
}

/** Why Daily refuses the token itself; null where its answer is about something else. */
function refusalReason({ status }: UpstreamAnswer, said: JsonObject | null, host: string, secret: string) {
  if (status !== 400 || errorOf(said) !== 'invalid-request-error') return null;
  // The same error stands for a header that Daily cannot read.
  const info = valueAt(said, 'info');
  if (typeof info === 'string' && /authorization|api[ -]?key|header/i.test(info)) return null;
  return `${host} refuses the token${infoOf(said, secret)}.`;
}

/** What stood in the way, none of which is the token's fault. */
function troubleWith({ status }: UpstreamAnswer, said: JsonObject | null, host: string): string {
  const error = errorOf(said);
  if (status === 401 && error === 'authentication-error') {
    return `${host} rejected the API key this server is configured with.`;
  }
  if (status === 403 && error === 'forbidden-error') {
    return `${host} knows the API key and does not let it look at this token, which may be another domain’s.`;
  }
  if (error === 'authorization-header-error' || (status === 400 && error === 'invalid-request-error')) {
    return `${host} could not read the API key this server is configured with.`;
  }
  if (status === 404) return `${host} has nothing at this address (404): is \`upstream\` right?`;
  if ([200, 400, 401, 403].includes(status)) return `${host} answered ${status}, but not in Daily’s words.`;
  return `${host} answered ${status}, which says nothing about the token.`;
}

/** `GET /v1/` tells of the domain that the API key belongs to; whoever answers so is Daily. */
function isDomain({ status, body }: UpstreamAnswer): boolean {
  return status === 200 && typeof valueAt(objectIn(body), 'domain_name') === 'string';
}

/** Properties that are handed on, with the claims that they are compared with. */
const properties: readonly { name: string; type: 'string' | 'number' | 'boolean'; claim?: string }[] = [
  { name: 'room_name', type: 'string', claim: 'r' },
  { name: 'is_owner', type: 'boolean', claim: 'o' },
  { name: 'user_name', type: 'string', claim: 'u' },
  { name: 'user_id', type: 'string', claim: 'ud' },
  { name: 'nbf', type: 'number', claim: 'nbf' },
  { name: 'exp', type: 'number', claim: 'exp' },
  { name: 'enable_screenshare', type: 'boolean', claim: 'ss' },
  { name: 'enable_recording', type: 'string', claim: 'er' },
  { name: 'start_cloud_recording', type: 'boolean', claim: 'sr' },
  { name: 'start_video_off', type: 'boolean', claim: 'vo' },
  { name: 'start_audio_off', type: 'boolean', claim: 'ao' },
  { name: 'eject_at_token_exp', type: 'boolean', claim: 'ejt' },
  { name: 'eject_after_elapsed', type: 'number', claim: 'eje' },
];

/** What Daily reads in the token, by the names of its REST API. An answer may repeat what it was asked with, which is left out. */
function propertiesIn(said: JsonObject, secrets: readonly string[]): VendorAnswer {
  const out: VendorAnswer = {};
  for (const { name, type } of properties) {
    const value = valueAt(said, name);
    if (typeof value !== type || (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean'))
      continue;
    if (typeof value === 'string' && (value.length > 200 || tells(value, secrets))) continue;
    out[name] = value;
  }
  for (const name of ['hasPresence', 'canSend', 'canReceive', 'canAdmin']) {
    const value = valueAt(said, `permissions.${name}`);
    if (typeof value === 'boolean') out[`permissions.${name}`] = value;
    if (Array.isArray(value) && value.length <= 12) {
      const words = value.filter(
        (one) => typeof one === 'string' && /^[a-zA-Z-]{1,20}$/.test(one) && !tells(one, secrets),
      );
      out[`permissions.${name}`] = words.join(' ');
    }
  }
  return out;
}

/** Whether a text holds a piece of a secret that could not stand there by chance. */
function tells(text: string, secrets: readonly string[]): boolean {
  const plain = text.toLowerCase();
  const pieces = 8;
  return secrets.some((secret) => {
    const whole = secret.toLowerCase();
    for (let at = 0; at + pieces <= plain.length; at += 1) {
      if (whole.includes(plain.slice(at, at + pieces))) return true;
    }
    return false;
  });
}

/** Passed where Daily reads in the token what the token says; else it answers for something else. */
function compared(claims: JsonObject | null, says: VendorAnswer, host: string): Check {
  for (const { name, claim } of properties) {
    const own = claim === undefined ? undefined : valueAt(claims, claim);
    if (own === undefined || !Object.hasOwn(says, name) || own === says[name]) continue;
    const reason = `${host} accepts the token, but reads another \`${name}\` than the token’s \`${claim}\` says.`;
    return { name: 'vendor', outcome: 'failed', reason };
  }
  const room = says.room_name === undefined ? '' : ` for the room ${JSON.stringify(says.room_name)}`;
  const owner = says.is_owner === true ? ', as an owner' : '';
  return { name: 'vendor', outcome: 'passed', reason: `${host} accepts the token${room}${owner}.` };
}

/**
 * Daily explains errors as `{"error": "invalid-request-error", "info": "…"}`. An answer may repeat what it was asked with,
 * the token or the API key, whole, in parts or in another spelling; so it is passed on only when every word of it is one
 * that explains a refusal.
 */
function infoOf(said: JsonObject | null, secret: string): string {
  const info = valueAt(said, 'info');
  if (typeof info !== 'string' || info.length > 120 || info.toLowerCase().includes(secret.toLowerCase())) return '';
  const words = info.replace(/[.!]$/, '').toLowerCase().split(/,? |-/);
  return words.length <= 16 && words.every((word) => explaining.has(word)) ? `: ${words.join(' ')}` : '';
}

/** Words of Daily's refusals, in lower case. None is a part of a token or key that could be told from chance. */
const explaining = new Set(
  (
    'a an and another any are at be been before belong belongs by can cannot could did do does domain exist exists exp ' +
    'expired expires failed field for format found from future has have in invalid is it its json jwt json malformed ' +
    'match meeting missing name nbf not of on or owner parameter past permission property refused rejected request ' +
    'required room rooms sign signature signed that the this time to token tokens unable unknown unauthorized until use ' +
    'used valid value verified verify was web with wrong yet you your'
  ).split(' '),
);

function notChecked(reason: string): DailyAnswer {
  return { check: { name: 'vendor', outcome: 'not-checked', reason }, says: null };
}
