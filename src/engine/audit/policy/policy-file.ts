import * as v from 'valibot';
import { severities } from '../../model/report.ts';
import { tokenUses } from '../../model/token.ts';
import { urlFrom } from '../../text/hosts.ts';
import { byName, listOf, members } from '../../text/written-shapes.ts';

/** Names of the policies that come with Roomkey. */
export const policyNames = ['standard', 'strict', 'relaxed'] as const;

/** A kind of token, refined where its limits differ: hosts, script-readable sessions, sender-constrained access tokens. */
const lifetimeKeys = [...tokenUses, 'video-join:host', 'session:readable', 'access:bound'] as const;
export type LifetimeKey = (typeof lifetimeKeys)[number];

/** Longest name of a policy, which stands in every report, in characters. */
const longestPolicyName = 300;

const seconds = () => {
  const says = 'must be a number of seconds, or null for no end';
  return v.nullable(v.pipe(v.number(says), v.finite(says), v.minValue(0, says)));
};

/** Upper ends, in seconds and inclusive, of the tiers of one kind of token; null = no upper end. Above `medium` it is `high`. */
const tiers = members({ ok: seconds(), info: seconds(), low: seconds(), medium: seconds() }, [
  { faults: fallingTiers, says: 'must not be less than the tier before it' },
]);
export type LifetimeTiers = v.InferOutput<typeof tiers>;

const lifetimes = byName(v.picklist(lifetimeKeys, `is no kind of token; known are ${lifetimeKeys.join(', ')}`), tiers);

const severity = v.picklist(severities);

const listOrNone = <Item extends v.GenericSchema>(item: Item) => v.exactOptional(listOf(item), () => []);

/** A claim that tokens of some uses must, or must not, carry. */
const demand = members({
  /** Path below the payload: `jti`, `context.user.email`. */
  claim: v.pipe(v.string('must name a claim'), v.nonEmpty('must name a claim')),
  /** Uses concerned; all when empty. */
  uses: listOrNone(v.picklist(tokenUses)),
  severity: v.exactOptional(severity, 'medium'),
  /** Shown as the reason. */
  because: v.exactOptional(v.string(), ''),
});
export type ClaimDemand = v.InferOutput<typeof demand>;

const noOrigin = 'must be an origin, such as "https://call.example"';
const origin = v.pipe(
  v.string(noOrigin),
  // Printable characters that may stand in a host with its port. A browser knows more of them.
  v.regex(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[!"$&-.0-;=A-[\]_-{}~]+\/?$/, noOrigin),
  v.check((text) => originOf(text) !== null, noOrigin),
  v.transform((text) => originOf(text) ?? text),
);

const noRule = 'is no rule of this version';

/**
 * A policy as a user writes it. What is left out comes from the policy it extends. `ruleIds`, when given, are the rules that
 * exist; other ids are then mistakes.
 */
export function policyFile(ruleIds: readonly string[] | null) {
  const isKnown = (id: string) => ruleIds === null || ruleIds.includes(id);
  const rule = v.pipe(v.string(), v.regex(/^(?!-|.*--)[a-z0-9-]*[a-z0-9]$/, noRule), v.check(isKnown, noRule));
  const rules = {
    lifetimes: v.exactOptional(lifetimes),
    /** Default severities by rule id. A severity set here replaces the rule's own and is not modified further. */
    severities: v.exactOptional(byName(rule, severity)),
    /** Ids of rules that are not asked. */
    off: v.exactOptional(listOf(rule)),
  };
  return members({
    $schema: v.exactOptional(v.unknown()),
    name: v.exactOptional(
      v.pipe(v.string(), v.maxCodePoints(longestPolicyName, `must have ${longestPolicyName} characters at most`)),
    ),
    extends: v.exactOptional(v.picklist(policyNames), 'standard'),
    ...rules,
    /** Calls end on time: staying after the token's end matters. */
    timeBoxedCalls: v.exactOptional(v.boolean()),
    /** Overrides by origin (`https://call.example`), the later winning. */
    origins: v.exactOptional(byName(origin, members(rules), 'is an origin that stands above already'), () => ({})),
    requiredClaims: listOrNone(demand),
    forbiddenClaims: listOrNone(demand),
    mutes: listOrNone(mute(isKnown)),
    /** Hosts that may receive tokens besides the page's own and the vendor's: `*.call.example`. */
    recipients: listOrNone(recipient),
  });
}
export type PolicyFile = v.InferOutput<ReturnType<typeof policyFile>>;

/** Parts that are named in the published schema. */
export const policyParts = { tiers, lifetimes, severity, demand };

/** A finding that somebody has looked at and accepted: never everywhere, always for a reason. */
function mute(isKnown: (id: string) => boolean) {
  const noReason = 'must say why it is accepted';
  const entries = {
    /** Rule id, or `*`. */
    rule: v.exactOptional(
      v.pipe(
        v.string(),
        v.regex(/^(?:\*|(?!-|.*--)[a-z0-9-]*[a-z0-9])$/, noRule),
        v.check((id) => id === '*' || isKnown(id), noRule),
      ),
      '*',
    ),
    /** Id of a token: hex SHA-256 of its text. */
    token: v.exactOptional(
      v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be the id of a token, 64 hexadecimal digits')),
    ),
    /** Label of a place: `localStorage["auth"]`. */
    place: v.exactOptional(v.string()),
    origin: v.exactOptional(origin),
    reason: v.pipe(v.string(noReason), v.regex(/\S/, noReason)),
  };
  return v.pipe(
    members(entries, [{ oneOf: ['token', 'place', 'origin'], says: 'must name a token, a place or an origin' }]),
    v.transform(({ rule, token = null, place = null, origin: at = null, reason }) => ({
      rule,
      token,
      place,
      origin: at,
      reason,
    })),
  );
}

const recipient = v.pipe(
  v.string(),
  // An empty one, which files may have, is nobody's.
  v.regex(/^(?:(?:\*\.)?[^\s/:*]+)?$/, 'must be a host, such as "*.call.example"'),
  v.transform((host) => host.toLowerCase()),
);

function fallingTiers({ ok, info, low, medium }: Record<string, unknown>): string[] {
  let before = 0;
  return Object.entries({ ok, info, low, medium }).flatMap(([name, end]) => {
    // What is no number of seconds is told of already.
    if (typeof end !== 'number' || !Number.isFinite(end) || end < 0) return [];
    if (end < before) return [name];
    before = end;
    return [];
  });
}

/** The origin that a text is, in whatever case; null for any other text. */
function originOf(text: string): string | null {
  const url = urlFrom(text)?.origin ?? 'null';
  return url !== 'null' && text.replace(/\/$/, '').toLowerCase() === url ? url : null;
}
