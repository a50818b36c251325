import { withoutNumber } from '../find/sources/exchange-place.ts';
import type { JourneyStep, Party } from '../model/journey.ts';
import type { Subject } from '../model/report.ts';
import { clip } from '../text/sentence.ts';

/** The part of a subject that its steps are told by, as it is in the engine and in a document. */
export interface Told {
  provider: { name: string } | null;
  sightings: readonly {
    label: string;
    url: string | null;
    method?: string | undefined;
    status?: number | null | undefined;
  }[];
}

export function toldOf({ provider, sightings }: Subject): Told {
  return {
    provider,
    sightings: sightings.map(({ place: { label, url, exchange } }) => ({
      label,
      url,
      method: exchange?.method,
      status: exchange?.status,
    })),
  };
}

/** One step in words: "sent to https://api.daily.co, Daily’s own server, in request header Authorization". `tokenWords` names another token. */
export function stepWords(
  { step, from, to, sighting, for: other, party }: JourneyStep,
  told: Told,
  tokenWords: (id: string) => string,
): string {
  const place = told.sightings[sighting];
  const label = clip(withoutNumber(place?.label ?? 'a place'), 80);
  const whose = partyWords(party, told);
  switch (step) {
    case 'issued':
      return `issued in the reply of ${requestWords(place, from)}${whose}, in ${label}`;
    case 'received':
      return from === null
        ? `stood in ${label}${onOrigin(to)}`
        : `received from ${requestWords(place, from)}${whose}, in ${label}`;
    case 'stored':
      return `stored in ${label}${onOrigin(to)}`;
    case 'framed':
      return `put into the address of a frame of ${to ?? 'an unknown origin'}${whose}`;
    case 'sent':
      return `sent to ${to ?? 'an unknown origin'}${whose}, in ${label}${from === null || from === to ? '' : `, by ${from}`}`;
    case 'exchanged':
      return `exchanged at ${from ?? 'an unknown origin'}${whose}: ${tokenWords(other ?? '')} came back`;
    case 'replaced':
      return `replaced in ${label}${onOrigin(from)} by ${tokenWords(other ?? '')}`;
    case 'removed':
      return place?.method === undefined
        ? `removed from ${label}${onOrigin(from)}`
        : `gone with the page${onOrigin(from)} that held it`;
  }
}

/** Whether the steps tell more than the places do. */
export function tellsMore(steps: readonly JourneyStep[]): boolean {
  return steps.some(({ from, step }) => from !== null || step === 'exchanged');
}

/** What follows from the steps and was not itself seen; each a sentence that says so. */
export function inferred(steps: readonly JourneyStep[], { sightings }: Pick<Told, 'sightings'>): string[] {
  const sentAt = steps.findIndex(({ step }) => step === 'sent');
  const before = steps.slice(0, Math.max(0, sentAt));
  if (sentAt < 0 || before.some(({ step }) => step === 'stored' || step === 'framed')) return [];
  const isCookie = ({ sighting }: JourneyStep) => /\bcookie "/i.test(sightings[sighting]?.label ?? '');
  if (before.some(isCookie))
    return ['Inferred: between the reply and the first request the browser kept it as a cookie.'];
  if (before.length > 0 && isCookie(steps[sentAt] as JourneyStep)) return [];
  if (before.some(({ step, from }) => step === 'issued' || (step === 'received' && from !== null)))
    return [
      'Inferred: between the reply and the first request the page held it in memory. No place that was looked at held it.',
    ];
  if (before.length > 0) return [];
  return isCookie(steps[sentAt] as JourneyStep)
    ? ['The browser kept it as a cookie; who set that was not seen.']
    : ['Where it came from was not seen: before the first request it lay in no place that was looked at.'];
}

/** The recipient that was not meant to get it, named; empty for others. */
export function partyWords(party: Party | undefined, { provider }: Pick<Told, 'provider'>): string {
  switch (party) {
    case 'platform':
      return `, ${provider ? `${provider.name}’s` : 'the platform’s'} own server`;
    case 'own':
      return ', the page’s own site';
    case 'stranger':
      return ', a stranger to page and platform';
    default:
      return '';
  }
}

/** "POST https://api.acme.com/join (200)"; without what is asked there. */
function requestWords(place: Told['sightings'][number] | undefined, origin: string | null): string {
  const [address = ''] = (place?.url ?? '').split(/[?#]/, 1);
  const status = place?.status == null || place.status === 101 ? '' : ` (${place.status})`;
  return `${place?.method ? `${clip(place.method, 20)} ` : ''}${clip(address || (origin ?? 'an unknown address'), 120)}${status}`;
}

function onOrigin(origin: string | null): string {
  return origin === null || origin === 'null' ? '' : ` of ${clip(origin, 80)}`;
}
