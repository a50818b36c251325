import * as v from 'valibot';
import { policies } from '../engine/audit/policy/policies.ts';
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
