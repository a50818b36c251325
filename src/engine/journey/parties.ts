import type { JourneyStep, Party, StepKind } from '../model/journey.ts';
import type { Subject } from '../model/report.ts';
import { isServerOf, isVendorsServer, providerOf } from '../recognise/server-of.ts';
import { hostOf } from '../text/hosts.ts';
import { siteOf } from '../text/site-of.ts';

/** Findings that name a party which was not meant to get the token. */
const findingsOfStrangers = ['third-party-origin', 'referer-leak'];

const outward: readonly StepKind[] = ['sent', 'framed', 'stopped', 'diverted'];

/** Says whose server is at the other end of a step; undefined where that is not known, or there is none. */
export function createParties(subject: Subject): (step: JourneyStep) => Party | undefined {
  const { sightings, findings } = subject;
  const provider = providerOf(subject);
  const pointed = findings
    .filter(({ rule }) => findingsOfStrangers.includes(rule))
    .map(({ at }) => sightings[Number(/^sightings\[(\d+)\]$/.exec(at ?? '')?.[1])]?.place.origin);
  const strangers = new Set(pointed.filter((origin) => typeof origin === 'string'));

  return ({ step, from, to, sighting }) => {
    const isOutward = outward.includes(step);
    const isInward = step === 'issued' || step === 'received' || step === 'exchanged';
    const server = isOutward ? to : from;
    const place = sightings[sighting]?.place;
    if (!(isOutward || isInward) || server === null || !place) return undefined;
    if (isOutward && strangers.has(server)) return 'stranger';
    const page = place.exchange?.pageUrl ?? place.exchange?.madeBy ?? null;
    if (page !== null && isOneSite(server, page)) return 'own';
    if (isVendorsServer(provider, server)) return 'platform';
    // A server that anybody may run is known by the address that its clients use, and so might be anybody's.
    if (!place.from && isServerOf(provider, place.url)) return 'platform-like';
    return page === null ? undefined : 'expected';
  };
}

function isOneSite(a: string, b: string): boolean {
  const [one, other] = [hostOf(a), hostOf(b)];
  return one !== null && other !== null && siteOf(one) === siteOf(other);
}
