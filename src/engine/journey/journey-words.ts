import { withoutNumber } from '../find/sources/exchange-place.ts';
import type { Initiator } from '../model/capture.ts';
import type { JourneyStep, Party } from '../model/journey.ts';
import type { Followed, Subject } from '../model/report.ts';
import { clip, clipName } from '../text/sentence.ts';

/** The part of a subject that its steps are told by, as it is in the engine and in a document. */
export interface Told {
  provider: { name: string } | null;
  followed?: Followed;
  sightings: readonly {
    label: string;
    url: string | null;
    method?: string | undefined;
    status?: number | null | undefined;
    initiator?: Initiator | null | undefined;
    from?: string | undefined;
  }[];
}

export function toldOf({ provider, sightings, followed }: Subject): Told {
  return {
    provider,
    ...(followed && { followed }),
    sightings: sightings.map(({ place: { label, url, exchange, call, from } }) => ({
      label,
      url,
      method: exchange?.method,
      status: exchange?.status,
      initiator: call ? call.script : exchange?.initiator,
      from,
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
  const label = clipName(withoutNumber(place?.label ?? 'a place'), 80);
  const whose = partyWords(party, told);
  switch (step) {
    case 'issued':
      return `issued in the reply of ${requestWords(place, from)}${whose}, in ${label}`;
    case 'received':
      if (place?.from !== undefined) return `received from ${clip(place.from, 80)}, in ${label}`;
      return from === null
        ? `stood in ${label}${onOrigin(to)}`
        : `received from ${requestWords(place, from)}${whose}, in ${label}`;
    case 'called':
      return `handed to ${label}${byScript(place?.initiator)}${onOrigin(from)}`;
    case 'stored':
      return `stored in ${label}${onOrigin(to)}`;
    case 'framed':
      return `put into the address of a frame of ${named(to)}${whose}`;
    case 'sent':
      return `sent to ${named(to)}${whose}, in ${label}${from === null || from === to ? '' : `, by ${from}`}`;
    case 'stopped':
      return `was to be sent to ${named(to)}${whose}, in ${label}, but did not leave the browser`;
    case 'diverted':
      return `was to be sent to ${named(to)}${whose}, in ${label}, but the page’s service worker answered: whether it sent that on is not known`;
    case 'exchanged':
      return `exchanged at ${named(from)}${whose}: ${tokenWords(other ?? '')} came back`;
    case 'replaced':
      return `replaced in ${label}${onOrigin(from)} by ${tokenWords(other ?? '')}`;
    case 'removed':
      return place && wasMoment(place)
        ? `gone with the page${onOrigin(from)} that held it`
        : `removed from ${label}${onOrigin(from)}`;
    case 'left':
      return `out of sight in ${label}${onOrigin(from)}: no document of it is there any more`;
  }
}

const named = (origin: string | null) => (origin === null || origin === 'null' ? 'an unknown origin' : origin);

/** Whether the steps tell more than the places do. */
export function tellsMore(steps: readonly JourneyStep[]): boolean {
  return steps.some(({ from, step }) => from !== null || step === 'exchanged');
}

/** What follows from the steps and was not itself seen; each a sentence that says so. `tokenWords` names another token. */
export function inferred(
  steps: readonly JourneyStep[],
  told: Pick<Told, 'sightings' | 'followed'>,
  tokenWords: (id: string) => string,
): string[] {
  const { followed } = told;
  if (!followed) return between(steps, told);
  const next = `Inferred: followed by ${tokenWords(followed.by)}, which came by the same reply for the same holder, room and role; no request carried this one since.`;
  return [...between(steps, told), next];
}

/** Between the reply that brought it and the request that carried it first. */
function between(steps: readonly JourneyStep[], { sightings }: Pick<Told, 'sightings'>): string[] {
  const sentAt = steps.findIndex(({ step }) => step === 'sent');
  const before = steps.slice(0, Math.max(0, sentAt));
  if (sentAt < 0 || before.some(({ step }) => step === 'stored' || step === 'framed')) return [];
  const isCookie = ({ sighting }: JourneyStep) => /\bcookie "/i.test(sightings[sighting]?.label ?? '');
  const isAnswer = ({ step, from }: JourneyStep) => step === 'issued' || (step === 'received' && from !== null);
  const isSentAsCookie = isCookie(steps[sentAt] as JourneyStep);
  // A look comes after what a page does at once: what it finds may have lain there when the token was sent.
  const isSeenLater = steps.slice(sentAt).some(({ step }) => step === 'stored');
  const answers = before.filter(isAnswer);
  if (before.some(isCookie) && (isSentAsCookie || answers.every(isCookie)))
    return ['Inferred: between the reply and the first request the browser kept it as a cookie.'];
  if (before.length > 0 && isSentAsCookie) return [];
  if (answers.length > 0)
    return [
      isSeenLater
        ? 'Inferred: between the reply and the first request the page held it in memory, or already where it was seen later.'
        : 'Inferred: between the reply and the first request the page held it in memory. No place that was looked at held it.',
    ];
  if (before.length > 0) return [];
  if (isSentAsCookie) return ['The browser kept it as a cookie; who set that was not seen.'];
  return [
    isSeenLater
      ? 'Where it came from was not seen: at the first request it may already have lain where it was seen later.'
      : 'Where it came from was not seen: before the first request it lay in no place that was looked at.',
  ];
}

/** The recipient that was not meant to get it, named; empty for others. */
export function partyWords(party: Party | undefined, { provider }: Pick<Told, 'provider'>): string {
  switch (party) {
    case 'platform':
      return `, ${provider ? `${provider.name}’s` : 'the platform’s'} own server`;
    case 'platform-like':
      return `, an address as ${provider ? provider.name : 'the platform'} has it, whoever runs that server`;
    case 'own':
      return ', the page’s own site';
    case 'stranger':
      return ', a stranger to page and platform';
    default:
      return '';
  }
}

/** As `isMoment` tells of places. */
function wasMoment({ method, initiator, from }: Told['sightings'][number]): boolean {
  return method !== undefined || initiator !== undefined || from !== undefined;
}

/** "POST https://api.acme.com/join (200)"; without what is asked there. */
function requestWords(place: Told['sightings'][number] | undefined, origin: string | null): string {
  const [address = ''] = (place?.url ?? '').split(/[?#]/, 1);
  const status = place?.status == null || place.status === 101 ? '' : ` (${place.status})`;
  return `${place?.method ? `${clip(place.method, 20)} ` : ''}${clip(address || (origin ?? 'an unknown address'), 120)}${status}`;
}

/** "by https://call.acme.com/app.js, line 12"; without what is asked there. */
function byScript(script: Initiator | null | undefined): string {
  if (!script) return '';
  const [address = ''] = script.url.split(/[?#]/, 1);
  return ` by ${clip(address, 160)}${script.line === null ? '' : `, line ${script.line}`}`;
}

function onOrigin(origin: string | null): string {
  return origin === null || origin === 'null' ? '' : ` of ${clip(origin, 80)}`;
}
