import type { Check } from '../contract/introspection.ts';
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
  const url = new URL(`${key.upstream ?? 'https://api.daily.co/v1'}/meeting-tokens/${encodeURIComponent(token)}`);
  if (options.ignoreNbf) url.searchParams.set('ignoreNbf', 'true');
  try {
    const { status, body } = await ask(
      url,
      { authorization: `Bearer ${key.secret ?? ''}`, accept: 'application/json' },
      options.timeoutMs,
      surroundings,
    );
    if (status === 200) return { name: 'vendor', outcome: 'passed', reason: `${url.host} accepts the token.` };
    if (status === 401 || status === 403) {
      return notChecked(`${url.host} rejected the API key this server is configured with.`);
    }
    if (status === 400 || status === 404) {
      return { name: 'vendor', outcome: 'failed', reason: `${url.host} refuses the token${infoOf(body)}.` };
    }
    return notChecked(`${url.host} answered ${status}, which says nothing about the token.`);
  } catch (error) {
    return notChecked(error instanceof UpstreamError ? error.message : `${url.host} could not be asked.`);
  }
}

/** Daily explains errors as `{"error": "invalid-request-error", "info": "…"}`. Anything that could repeat the token is left out. */
function infoOf(body: string): string {
  try {
    const { info } = JSON.parse(body) as { info?: unknown };
    return typeof info === 'string' && info.length <= 200 && !/[\w-]{16,}\./.test(info)
      ? `: ${info.replace(/\.$/, '')}`
      : '';
  } catch {
    return '';
  }
}

function notChecked(reason: string): Check {
  return { name: 'vendor', outcome: 'not-checked', reason };
}
