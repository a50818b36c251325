import type { Confidence } from '../model/token.ts';
import { meaningOf } from '../recognise/registered-claims.ts';
import { skewSeconds } from '../recognise/times.ts';
import { shown } from '../text/sentence.ts';
import { otherUnit } from '../text/time-unit.ts';
import { inWords, isoUtc } from '../text/time-words.ts';
import { hasAt, valueAt } from '../text/values.ts';
import type { Reason, Situation } from './cause.ts';

/** The time claims of RFC 7519 §4.1; a platform may call them by names of its own. */
const registered = { issuedAt: 'iat', notBefore: 'nbf', expiresAt: 'exp' } as const;
type TimeClaim = keyof typeof registered;

/** The claim's name in this token: the platform's own where it is there. */
function nameOf({ token, provider }: Situation, claim: TimeClaim): string {
  const own = provider?.timeClaims?.[claim];
  return own !== undefined && hasAt(token.claims, own) ? own : registered[claim];
}

const at = (situation: Situation, claim: TimeClaim) => `claims.${nameOf(situation, claim)}`;

/** How this platform's tokens are mended, or how any are. */
function fixFor({ provider }: Situation, rule: string, otherwise: string): string {
  return provider?.fixes[rule] ?? otherwise;
}

/** What stands in a time claim that counts seconds since the epoch; undefined when it is empty, or counts otherwise. */
function momentIn(situation: Situation, claim: TimeClaim) {
  const name = nameOf(situation, claim);
  // A platform may count from the issue (Agora), or in another unit.
  if (meaningOf(situation.provider, name)?.unit !== 'seconds since the epoch') return undefined;
  return valueAt(situation.token.claims, name) ?? undefined;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function notANumber(claim: TimeClaim): Reason {
  return {
    id: 'time-not-a-number',
    causes(situation) {
      const value = momentIn(situation, claim);
      if (value === undefined || isNumber(value)) return [];
      const isReadByNewest = situation.provider?.clock?.readsNumbersInTexts === true && isNumberInText(value);
      const usual = isReadByNewest ? 'likely' : 'certain';
      return [
        {
          likelihood: claim === 'issuedAt' ? 'possible' : usual,
          says: `\`${nameOf(situation, claim)}\` is ${shown(value)}; it has to be a number of seconds${isReadByNewest ? ', though the newest servers read one in quotes as well' : ''}.`,
          fix: fixFor(situation, 'exp-not-numeric', 'Write a JSON number: `Math.floor(Date.now() / 1000) + 3600`.'),
          at: at(situation, claim),
        },
      ];
    },
  };
}

/** A time under a second name: what a platform writes beside `iat`, `nbf` and `exp`, or these beside its own. */
const otherTimes: Reason = {
  id: 'time-not-a-number',
  causes(situation) {
    const { provider, token } = situation;
    const asked = Object.keys(registered).map((claim) => nameOf(situation, claim as TimeClaim));
    const names = [...Object.values(registered), ...Object.keys(provider?.claims ?? {})];
    return [...new Set(names)]
      .filter((name) => !asked.includes(name) && !name.includes('*'))
      .filter((name) => meaningOf(provider, name)?.unit === 'seconds since the epoch')
      .flatMap((name) => {
        const value = valueAt(token.claims, name) ?? undefined;
        if (value === undefined || isNumber(value)) return [];
        return {
          likelihood:
            provider?.required && Object.hasOwn(provider.required, name) ? ('certain' as const) : ('likely' as const),
          says: `\`${name}\` is ${shown(value)}; it has to be a number of seconds.`,
          fix: fixFor(situation, 'exp-not-numeric', 'Write a JSON number: `Math.floor(Date.now() / 1000) + 3600`.'),
          at: `claims.${name}`,
        };
      });
  },
};

const isNumberInText = (value: unknown) =>
  typeof value === 'string' && /^-?(?:0|[1-9]\d{0,20})(?:\.\d{1,20})?(?:e[+-]?\d{1,4})?$/i.test(value);

/** A number of seconds that is more than its server can count. */
const beyondCounting: Reason = {
  id: 'time-beyond-counting',
  causes(situation) {
    const value = momentIn(situation, 'expiresAt');
    const latest = situation.provider?.clock?.latest ?? 2 ** 63;
    if (!isNumber(value) || value < latest) return [];
    return [
      {
        likelihood: situation.provider?.clock?.latest === undefined ? 'possible' : 'certain',
        says: `\`${nameOf(situation, 'expiresAt')}\` is ${shown(value)}, which is more than servers that count in 64 bits can hold; they take it for a moment long past.`,
        fix: 'Set it to a moment, in seconds: `Math.floor(Date.now() / 1000) + 3600`.',
        at: at(situation, 'expiresAt'),
      },
    ];
  },
};

function inMilliseconds(claim: TimeClaim): Reason {
  return {
    id: 'time-in-milliseconds',
    causes(situation) {
      const value = momentIn(situation, claim);
      const other = isNumber(value) ? otherUnit(value) : null;
      if (value === undefined || other === null) return [];
      const never = claim === 'notBefore';
      return [
        {
          likelihood: never ? 'certain' : isLookedAt(situation, claim) ? 'likely' : 'possible',
          says: `\`${nameOf(situation, claim)}\` is ${shown(value)}, which counts ${other.unit}; read as seconds it lies thousands of years ahead${never ? ', so the token never becomes valid' : ''}.`,
          fix: fixFor(
            situation,
            'time-claim-milliseconds',
            `Divide by ${other.scale.toLocaleString('en-US')} and round down.`,
          ),
          at: at(situation, claim),
        },
      ];
    },
  };
}

/** Whether a moment far ahead in that claim may refuse a token: what was issued then, or lives longer than the platform lets it. */
function isLookedAt({ provider }: Situation, claim: TimeClaim): boolean {
  return claim === 'issuedAt'
    ? provider?.clock?.issuedAtLeewaySeconds !== null
    : provider?.lifetime.ceilingSeconds !== null;
}

/** What is to be said beside a difference that a server may forgive: that nobody knows whether it does. */
function leewayWords({ provider }: Situation, seconds: number): string {
  if (provider?.kind !== 'video' || provider.clock?.leewaySeconds !== undefined || seconds >= skewSeconds) return '';
  return `; how many seconds ${provider.name} forgives is not known`;
}

/** How sure a refusal is by seconds past a limit. Where no leeway is known, one may be there. */
function byLeeway({ provider }: Situation, seconds: number): Confidence {
  const [strictest, mostLenient] = provider?.clock?.leewaySeconds ?? [0, skewSeconds];
  if (seconds >= mostLenient) return 'certain';
  return seconds >= strictest ? 'likely' : 'possible';
}

const relativeExpiry: Reason = {
  id: 'time-relative',
  causes(situation) {
    const value = momentIn(situation, 'expiresAt');
    if (!isNumber(value) || value <= 0 || value >= 100_000_000) return [];
    return [
      {
        likelihood: 'certain',
        says: `\`${nameOf(situation, 'expiresAt')}\` is ${shown(value)}, which is a length of time and not a moment: it lies in the 1970s.`,
        fix: `Add the length to the present: \`Math.floor(Date.now() / 1000) + ${value}\`.`,
        at: at(situation, 'expiresAt'),
      },
    ];
  },
};

const expired: Reason = {
  id: 'expired',
  causes(situation) {
    const { times, now } = situation;
    const { expiresAt } = times;
    if (expiresAt === null || expiresAt > now) return [];
    return [
      {
        likelihood: byLeeway(situation, now - expiresAt),
        says: `The token expired ${inWords(now - expiresAt)} ago, at ${isoUtc(expiresAt)}${leewayWords(situation, now - expiresAt)}.`,
        fix: fixFor(situation, 'exp-expired', 'Ask for a new token shortly before joining.'),
        at: at(situation, 'expiresAt'),
      },
    ];
  },
};

/** A token with several clocks: one may have run out while the token itself is good. */
const rightEnded: Reason = {
  id: 'right-ended',
  causes(situation) {
    const { provider, token, now } = situation;
    const ended = provider?.deadlines?.(token).filter(({ endsAt }) => endsAt <= now) ?? [];
    return ended.map(({ endsAt, claim, says }) => ({
      likelihood: byLeeway(situation, now - endsAt),
      says: `${says} ended ${inWords(now - endsAt)} ago, at ${isoUtc(endsAt)}, whatever the token's own end.`,
      fix: fixFor(situation, 'exp-expired', 'Ask for a new token shortly before joining.'),
      at: `claims.${claim}`,
    }));
  },
};

const expiresAtOnce: Reason = {
  id: 'expires-at-once',
  causes(situation) {
    const { times, now } = situation;
    const { expiresAt, lifetimeSeconds } = times;
    if (expiresAt === null || expiresAt <= now) return [];
    // Tokens made to live for seconds (Galene) are always close to their end.
    if (expiresAt - now > Math.min(30, (lifetimeSeconds ?? 3600) / 4)) return [];
    return [
      {
        likelihood: 'possible',
        says: `The token expires in ${inWords(expiresAt - now)}; joining may take longer.`,
        fix: fixFor(situation, 'exp-expired', 'Ask for a new token shortly before joining.'),
        at: at(situation, 'expiresAt'),
      },
    ];
  },
};

const notYetValid: Reason = {
  id: 'not-yet-valid',
  causes(situation) {
    const { times, now } = situation;
    const { notBefore } = times;
    if (notBefore === null || notBefore <= now) return [];
    return [
      {
        likelihood: byLeeway(situation, notBefore - now - 1),
        says: `The token becomes valid in ${inWords(notBefore - now)}, at ${isoUtc(notBefore)}${leewayWords(situation, notBefore - now - 1)}.`,
        fix: fixFor(
          situation,
          'nbf-future',
          'Set `nbf` to now or leave it out, and correct the clock of the server that makes the token.',
        ),
        at: at(situation, 'notBefore'),
      },
    ];
  },
};

const clocksDiffer: Reason = {
  id: 'clocks-differ',
  causes(situation) {
    const { times, now } = situation;
    const { issuedAt } = times;
    const leeway = situation.provider?.clock?.issuedAtLeewaySeconds;
    if (issuedAt === null || issuedAt <= now + (leeway ?? skewSeconds)) return [];
    return [
      {
        likelihood: leeway === undefined ? 'likely' : leeway === null ? 'possible' : 'certain',
        says: `The token was made ${inWords(issuedAt - now)} in the future, at ${isoUtc(issuedAt)}: the clock here or at its maker is wrong.`,
        fix: 'Correct the clock of this computer, or of the server that makes the token.',
        at: at(situation, 'issuedAt'),
      },
    ];
  },
};

const neverValid: Reason = {
  id: 'never-valid',
  causes(situation) {
    const { expiresAt, notBefore, issuedAt } = situation.times;
    const start = notBefore ?? issuedAt;
    if (expiresAt === null || start === null || expiresAt > start) return [];
    const startName = nameOf(situation, notBefore === null ? 'issuedAt' : 'notBefore');
    const read = notBefore === null ? situation.provider?.clock?.issuedAtLeewaySeconds : 0;
    return [
      {
        // Whether a server looks at `iat` at all may not be known.
        likelihood: read === undefined ? 'likely' : read === null ? 'possible' : 'certain',
        says: `The token ends before it starts: \`${nameOf(situation, 'expiresAt')}\` is not after \`${startName}\`.`,
        fix: fixFor(situation, 'exp-not-after-nbf', 'Set `exp` later than `nbf` and `iat`.'),
        at: at(situation, 'expiresAt'),
      },
    ];
  },
};

/** What a time claim holds, claim by claim; then what the times mean now. */
export const timeReasons: readonly Reason[] = [
  notANumber('expiresAt'),
  inMilliseconds('expiresAt'),
  beyondCounting,
  relativeExpiry,
  notANumber('notBefore'),
  inMilliseconds('notBefore'),
  notANumber('issuedAt'),
  otherTimes,
  inMilliseconds('issuedAt'),
  expired,
  rightEnded,
  expiresAtOnce,
  notYetValid,
  clocksDiffer,
  neverValid,
];
