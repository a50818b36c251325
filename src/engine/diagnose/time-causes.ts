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
      return [
        {
          likelihood: claim === 'issuedAt' ? 'possible' : 'certain',
          says: `\`${nameOf(situation, claim)}\` is ${shown(value)}; it has to be a number of seconds.`,
          fix: fixFor(situation, 'exp-not-numeric', 'Write a JSON number: `Math.floor(Date.now() / 1000) + 3600`.'),
          at: at(situation, claim),
        },
      ];
    },
  };
}

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
          likelihood: never ? 'certain' : 'likely',
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
        likelihood: expiresAt <= now - skewSeconds ? 'certain' : 'likely',
        says: `The token expired ${inWords(now - expiresAt)} ago, at ${isoUtc(expiresAt)}.`,
        fix: fixFor(situation, 'exp-expired', 'Ask for a new token shortly before joining.'),
        at: at(situation, 'expiresAt'),
      },
    ];
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
        likelihood: notBefore > now + skewSeconds ? 'certain' : 'likely',
        says: `The token becomes valid in ${inWords(notBefore - now)}, at ${isoUtc(notBefore)}.`,
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
    if (issuedAt === null || issuedAt <= now + skewSeconds) return [];
    return [
      {
        likelihood: 'likely',
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
    return [
      {
        likelihood: 'certain',
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
  relativeExpiry,
  notANumber('notBefore'),
  inMilliseconds('notBefore'),
  notANumber('issuedAt'),
  inMilliseconds('issuedAt'),
  expired,
  expiresAtOnce,
  notYetValid,
  clocksDiffer,
  neverValid,
];
