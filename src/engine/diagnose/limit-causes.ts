import type { JoinProblem, Provider } from '../recognise/providers/provider.ts';
import { valueIn } from '../recognise/required-claims.ts';
import type { Json } from '../text/json.ts';
import { inWords } from '../text/time-words.ts';
import { placeOf, platformReason } from './cause.ts';

export const lifetimeOutsideLimits = platformReason('lifetime-outside-limits', (provider, { times }) => {
  const seconds = times.lifetimeSeconds;
  const bound = seconds === null || seconds <= 0 ? null : boundBroken(provider, seconds);
  if (bound === null || seconds === null) return [];
  return [
    {
      likelihood: 'likely',
      says: `The token lives ${inWords(seconds)}; ${provider.name} takes ${bound}.`,
      fix: provider.fixes['video-lifetime-vendor'] ?? `Set the expiry so that the token lives ${bound}.`,
      at: `claims.${provider.timeClaims?.expiresAt ?? 'exp'}`,
    },
  ];
});

function boundBroken({ lifetime: { floorSeconds, ceilingSeconds } }: Provider, seconds: number): string | null {
  if (floorSeconds !== null && seconds < floorSeconds) return `at least ${inWords(floorSeconds)}`;
  if (ceilingSeconds !== null && seconds > ceilingSeconds) return `at most ${inWords(ceilingSeconds)}`;
  return null;
}

export const tooLong = platformReason('too-long', (provider, { token }) =>
  provider.limits.flatMap(({ claim, max, unit }): JoinProblem[] => {
    const isWhole = claim === '';
    const value = isWhole ? token.text : valueIn(token, claim);
    if (value === undefined || sizeOf(value, unit, max) <= max) return [];
    return [
      {
        likelihood: isWhole ? 'possible' : 'likely',
        says: `${isWhole ? 'The token' : `\`${claim}\``} is longer than the ${max.toLocaleString('en-US')} ${unit} that ${provider.name} takes.`,
        fix:
          provider.fixes['video-connection-data-long'] ?? 'Shorten it, for example to an id that your server looks up.',
        at: isWhole ? null : placeOf(claim),
      },
    ];
  }),
);

/** Length of a text, or of a map of texts with its names, counted no further than needed; 0 for anything else. */
function sizeOf(value: Json, unit: 'characters' | 'bytes', enough: number): number {
  let size = 0;
  for (const text of textsOf(value)) {
    for (const character of text) {
      size += unit === 'characters' ? 1 : bytesOf(character.codePointAt(0) ?? 0);
      if (size > enough) return size;
    }
  }
  return size;
}

function textsOf(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [name, text] : []));
}

/** In UTF-8. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
