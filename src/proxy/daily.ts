import type { JsonObject } from '../engine/text/json.ts';
import { isObject, parseJson } from '../engine/text/json.ts';
import { hasAt, valueAt } from '../engine/text/values.ts';
import type { Check } from '../introspection/reply.ts';
import type { ConfiguredKey } from './config.ts';
import type { Surroundings } from './surroundings.ts';
import { ask, UpstreamError } from './upstream.ts';

/**
 * Asks Daily whether it would accept a meeting token: `GET /v1/meeting-tokens/:token` with the domain's API key
 * (docs.daily.co, validate-meeting-token). With `ignoreNbf`, a token that is not valid yet counts as good.
 */
export async function askDaily(
  token: string,
  key: ConfiguredKey,
  options: { ignoreNbf: boolean; timeoutMs: number },
  surroundings: Surroundings,
): Promise<Check> {
  const base = (key.upstream ?? 'https://api.daily.co/v1').trim().replace(/\/{1,9}$/, '');
  const url = new URL(`${base}/meeting-tokens/${encodeURIComponent(token)}`);
  if (options.ignoreNbf) url.searchParams.set('ignoreNbf', 'true');
  try {
    const { status, body } = await ask(
      url,
      { authorization: `Bearer ${key.secret ?? ''}`, accept: 'application/json' },
      options.timeoutMs,
      surroundings,
    );
    if (status === 401 || status === 403) {
      return notChecked(`${url.host} rejected the API key this server is configured with.`);
    }
    const said = objectIn(body);
    // A sign-in page and a gateway's own error come with these statuses, too.
    if ([200, 400, 404].includes(status) && (said === null || (status === 200) === isRefusal(said))) {
      return notChecked(`${url.host} answered ${status}, but not in Daily’s words.`);
    }
    if (status === 200) return { name: 'vendor', outcome: 'passed', reason: `${url.host} accepts the token.` };
    if (status === 400 || status === 404) {
      const reason = `${url.host} refuses the token${infoOf(said, key.secret ?? '')}.`;
      return { name: 'vendor', outcome: 'failed', reason };
    }
    return notChecked(`${url.host} answered ${status}, which says nothing about the token.`);
  } catch (error) {
    return notChecked(error instanceof UpstreamError ? error.message : `${url.host} could not be asked.`);
  }
}

/** Daily answers with an object: the token's properties (200), or `error` and mostly `info`. */
function objectIn(body: string): JsonObject | null {
  const value = parseJson(body);
  return isObject(value) ? value : null;
}

function isRefusal(said: JsonObject): boolean {
  return hasAt(said, 'error') || hasAt(said, 'info');
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

function notChecked(reason: string): Check {
  return { name: 'vendor', outcome: 'not-checked', reason };
}
