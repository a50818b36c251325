import type { Problem } from '../../model/capture.ts';
import { type Severity, severities } from '../../model/report.ts';
import { type TokenUse, tokenUses } from '../../model/token.ts';
import { type Item, type Members, type Reader, readChecked, step } from '../../text/checked-json.ts';
import type { ClaimDemand, LifetimeKey, LifetimeTiers, Mute, Policy, PolicyRules } from './policies.ts';
import { policies } from './policies.ts';

/** Longest policy file read, in characters. */
const longest = 1 << 20;

/** Longest name of a policy, which stands in every report, in characters. */
const longestPolicyName = 300;

const lifetimeKeys: readonly LifetimeKey[] = [...tokenUses, 'video-join:host', 'session:readable', 'access:bound'];
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
  const file = { code: 'policy', longest, whole: 'The policy' };
  const { value, problems } = readChecked(text, file, (given, reader) => read(given, name, reader, ruleIds ?? null));
  return value ? { policy: value, problems: [] } : { policy: null, problems };
}

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
        .map((use) => reader.oneOf(use.value, use.path, tokenUses, 'unknown') as TokenUse),
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
