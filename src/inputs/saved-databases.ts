import type { StoreEntry } from '../engine/model/capture.ts';
import type { Json } from '../engine/text/json.ts';
import { list, record, string } from '../engine/text/narrow.ts';

/** Deepest value that is put in its plain form; what lies deeper is written as it was saved. */
const deepest = 100;

/**
 * Records of IndexedDB as Playwright saves them (`storageState({ indexedDB: true })`, read in playwright-core 1.65), each under its
 * database, store and key as the panel tells them; null for what is no such list.
 */
export function databaseEntries(saved: unknown): StoreEntry[] | null {
  if (!Array.isArray(saved) || !saved.every((one) => Array.isArray(record(one).stores))) return null;
  return saved.flatMap((database) =>
    list(record(database).stores).flatMap((store) =>
      list(record(store).records).map((one, index) =>
        entryOf(string(record(database).name), record(store), record(one), index),
      ),
    ),
  );
}

function entryOf(
  database: string,
  { name, keyPath }: Record<string, unknown>,
  saved: Record<string, unknown>,
  index: number,
): StoreEntry {
  const value = valueIn(saved, 'value');
  const outside = valueIn(saved, 'key');
  const inside = typeof keyPath === 'string' ? memberAt(value, keyPath) : undefined;
  const own = outside ?? inside;
  const key = nameOf(own) ?? `record ${index + 1}`;
  // As the panel tells keys that are no text, so that 1 and "1" do not read alike.
  const isText = own === undefined || own === null || typeof own === 'string';
  return {
    key: JSON.stringify([database, string(name), key, ...(isText ? [] : ['', 'key'])]),
    text: outside === undefined ? JSON.stringify(value ?? null) : JSON.stringify({ key, value: value ?? null }),
  };
}

/** A member that is plain JSON, or else encoded with its types. */
function valueIn(saved: Record<string, unknown>, name: 'key' | 'value'): Json | undefined {
  if (saved[name] !== undefined) return saved[name] as Json;
  const encoded = saved[`${name}Encoded`];
  return encoded === undefined ? undefined : plainOf(encoded as Json, 0);
}

/** Playwright's own writing of what JSON has no words for: objects, arrays, dates, maps, sets and bytes by a letter or two each. */
function plainOf(encoded: Json, depth: number): Json {
  if (encoded === null || typeof encoded !== 'object' || Array.isArray(encoded) || depth > deepest) return encoded;
  const { o: members, a: items, m: map, s: set, d: date, u: url, bi: integer, ta: typed, ab: bytes } = encoded;
  if (Array.isArray(members)) return membersOf(members, depth);
  if (Array.isArray(map)) return membersOf(map, depth);
  if (Array.isArray(items)) return items.map((one) => plainOf(one, depth + 1));
  if (Array.isArray(set)) return set.map((one) => plainOf(one, depth + 1));
  return date ?? url ?? integer ?? (record(typed ?? bytes).b as Json | undefined) ?? encoded;
}

function membersOf(members: Json[], depth: number): Json {
  return Object.fromEntries(
    members.map((member) => {
      const { k, v } = record(member);
      return [nameOf(plainOf((k ?? '') as Json, depth + 1)) ?? '', plainOf((v ?? null) as Json, depth + 1)];
    }),
  );
}

function nameOf(key: Json | undefined): string | null {
  if (key === undefined || key === null) return null;
  return typeof key === 'string' ? key : JSON.stringify(key);
}

function memberAt(value: Json | undefined, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((at, name) => {
    const members = record(at);
    return Object.hasOwn(members, name) ? (members[name] as Json) : undefined;
  }, value);
}
