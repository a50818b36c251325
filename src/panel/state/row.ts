import { withoutNumber } from '../../engine/find/sources/exchange-place.ts';
import { firstSeen, goneSince } from '../../engine/model/presence.ts';
import type { Finding, Report, Severity, Subject } from '../../engine/model/report.ts';
import { bySeverity } from '../../engine/model/severity-order.ts';
import { confidences } from '../../engine/model/token.ts';
import { isSameList } from '../../engine/text/same-list.ts';
import { renewals } from '../../engine/timeline/renewals.ts';

/** One line of the table: a subject, and what the table derives from it. */
export interface Row {
  subject: Subject;
  /** Its own findings and those about several tokens that name it, worst first and muted ones last. */
  findings: Finding[];
  /** The worst that counts, neither muted nor a detail of another: of equals, one that is wrong with the token itself. */
  lead: Finding | null;
  worst: Severity | null;
  /** Seconds since the epoch, when it was last missing everywhere; null while it is somewhere. */
  goneAt: number | null;
  /** Seconds since the epoch. */
  firstSeenAt: number | null;
  /** How many places it is, or was, in: the same one in another request is no other place. */
  places: number;
  /** The tokens that this one renewed, the latest first. */
  versions: readonly Subject[];
  /** Whether another renewed it: then it is listed among the versions of that one. */
  isVersion: boolean;
}

/** The rows of one report, each the same object as for the report before where nothing of it has changed. */
export function createRowMaker(): (report: Report) => Row[] {
  let before = new Map<Subject, { row: Row; together: readonly Finding[] }>();
  return (report) => {
    const together = new Map<string, Finding[]>();
    for (const finding of report.findings) {
      for (const id of finding.tokens ?? []) {
        const list = together.get(id);
        if (list) list.push(finding);
        else together.set(id, [finding]);
      }
    }
    const versions = renewals(report.subjects);
    const older = new Set([...versions.values()].flat());
    const now: typeof before = new Map();
    for (const subject of report.subjects) {
      const { id } = subject.token;
      const parts = {
        together: together.get(id) ?? none,
        versions: versions.get(id) ?? none,
        isVersion: older.has(subject),
      };
      const known = before.get(subject);
      const isSame =
        known?.row.isVersion === parts.isVersion &&
        isSameList(known.together, parts.together) &&
        isSameList(known.row.versions, parts.versions);
      now.set(subject, isSame ? known : { row: rowOf(subject, parts), together: parts.together });
    }
    before = now;
    return [...now.values()].map(({ row }) => row);
  };
}

const none: readonly never[] = [];

interface RowParts extends Pick<Row, 'versions' | 'isVersion'> {
  together: readonly Finding[];
}

function rowOf(subject: Subject, { together, versions, isVersion }: RowParts): Row {
  const findings = [...subject.findings, ...together].sort(byWeight);
  const lead = findings.find(({ muted, under }) => !muted && !under) ?? null;
  return {
    subject,
    findings,
    lead,
    worst: lead?.severity ?? null,
    goneAt: goneSince(subject),
    firstSeenAt: firstSeen(subject),
    places: countPlaces(subject),
    versions,
    isVersion,
  };
}

/**
 * What counts before what is muted, the worse before the less bad; among equals what is wrong with the token, or with its being
 * here at all, before where it is kept and how it travels, and the surer before the less sure.
 */
function byWeight(a: Finding, b: Finding): number {
  return (
    Number(a.muted !== undefined) - Number(b.muted !== undefined) ||
    bySeverity(a, b) ||
    Number(isOfPlace(a)) - Number(isOfPlace(b)) ||
    confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence)
  );
}

/** A saved report does not say, but for what caused it. */
export function isOfPlace({ at, isOfPlace: isSaid }: Finding): boolean {
  return isSaid ?? at?.startsWith('sightings[') === true;
}

function countPlaces({ sightings }: Subject): number {
  if (sightings.length < 2) return sightings.length;
  const places = sightings.map(({ place: { source, origin, label }, path }) =>
    JSON.stringify([source, origin, withoutNumber(label), path]),
  );
  return new Set(places).size;
}
