import type { Subject } from '../../engine/model/report.ts';
import type { BackendSettings } from '../host.ts';

/** The backend for a token: one for its platform before one for all, one for this page before one for all. */
export function backendFor(
  { provider }: Pick<Subject, 'provider'>,
  backends: readonly BackendSettings[],
  pageOrigin: string | null,
): BackendSettings | null {
  const fitting = backends.filter(
    ({ sites, providers }) =>
      (!sites.length || (pageOrigin !== null && sites.includes(pageOrigin))) &&
      (!providers.length || (provider !== null && providers.includes(provider.id))),
  );
  return fitting.sort((a, b) => weight(b) - weight(a))[0] ?? null;
}

function weight({ sites, providers }: BackendSettings): number {
  return Number(providers.length > 0) * 2 + Number(sites.length > 0);
}
