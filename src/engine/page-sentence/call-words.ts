import { withoutNumber } from '../find/sources/exchange-place.ts';
import type { Place } from '../model/capture.ts';
import type { Role } from '../model/facts.ts';
import { isMoment } from '../model/presence.ts';
import type { Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
import { hostOf } from '../text/hosts.ts';
import { anyOf, clip } from '../text/sentence.ts';
import { shortPlace } from '../words/place-words.ts';
import { tokenUses } from '../words/token-uses.ts';
import type { SentencePart } from './sentence.ts';

type Say = (text: string) => string;

/** The room that a token opens: its name, or how many. */
export function roomParts({ facts, token }: Subject, say: Say): SentencePart[] {
  const { room, roomScope } = facts;
  const to = { about: 'token', id: token.id } as const;
  if (roomScope === 'all-rooms') return [{ text: 'any room', to }];
  if (room === null || room.trim() === '') return [{ text: 'a call', to }];
  const name: SentencePart = { text: clip(say(room), 40), as: 'name', to };
  return roomScope === 'some-rooms' ? [{ text: 'rooms like ' }, name] : [name];
}

/** Whose call it is, as surely as that was told. */
export function platformWords(subject: Subject, say: Say, before = 'on'): SentencePart[] {
  const { provider } = subject;
  if (!provider) return [];
  const names = [provider, ...(provider.others ?? []).slice(0, 2)].map(({ name }) => clip(say(name), 40));
  if (provider.confidence === 'certain') return [{ text: ` ${before} ${names[0]}` }];
  return [{ text: ` (${provider.confidence === 'likely' ? 'likely' : 'possibly'} ${before} ${anyOf(names)})` }];
}

/** As whom, and as what where that is more or less than taking part. */
export function whoParts({ facts, token }: Subject, say: Say): SentencePart[] {
  const name = facts.displayName || facts.userId;
  const role = roleWords[facts.role];
  if (!name) return role ? [{ text: ` as a ${role}` }] : [];
  const to = { about: 'token', id: token.id } as const;
  return [{ text: ' as ' }, { text: clip(say(name), 30), as: 'name', to }, ...(role ? [{ text: ` (${role})` }] : [])];
}

/** What a token is called where no more is said of it. */
export function nounOf({ facts }: Subject): string {
  if (facts.role === 'server') return callNouns.server;
  if (facts.use !== 'video-join') return tokenUses[facts.use] ?? 'a token';
  return callNouns[facts.role];
}

/** What its holder is more, or less, than somebody who takes part. */
const roleWords: Record<Role, string | null> = {
  host: 'host',
  viewer: 'viewer',
  participant: null,
  server: null,
  unknown: null,
};

const callNouns: Record<Role, string> = {
  host: 'a host token',
  participant: 'a participant’s token',
  viewer: 'a viewer’s token',
  server: 'a server credential',
  unknown: 'a call token',
};

/** The place that tells most of where a token is, or was: where it is kept, before where it came by. */
export function placeOf({ sightings }: Subject): { index: number; name: string; more: number } {
  const here = sightings.filter(({ goneAt }) => goneAt === null);
  const among = here.length > 0 ? here : sightings;
  const best =
    among.find(({ place }) => !isMoment(place) && place.traits.storage !== null) ??
    among.find(({ place }) => !isMoment(place)) ??
    among[0];
  const index = best ? sightings.indexOf(best) : -1;
  return { index, name: best ? placeName(best) : 'a place that is not told', more: otherPlaces(among, best) };
}

/** How many others there are; the same one in another request is no other place. */
function otherPlaces(among: readonly Sighting[], best: Sighting | undefined): number {
  if (!best) return 0;
  return new Set(among.map(({ place, path }) => JSON.stringify([placeName({ place }), place.origin, path]))).size - 1;
}

/** A place in as few words as tell it: `localStorage.token`, `cookie session`, `request header Authorization to api.daily.co`. */
export function placeName({ place }: Pick<Sighting, 'place'>): string {
  const { exchange, from } = place;
  const label = withoutNumber(place.label);
  if (exchange && from === undefined)
    return `${label}${hostWords(place, exchange.direction === 'sent' ? 'to' : 'from')}`;
  return shortPlace(label);
}

function hostWords({ url }: Place, word: string): string {
  const host = hostOf(url);
  return host ? ` ${word} ${host}` : '';
}
