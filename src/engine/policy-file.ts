import { jsonOddities, jsonPath, parseJson, walkJson } from './json.ts';
import { jsonFault, lineAndColumn } from './json-fault.ts';
import type { Problem, Severity, TokenUse } from './model.ts';
import type { ClaimDemand, LifetimeKey, LifetimeTiers, Mute, Policy, PolicyRules } from './policies.ts';
import { policies } from './policies.ts';

/** Longest policy file read, in characters. */
const longest = 1 << 20;

/** Longest name of a policy, which stands in every report, in characters. */
const longestPolicyName = 300;

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** Every kind of token a lifetime or a demand can be for. */
const uses: readonly TokenUse[] = [
  'video-join',
  'access',
  'id',
  'refresh',
  'session',
  'public-key-token',
  'service-key',
  'client-assertion',
  'dpop-proof',
  'request-object',
  'logout',
  'set',
  'vc',
  'one-time',
  'unknown',
];
const lifetimeKeys: readonly LifetimeKey[] = [...uses, 'video-join:host', 'session:readable', 'access:bound'];
const tierNames = ['ok', 'info', 'low', 'medium'] as const;
const ruleId = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * Reads a user's policy: JSON as `docs/policy.schema.json` describes it, whose members are laid over the policy it
 * `extends` (standard when left out). Never throws. A file with any mistake gives no policy and names every mistake
 * (at most twenty) with its path, line and column, so that nobody works under a policy they did not mean.
 * `ruleIds`, when given, are the rules that exist; other ids are then mistakes.
 */
export function parsePolicy(
  text: string,
  { name = 'own policy', ruleIds }: { name?: string; ruleIds?: readonly string[] } = {},
): { policy: Policy; problems: [] } | { policy: null; problems: Problem[] } {
  if (text.length > longest) {
    return failed([{ code: 'policy-too-long', message: `The policy has more than ${longest} characters.` }]);
  }
  // A byte order mark is what some editors write.
  const source = text.replace(/^\ufeff/, '');
  const fault = jsonFault(source);
  const value = fault === null ? parseJson(source) : undefined;
  if (value === undefined) {
    const at = fault ?? 0;
    const message = `This is not JSON: ${lineAndColumn(source, at)}.`;
    return failed([{ code: 'policy-not-json', message, offset: at }]);
  }
  const offsets = positions(source);
  const problems: Problem[] = [];
  const reader = createReader((path, message) => {
    if (problems.length >= 20) return;
    const offset = offsetOf(path, offsets);
    problems.push({
      code: 'policy-invalid',
      message: `${path === '$' ? 'The policy' : path} ${message} (${lineAndColumn(source, offset)}).`,
      offset,
      subject: path,
    });
  });
  for (const { path, offset } of duplicates(source)) {
    problems.push({
      code: 'policy-invalid',
      message: `${path} stands twice (${lineAndColumn(source, offset)}).`,
      offset,
      subject: path,
    });
  }
  const policy = read(value, name, reader, ruleIds ?? null);
  return problems.length > 0 ? failed(problems) : { policy, problems: [] };
}

function failed(problems: Problem[]): { policy: null; problems: Problem[] } {
  return { policy: null, problems };
}

type Fail = (path: string, message: string) => void;
type Members = Record<string, unknown>;

function read(value: unknown, name: string, reader: Reader, ruleIds: readonly string[] | null): Policy {
  const given = reader.object(value, '$', [
    '$schema',
    'name',
    'extends',
    'lifetimes',
    'severities',
    'off',
    'timeBoxedCalls',
    'origins',
    'requiredClaims',
    'forbiddenClaims',
    'mutes',
    'recipients',
  ]);
  const base = reader.oneOf(given.extends, '$.extends', Object.keys(policies), 'standard') as keyof typeof policies;
  const from: Policy = policies[base];
  const rules = readRules(given, '$', reader, ruleIds);
  return {
    ...from,
    name: policyName(),
    lifetimes: { ...from.lifetimes, ...rules.lifetimes },
    severities: { ...from.severities, ...rules.severities },
    off: rules.off ?? from.off,
    timeBoxedCalls: reader.boolean(given.timeBoxedCalls, '$.timeBoxedCalls', from.timeBoxedCalls),
    origins: readOrigins(given.origins, reader, ruleIds),
    requiredClaims: reader.list(given.requiredClaims, '$.requiredClaims').map(demand),
    forbiddenClaims: reader.list(given.forbiddenClaims, '$.forbiddenClaims').map(demand),
    mutes: reader.list(given.mutes, '$.mutes').map(mute),
    recipients: reader.list(given.recipients, '$.recipients').map(({ value: one, path }) => {
      const host = reader.text(one, path, '').toLowerCase();
      if (host !== '' && !/^(?:\*\.)?[^\s/:*]+$/.test(host))
        reader.fail(path, 'must be a host, such as "*.call.example"');
      return host;
    }),
  };

  function policyName(): string {
    const text = reader.text(given.name, '$.name', name);
    if (given.name !== undefined && text.length > longestPolicyName)
      reader.fail('$.name', `must have ${longestPolicyName} characters at most`);
    return text;
  }

  function demand({ value: one, path }: Item): ClaimDemand {
    const members = reader.object(one, path, ['claim', 'uses', 'severity', 'because']);
    const claim = reader.text(members.claim, `${path}.claim`, '');
    if (claim === '') reader.fail(`${path}.claim`, 'must name a claim');
    return {
      claim,
      uses: reader
        .list(members.uses, `${path}.uses`)
        .map((use) => reader.oneOf(use.value, use.path, uses, 'unknown') as TokenUse),
      severity: reader.oneOf(members.severity, `${path}.severity`, severities, 'medium') as Severity,
      because: reader.text(members.because, `${path}.because`, ''),
    };
  }

  function mute({ value: one, path }: Item): Mute {
    const members = reader.object(one, path, ['rule', 'token', 'place', 'origin', 'reason']);
    const rule = reader.text(members.rule, `${path}.rule`, '*');
    if (rule !== '*') checkRule(rule, `${path}.rule`, reader, ruleIds);
    const result: Mute = {
      rule,
      token: members.token === undefined ? null : reader.text(members.token, `${path}.token`, ''),
      place: members.place === undefined ? null : reader.text(members.place, `${path}.place`, ''),
      origin: members.origin === undefined ? null : originAt(members.origin, `${path}.origin`, reader),
      reason: reader.text(members.reason, `${path}.reason`, ''),
    };
    if (result.token === null && result.place === null && result.origin === null) {
      reader.fail(path, 'must name a token, a place or an origin');
    }
    if (result.token !== null && !/^[0-9a-f]{64}$/.test(result.token)) {
      reader.fail(`${path}.token`, 'must be the id of a token, 64 hexadecimal digits');
    }
    if (result.reason.trim() === '') reader.fail(`${path}.reason`, 'must say why it is accepted');
    return result;
  }
}

function readRules(
  given: Members,
  path: string,
  reader: Reader,
  ruleIds: readonly string[] | null,
): { lifetimes: PolicyRules['lifetimes']; severities: Record<string, Severity>; off: string[] | null } {
  const lifetimes: Partial<Record<LifetimeKey, LifetimeTiers>> = {};
  for (const [key, value] of reader.entries(given.lifetimes, `${path}.lifetimes`)) {
    const at = `${path}.lifetimes${step(key)}`;
    if (!(lifetimeKeys as readonly string[]).includes(key)) {
      reader.fail(at, `is no kind of token; known are ${lifetimeKeys.join(', ')}`);
      continue;
    }
    lifetimes[key as LifetimeKey] = readTiers(value, at, reader);
  }
  const chosen: Record<string, Severity> = {};
  for (const [id, value] of reader.entries(given.severities, `${path}.severities`)) {
    const at = `${path}.severities${step(id)}`;
    if (!checkRule(id, at, reader, ruleIds)) continue;
    chosen[id] = reader.oneOf(value, at, severities, 'info') as Severity;
  }
  const off =
    given.off === undefined
      ? null
      : reader.list(given.off, `${path}.off`).map(({ value, path: at }) => {
          const id = reader.text(value, at, '');
          checkRule(id, at, reader, ruleIds);
          return id;
        });
  return { lifetimes, severities: chosen, off };
}

function readTiers(value: unknown, path: string, reader: Reader): LifetimeTiers {
  const members = reader.object(value, path, tierNames);
  const tiers: LifetimeTiers = { ok: null, info: null, low: null, medium: null };
  let before = 0;
  for (const name of tierNames) {
    const end = Object.hasOwn(members, name) ? members[name] : undefined;
    if (end === undefined) {
      reader.fail(`${path}.${name}`, 'is missing; give seconds, or null for no end');
    } else if (end !== null) {
      if (typeof end !== 'number' || !Number.isFinite(end) || end < 0) {
        reader.fail(`${path}.${name}`, 'must be a number of seconds, or null for no end');
      } else if (end < before) {
        reader.fail(`${path}.${name}`, 'must not be less than the tier before it');
      } else {
        tiers[name] = end;
        before = end;
      }
    }
  }
  return tiers;
}

function readOrigins(value: unknown, reader: Reader, ruleIds: readonly string[] | null): Policy['origins'] {
  const origins: Policy['origins'] = {};
  for (const [key, over] of reader.entries(value, '$.origins')) {
    const at = `$.origins${step(key)}`;
    const origin = originAt(key, at, reader);
    const members = reader.object(over, at, ['lifetimes', 'severities', 'off']);
    const { lifetimes, severities: chosen, off } = readRules(members, at, reader, ruleIds);
    if (origin !== null && Object.hasOwn(origins, origin)) reader.fail(at, 'is an origin that stands above already');
    if (origin !== null) origins[origin] = { lifetimes, severities: chosen, ...(off ? { off } : {}) };
  }
  return origins;
}

function originAt(value: unknown, path: string, reader: Reader): string | null {
  const text = reader.text(value, path, '');
  try {
    const { origin } = new URL(text);
    if (origin !== 'null' && text.replace(/\/$/, '').toLowerCase() === origin) return origin;
  } catch {
    // Said below, as for any other text that is no origin.
  }
  reader.fail(path, 'must be an origin, such as "https://call.example"');
  return null;
}

function checkRule(id: string, path: string, reader: Reader, ruleIds: readonly string[] | null): boolean {
  if (ruleId.test(id) && (ruleIds === null || ruleIds.includes(id))) return true;
  reader.fail(path, 'is no rule of this version');
  return false;
}

interface Item {
  value: unknown;
  path: string;
}

/** Narrows unknown values, and says where one is not what it should be. Each answers something usable either way. */
interface Reader {
  fail: Fail;
  object(value: unknown, path: string, known: readonly string[]): Members;
  entries(value: unknown, path: string): [string, unknown][];
  list(value: unknown, path: string): Item[];
  text(value: unknown, path: string, otherwise: string): string;
  boolean(value: unknown, path: string, otherwise: boolean): boolean;
  oneOf(value: unknown, path: string, known: readonly string[], otherwise: string): string;
}

function createReader(fail: Fail): Reader {
  const isObject = (value: unknown): value is Members =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return {
    fail,
    object(value, path, known) {
      if (!isObject(value)) {
        fail(path, 'must be an object');
        return {};
      }
      const own: Members = {};
      for (const name of Object.keys(value)) {
        if (known.includes(name)) own[name] = value[name];
        else
          fail(
            `${path}${step(name)}`,
            `is not known; known here are ${known.filter((one) => one !== '$schema').join(', ')}`,
          );
      }
      return own;
    },
    entries(value, path) {
      if (value === undefined) return [];
      if (isObject(value)) return Object.entries(value);
      fail(path, 'must be an object');
      return [];
    },
    list(value, path) {
      if (value === undefined) return [];
      if (Array.isArray(value)) return value.map((one: unknown, index) => ({ value: one, path: `${path}[${index}]` }));
      fail(path, 'must be a list');
      return [];
    },
    text(value, path, otherwise) {
      if (value === undefined) return otherwise;
      if (typeof value === 'string') return value;
      fail(path, 'must be a text');
      return otherwise;
    },
    boolean(value, path, otherwise) {
      if (value === undefined) return otherwise;
      if (typeof value === 'boolean') return value;
      fail(path, 'must be true or false');
      return otherwise;
    },
    oneOf(value, path, known, otherwise) {
      if (value === undefined) return otherwise;
      if (typeof value === 'string' && known.includes(value)) return value;
      fail(path, `must be one of ${known.join(', ')}`);
      return otherwise;
    },
  };
}

/** A member name as `jsonPath` writes it; what is longer than any that is known is cut. */
function step(given: string): string {
  const name = given.length > longestName ? `${given.slice(0, longestName)}…` : given;
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

const longestName = 200;

/** Members that an object has twice: of which one is meant nobody knows. */
function duplicates(text: string): { path: string; offset: number }[] {
  return jsonOddities(text, 20)
    .filter(({ code }) => code === 'duplicate-member')
    .map(({ path, offset }) => ({ path: `$.${path}`, offset: offset - 1 }));
}

/** Where each member's name stands, by path. */
function positions(text: string): Map<string, number> {
  const offsets = new Map<string, number>();
  walkJson(text, {
    member(start, _, stack) {
      // No member of a policy lies deeper.
      if (offsets.size < 10_000 && stack.length <= 8) offsets.set(jsonPath(text, stack), start - 1);
    },
  });
  return offsets;
}

/** The member itself, or the nearest one around it. */
function offsetOf(path: string, offsets: ReadonlyMap<string, number>): number {
  for (let part = path; part.length > 1; part = part.replace(/(?:\.[^.[\]]+|\[[^\]]*\])$/, '')) {
    const offset = offsets.get(part);
    if (offset !== undefined) return offset;
    if (!/(?:\.[^.[\]]+|\[[^\]]*\])$/.test(part)) return 0;
  }
  return 0;
}
