import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Finding } from '../../engine/model/report.ts';
import { bySeverity } from '../../engine/model/severity-order.ts';
import { spotOf } from '../words/finding-spot.ts';
import type { Row } from './row.ts';

/** A finding, and the token that it is about: of one about several, the first that is listed. */
export interface Entry {
  /** Stands for it while the page changes. */
  key: string;
  row: Row;
  finding: Finding;
}

/** What one rule says alike, of one token or of many. */
export interface FindingGroup {
  /** Rule and severity: of what is worse with one token than with another, each counts for itself. */
  id: string;
  first: Finding;
  entries: Entry[];
}

/** Findings that count, those that are worth knowing and nothing to mend, muted ones, and those of what is gone. */
export const findingSections = ['counting', 'notes', 'muted', 'past'] as const;
export type FindingSection = (typeof findingSections)[number];

/** Every finding of the rows that are listed, grouped by the rule that made it and how bad it is, and which of them is open. */
export function createFindingList(listed: ReadonlySignal<readonly Row[]>) {
  const openKey = signal<string | null>(null);
  const sections = computed(() => sectionsOf(listed.value));
  const entries = computed(() =>
    findingSections.flatMap((section) => sections.value[section].flatMap((group) => group.entries)),
  );
  const openIndex = computed(() => entries.value.findIndex(({ key }) => key === openKey.value));

  return {
    sections,
    /** All of them, in the order in which they are listed. */
    entries,
    openKey,
    openIndex,
    /** The one that is open; null where there is none, or where it is no longer found. */
    open: computed(() => entries.value[openIndex.value] ?? null),

    /** Opens the one so many further on, from the first to the last. */
    step(by: number): void {
      const next = entries.value[openIndex.value + by];
      if (next) openKey.value = next.key;
    },
  };
}

export type FindingList = ReturnType<typeof createFindingList>;

function sectionsOf(rows: readonly Row[]): Record<FindingSection, FindingGroup[]> {
  const found: Record<FindingSection, Map<string, Entry[]>> = {
    counting: new Map(),
    notes: new Map(),
    muted: new Map(),
    past: new Map(),
  };
  const met = new Set<Finding>();
  const keys = new Set<string>();
  for (const row of rows) {
    for (const finding of row.findings) {
      if (met.has(finding)) continue;
      met.add(finding);
      const section = found[sectionOf(row, finding)];
      const spot = `${row.subject.token.id} ${spotOf(finding)}`;
      // A rule may say two things of one place; which is which tells what they say.
      const entry = { key: keys.has(spot) ? `${spot} ${finding.says}` : spot, row, finding };
      keys.add(entry.key);
      const id = `${finding.rule} ${finding.severity}`;
      const entries = section.get(id);
      if (entries) entries.push(entry);
      else section.set(id, [entry]);
    }
  }
  return {
    counting: groupsOf(found.counting),
    notes: groupsOf(found.notes),
    muted: groupsOf(found.muted),
    past: groupsOf(found.past),
  };
}

function sectionOf(row: Row, finding: Finding): FindingSection {
  if (row.goneAt !== null) return 'past';
  if (finding.muted) return 'muted';
  return finding.severity === 'info' ? 'notes' : 'counting';
}

/** The worst first, and of those alike the more frequent. */
function groupsOf(byId: ReadonlyMap<string, Entry[]>): FindingGroup[] {
  return [...byId]
    .flatMap(([id, entries]) => (entries[0] ? [{ id, first: entries[0].finding, entries }] : []))
    .sort((a, b) => bySeverity(a.first, b.first) || b.entries.length - a.entries.length);
}
