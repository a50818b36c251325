import type { DocumentSighting, DocumentToken, ReportDocument } from '../../src/engine/report/report-document.ts';
import type { Planted, PlantedPlace } from '../demo/planted.ts';
import type { CallSite } from '../demo/site.ts';

/** A token as the tests compare it: what was planted and what was reported, in the same words. */
export interface Compared {
  name: string;
  platform: string | null;
  room: string | null;
  role: string;
  places: string[];
  findings: string[];
}

/**
 * `cookies` are seen by the page's scripts alone, in requests too, or by the browser, which tells everything of them.
 *
 * @param isPressed whether Rescan was, which reads what is otherwise left alone without access
 */
export function expected(
  site: CallSite,
  planted: Planted[],
  cookies: 'by-scripts' | 'in-requests' | 'by-browser',
  { isPressed = false } = {},
): Compared[] {
  const isSeen = ({ needs }: PlantedPlace) =>
    needs === undefined || cookies === 'by-browser' || (needs === 'press' && isPressed);
  return planted
    .map((one) => ({ one, places: one.places.filter(isSeen) }))
    .filter(({ places }) => places.length > 0 || cookies === 'in-requests')
    .map(({ one, places }) => ({
      name: one.name,
      platform: one.platform,
      room: one.room,
      role: one.role,
      places: places.map(({ label, on, path }) => `${label} of ${site.origins[on]}${path ? `, ${path}` : ''}`).sort(),
      findings: [...one.findings, ...(cookies === 'by-scripts' ? [] : (one.findingsWithAccess ?? []))].sort(),
    }))
    .sort(byName);
}

/**
 * Places that it lies in, or lay; not the requests that carried it, nor the plan that the page's script takes out of the document
 * first of all, which is seen by who looks at that moment.
 */
export function atRest(token: DocumentToken | undefined): DocumentSighting[] {
  const isPlan = (label: string) => label.startsWith('div#plan ');
  return token?.sightings.filter(({ direction, label }) => direction === undefined && !isPlan(label)) ?? [];
}

export function reported(report: ReportDocument, planted: Planted[]): Compared[] {
  return report.tokens
    .map((token) => ({ token, one: planted.find((one) => one.token === token.token) }))
    .map(({ token, one }) => ({
      name: one?.name ?? `not planted: ${token.token.slice(0, 40)}`,
      platform: token.provider?.id ?? null,
      room: token.facts.room,
      role: token.facts.role,
      places: atRest(token)
        .map(({ label, origin, path }) => `${label} of ${origin}${lastStep(path) ? `, ${lastStep(path)}` : ''}`)
        .sort(),
      findings: token.findings
        .filter(({ rule, severity }) => severity !== 'info' || isExpected(one, rule))
        .map(({ rule }) => rule)
        .sort(),
    }))
    .sort(byName);
}

function isExpected(one: Planted | undefined, rule: string): boolean {
  return [...(one?.findings ?? []), ...(one?.findingsWithAccess ?? [])].includes(rule);
}

/** `$.session $.call $.token` → `token`, `?jwt` → `jwt`. */
function lastStep(path: string): string {
  return /[\w-]+$/.exec(path)?.[0] ?? '';
}

function byName(a: Compared, b: Compared): number {
  return a.name < b.name ? -1 : 1;
}

/** Without what other pages of the origin left in its stores. */
export function ofPage(compared: Compared[]): Compared[] {
  return compared.filter(({ name }) => !name.startsWith('not planted'));
}

/** Those that lie in a place, or lay. */
export function placed(compared: Compared[]): Compared[] {
  return compared.filter(({ places }) => places.length > 0);
}
