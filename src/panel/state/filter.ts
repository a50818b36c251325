import { batch, computed, signal } from '@preact/signals';
import type { Severity } from '../../engine/model/report.ts';
import { isAtLeast as reaches } from '../../engine/model/severity-order.ts';
import type { Row } from './row.ts';

/** Which rows are listed: what the user typed, and the choices beside it. */
export function createFilter() {
  const text = signal('');
  const severity = signal<Severity | null>(null);
  const platform = signal<string | null>(null);
  const isActive = computed(() => text.value.trim() !== '' || severity.value !== null || platform.value !== null);

  const keeps = computed(() => {
    const matches = parseFilter(text.value);
    const least = severity.value;
    const only = platform.value;
    return (row: Row) =>
      matches(row) && (!least || isAtLeast(row, least)) && (!only || (row.subject.provider?.id ?? 'unknown') === only);
  });

  return {
    text,
    severity,
    platform,
    isActive,
    /** Whether a row is listed. */
    keeps,

    clear(): void {
      batch(() => {
        text.value = '';
        severity.value = null;
        platform.value = null;
      });
    },
  };
}

/** Words a filter knows, as written before the colon. */
export const filterWords = [
  'platform',
  'severity',
  'role',
  'source',
  'origin',
  'room',
  'status',
  'rule',
  'form',
  'user',
  'is',
] as const;
type FilterWord = (typeof filterWords)[number];

interface Condition {
  word: FilterWord | null;
  /** Lower case; any of them is enough. */
  values: string[];
  negated: boolean;
}

/** A test for rows, made from what the user typed: `daily -role:host source:cookie,page-url "daily standup"`. */
export function parseFilter(text: string): (row: Row) => boolean {
  const conditions = [...text.matchAll(/(-?)(?:([a-z]+):)?("[^"]*"?|[^\s"]+)/gi)].map(([whole, minus, name, value]) =>
    condition(whole, minus === '-', name?.toLowerCase(), value ?? ''),
  );
  return (row) =>
    conditions.every(({ word, values, negated }) => values.some((value) => matches(row, word, value)) !== negated);
}

function condition(whole: string, negated: boolean, name: string | undefined, value: string): Condition {
  const word = filterWords.find((known) => known === name);
  const bare = (quoted: string) => quoted.replaceAll('"', '').toLowerCase();
  if (word && bare(value) !== '') return { word, values: value.split(',').map(bare).filter(Boolean), negated };
  const plain = bare(name && !word ? `${name}:${value}` : word ? whole : value);
  return negated && plain === ''
    ? { word: null, values: ['-'], negated: false }
    : { word: null, values: [plain], negated };
}

function matches(row: Row, word: FilterWord | null, value: string): boolean {
  const { subject, findings } = row;
  const { facts, provider, times, token, sightings } = subject;
  switch (word) {
    case 'platform':
      return has(provider?.id ?? 'unknown', value) || has(provider?.name, value);
    case 'severity':
      return findings.some(({ severity }) => severity === value);
    case 'role':
      return facts.role === value || has(facts.vendorRole, value);
    case 'source':
      return sightings.some(({ place }) => has(place.source, value));
    case 'origin':
      return sightings.some(({ place }) => has(place.origin, value));
    case 'room':
      return has(facts.room, value);
    case 'user':
      return has(facts.userId, value) || has(facts.displayName, value);
    case 'status':
      return has(times.status, value);
    case 'rule':
      return findings.some(({ rule }) => has(rule, value));
    case 'form':
      return has(token.form, value);
    case 'is':
      return value === 'gone' ? row.goneAt !== null : value === 'damaged' ? token.problem !== null : false;
    case null:
      return words(row).some((text) => has(text, value));
  }
}

function words({ subject, findings }: Row): (string | null | undefined)[] {
  const { facts, provider, times, token, sightings } = subject;
  return [
    provider?.name,
    provider?.id,
    facts.product,
    facts.room,
    facts.userId,
    facts.displayName,
    facts.tenant,
    facts.role,
    facts.vendorRole,
    times.status,
    token.form,
    ...sightings.flatMap(({ place }) => [place.label, place.origin]),
    ...findings.flatMap(({ rule, title }) => [rule, title]),
  ];
}

function has(text: string | null | undefined, part: string): boolean {
  return text ? text.toLowerCase().includes(part) : false;
}

/** Whether a row has a finding at least as bad as the given severity. What is gone has none that counts. */
export function isAtLeast(row: Row, severity: Severity): boolean {
  return row.goneAt === null && row.worst !== null && reaches(row.worst, severity);
}
