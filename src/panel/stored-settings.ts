import * as v from 'valibot';
import { policies } from '../engine/audit/policy/policies.ts';
import { severities } from '../engine/model/report.ts';
import { known } from '../engine/text/written-shapes.ts';
import { insecureUrl } from '../introspection/insecure-url.ts';

const nonEmpty = v.pipe(v.string(), v.nonEmpty());

/** A policy file the user chose, as it was read. */
const ownPolicy = known({ name: nonEmpty, text: v.string() });
export type OwnPolicy = v.InferOutput<typeof ownPolicy>;

/** A mute that says where it holds. Half of one is left out: it would mute more than was accepted. */
const textOrNull = v.exactOptional(v.nullable(v.string()), null);
const mute = v.pipe(
  known({ rule: v.string(), token: textOrNull, place: textOrNull, origin: textOrNull, reason: v.string() }),
  v.check(({ token, place, origin }) => token !== null || place !== null || origin !== null),
);

/** Texts of which none mean all. That is not what another hand's odd ones meant, so that what holds them falls away. */
function noneOrSome() {
  return v.exactOptional(
    v.pipe(
      v.unknown(),
      v.check((given) => Array.isArray(given) && (given.length === 0 || given.some((one) => typeof one === 'string'))),
      v.transform((given) => wholeOf(v.string(), given)),
    ),
    () => [],
  );
}

/** One backend. The value of its header is a secret and is kept elsewhere. */
const backend = known({
  id: v.string(),
  /** One that another hand made insecure is not used: tokens are sent to it. */
  url: v.pipe(
    v.string(),
    v.check((url) => insecureUrl(url) === null),
  ),
  /** Origins it serves; none = every page. */
  sites: noneOrSome(),
  /** Provider ids it serves; none = every platform. */
  providers: noneOrSome(),
  /** Name of the header that carries the secret; null when it needs none. */
  header: v.fallback(v.nullable(nonEmpty), null),
});
export type BackendSettings = v.InferOutput<typeof backend>;

/**
 * What the user set, as the browser keeps it. An older version or another hand may have left anything there: each member,
 * each element and each name falls away alone.
 */
const stored = known({
  /** For sites that have none of their own: standard, strict, relaxed, or the name of an own policy. */
  policy: v.fallback(v.string(), ''),
  /** Names of policies by origin. */
  sitePolicies: byNameOfWhole(v.string()),
  ownPolicies: listOfWhole(ownPolicy),
  /** Findings the user accepted, whatever the policy. */
  mutes: listOfWhole(mute),
  /** What the user says a page is, by origin. */
  pageMarks: byNameOfWhole(v.picklist(['guest', 'host'])),
  /** How times are written; null means the user's own zone. */
  timeZone: v.fallback(v.nullable(v.picklist(['local', 'utc'])), null),
  /** Whether what is gone is kept when the page navigates; null means that it is. */
  preserveLog: v.fallback(v.nullable(v.boolean()), null),
  /** In the user's order. */
  backends: listOfWhole(backend),
});

type Stored = v.InferOutput<typeof stored>;
export type Settings = Pick<Stored, 'policy' | 'pageMarks'> &
  Partial<Pick<Stored, 'sitePolicies' | 'ownPolicies' | 'mutes' | 'backends'>> & {
    /** Absent means the user's own zone. */
    timeZone?: NonNullable<Stored['timeZone']>;
    /** Absent means that it is preserved. */
    preserveLog?: NonNullable<Stored['preserveLog']>;
  };

/** What holds where nothing is stored. */
const standard = 'standard' satisfies keyof typeof policies;

/** What was stored, as far as it could be read, and what of it was left out, in words. */
export interface Loaded<Value> {
  value: Value;
  leftOut: readonly string[];
}

/** Settings as stored, and what is not as it should be. */
export function loadSettings(given: unknown): Loaded<Settings> {
  const value = readSettings(given);
  return { value, leftOut: leftOut(given, value, settingNames, 'the settings') };
}

const settingNames: Record<keyof Stored, string> = {
  policy: 'the policy',
  sitePolicies: 'policies of sites',
  ownPolicies: 'own policies',
  mutes: 'muted findings',
  pageMarks: 'marks of pages',
  timeZone: 'the time zone',
  preserveLog: 'whether the log is preserved',
  backends: 'validation backends',
};

/** Settings as stored. A policy that is nowhere is chosen nowhere. */
export function readSettings(given: unknown): Settings {
  const { success, output } = v.safeParse(stored, given);
  if (!success) return { policy: standard, pageMarks: {} };
  const { policy, sitePolicies, ownPolicies, mutes, pageMarks, timeZone, preserveLog, backends } = output;
  const isKnown = (name: string) => Object.hasOwn(policies, name) || ownPolicies.some((one) => one.name === name);
  const bySite = Object.entries(sitePolicies).filter(([, name]) => isKnown(name));
  return {
    policy: isKnown(policy) ? policy : standard,
    ...(bySite.length > 0 ? { sitePolicies: Object.fromEntries(bySite) } : {}),
    ...(ownPolicies.length > 0 ? { ownPolicies } : {}),
    ...(mutes.length > 0 ? { mutes } : {}),
    pageMarks,
    ...(timeZone ? { timeZone } : {}),
    ...(preserveLog === null ? {} : { preserveLog }),
    ...(backends.length > 0 ? { backends } : {}),
  };
}

/** A part of the panel, as a fraction of the whole. */
const share = v.fallback(v.nullable(v.pipe(v.number(), v.minValue(0.1), v.maxValue(0.9))), null);
const idOrNull = v.fallback(v.nullable(v.pipe(v.string(), v.regex(/^[a-z\d][a-z\d-]{0,39}$/))), null);

/** How the panel was left. What is null, or names what there is no more, is as it is at first. */
const view = known({
  filter: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  severity: v.fallback(v.nullable(v.picklist(severities)), null),
  platform: idOrNull,
  view: idOrNull,
  tab: idOrNull,
  /** How the list is arranged, which only the list knows how to read. */
  table: v.fallback(v.nullable(v.looseObject({})), null),
  /** Of the list beside the details, and above them. */
  beside: share,
  below: share,
  exportFormat: idOrNull,
});
export type StoredView = v.InferOutput<typeof view>;

const viewNames: Record<keyof StoredView, string> = {
  filter: 'the filter',
  severity: 'the severity that is filtered by',
  platform: 'the platform that is filtered by',
  view: 'the view',
  tab: 'the tab of the details',
  table: 'how the list is arranged',
  beside: 'the width of the list',
  below: 'the height of the list',
  exportFormat: 'the format of reports',
};

/** How the panel was left, as stored. */
export function loadView(given: unknown): Loaded<Partial<StoredView>> {
  const { success, output } = v.safeParse(view, given);
  const value = success ? output : {};
  return { value, leftOut: leftOut(given, value, viewNames, 'how the panel was left') };
}

/** What was given and not read, in words. What nobody knows is of another version, and nobody's fault. */
function leftOut(given: unknown, read: object, names: Record<string, string>, whole: string): string[] {
  if (given === undefined || given === null) return [];
  if (typeof given !== 'object' || Array.isArray(given)) return [whole];
  const member = (of: object, name: string): unknown =>
    Object.hasOwn(of, name) ? of[name as keyof typeof of] : undefined;
  return Object.entries(names).flatMap(([name, words]) => {
    const one = member(given, name);
    const lost = lostOf(one, member(read, name));
    if (lost === 0) return [];
    return [typeof one === 'object' && one !== null && lost > 1 ? `${lost} of ${words}` : words];
  });
}

/** How many parts of it were not read. */
function lostOf(given: unknown, read: unknown): number {
  if (given === undefined || given === null) return 0;
  if (typeof given !== 'object') return given === read ? 0 : 1;
  const count = (all: unknown) => (typeof all === 'object' && all !== null ? Object.keys(all).length : 0);
  return Math.max(0, count(given) - count(read));
}

const keptExpectations = known({
  /** Of the file. */
  name: nonEmpty,
  /** Of an expectation file, not checked yet. */
  text: nonEmpty,
  /** Whether it was saved as a file since it was changed. */
  isSaved: v.boolean(),
});
export type KeptExpectations = v.InferOutput<typeof keptExpectations>;

/** Expectations as stored; throws where they are not as they should be. */
export function readKeptExpectations(given: unknown): KeptExpectations {
  const { success, output } = v.safeParse(keptExpectations, given);
  if (!success) throw new Error('What the browser has kept of them is not as Roomkey wrote it.');
  return output;
}

const preset = known({ policy: v.fallback(v.nullable(v.pipe(v.string(), v.regex(/\S/))), null) });
/** `policy`: standard, strict, relaxed, or the text of a policy file; null leaves the choice to the user. */
export type Preset = v.InferOutput<typeof preset>;

/** What an administrator set, as the managed storage answers. */
export function readPreset(given: unknown): Preset {
  const { success, output } = v.safeParse(preset, given);
  return success ? output : { policy: null };
}

function listOfWhole<Item extends v.GenericSchema>(item: Item) {
  return v.pipe(
    v.unknown(),
    v.transform((given) => wholeOf(item, given)),
  );
}

function byNameOfWhole<Value extends v.GenericSchema>(value: Value) {
  return v.pipe(
    v.unknown(),
    v.transform((given): Record<string, v.InferOutput<Value>> => {
      const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
      return Object.fromEntries(entries.flatMap(([name, one]) => wholeOf(value, [one]).map((read) => [name, read])));
    }),
  );
}

/** What of a list is as it should be. */
function wholeOf<Item extends v.GenericSchema>(item: Item, given: unknown): v.InferOutput<Item>[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((one) => {
    const { success, output } = v.safeParse(item, one);
    return success ? [output] : [];
  });
}
