import { readFileSync } from 'node:fs';

/** A request that the browser made, as its own log of the network has it. */
export interface LoggedRequest {
  url: string;
  method: string;
  /** The origin that asked for it; "not an origin" for the browser itself. */
  initiator: string;
}

interface Log {
  constants: { logEventTypes: Record<string, number> };
  events: { type: number; params?: { url?: string; method?: string; initiator?: string; host?: string } }[];
}

/**
 * Every request that reached the network, by a file of `--log-net-log`: of pages, extensions and their workers, to this machine too. Pages and
 * files of extensions themselves take no part in it.
 */
export function requestsIn(file: string): LoggedRequest[] {
  const { constants, events } = JSON.parse(readFileSync(file, 'utf8')) as Log;
  const kind = constants.logEventTypes.URL_REQUEST_START_JOB;
  return events.flatMap(({ type, params }) =>
    type === kind && params?.url !== undefined
      ? [{ url: params.url, method: params.method ?? '', initiator: params.initiator ?? '' }]
      : [],
  );
}

/** Names of hosts that were looked up. */
export function namesIn(file: string): string[] {
  const { constants, events } = JSON.parse(readFileSync(file, 'utf8')) as Log;
  const kind = constants.logEventTypes.HOST_RESOLVER_MANAGER_REQUEST;
  return events.flatMap(({ type, params }) => (type === kind && params?.host !== undefined ? [params.host] : []));
}
