import type { Subject } from '../model/report.ts';
import { providers } from '../recognise/providers/index.ts';
import type { Provider } from '../recognise/providers/provider.ts';
import { isOpaqueId, isSameRoom, roomsInUrl } from '../recognise/room-in-url.ts';
import { isHostLike } from '../text/hosts.ts';
import { shown } from '../text/sentence.ts';
import { parsed, platformReason, type Surroundings } from './cause.ts';

/** A call page of another platform, and none of the token's own. */
export const wrongPlatform = platformReason('wrong-platform', (provider, { addresses }) => {
  const { hosts } = provider.transport;
  if (hosts.length === 0 || pageOf(provider, addresses)) return [];
  const others = providers.filter(
    (other) =>
      other !== provider && other.kind === 'video' && !other.transport.hosts.some((host) => hosts.includes(host)),
  );
  for (const other of others) {
    const url = pageOf(other, addresses);
    if (!url) continue;
    return [
      {
        likelihood: 'likely',
        says: `The token is for ${provider.name}, but the page shows a call of ${other.name} (${url.hostname}).`,
        fix: `Pass a token of ${other.name}, or open the ${provider.name} call.`,
        at: null,
      },
    ];
  }
  return [];
});

/** The first address that is one of a platform's. */
function pageOf({ transport }: Provider, addresses: readonly URL[]): URL | undefined {
  return addresses.find((url) => transport.hosts.some((host) => isHostLike(url.hostname, host)));
}

/** The addresses name one room, and it is not the token's. */
export const roomDiffers = platformReason('room-differs', (provider, { subject, facts, pageUrl, frames }) => {
  const { room } = facts;
  const told = roomsTold(subject, provider, { pageUrl, frames });
  const [first] = told;
  if (!room || !first || told.some(({ mayOpen }) => mayOpen)) return [];
  return [
    {
      likelihood: first.certain ? 'certain' : 'likely',
      says: `The address names the room ${shown(first.only)}, but the token opens ${facts.roomScope === 'one-room' ? '' : 'only rooms like '}${shown(room)}.`,
      fix: provider.fixes['video-room-mismatch'] ?? 'Make the token for the room being joined.',
      at: facts.roomClaim ? `claims.${facts.roomClaim}` : null,
    },
  ];
});

type Addresses = Pick<Surroundings, 'pageUrl' | 'frames'>;

/**
 * The room the page wants to enter with a call token, as its addresses name it; null when they name none. Of several, the one
 * that the token opens.
 */
export function roomBeingJoined(subject: Subject, surroundings: Addresses): string | null {
  const provider = providers.find(({ id }) => id === subject.provider?.id);
  if (!provider) return null;
  const told = roomsTold(subject, provider, surroundings);
  return (told.find(({ mayOpen }) => mayOpen) ?? told[0])?.only ?? null;
}

interface ToldRoom {
  only: string;
  /** Written the platform's own way. */
  certain: boolean;
  /** The token opens it, as far as is known. */
  mayOpen: boolean;
}

/** Rooms that addresses around a token name, the address that knows best first. None for tokens that open any room. */
function roomsTold(
  { token, facts, sightings }: Subject,
  provider: Provider,
  { pageUrl, frames }: Addresses,
): ToldRoom[] {
  const { room } = facts;
  const isOne = facts.roomScope === 'one-room';
  const isSome = facts.roomScope === 'some-rooms' && provider.opensRoom !== undefined;
  if (!room || !(isOne || isSome) || provider.roomNamesAreInternal) return [];
  const mayOpen = (name: string) => (isOne ? isSameRoom(name, room) : provider.opensRoom?.(token, name) !== false);
  // The address the token stands in knows best, then the call's own frame, then the page.
  const own = sightings.find(({ place: { traits } }) => traits.urlPart !== null)?.place.url ?? null;
  return [own, ...frames.slice(0, 100).map(({ url }) => url), pageUrl].flatMap((address): ToldRoom[] => {
    const [url] = parsed(address);
    if (!url) return [];
    const exact = provider.roomInUrl?.(url) ?? null;
    if (exact !== null) return [{ only: exact, certain: true, mayOpen: mayOpen(exact) }];
    const [only, ...more] = roomsInUrl(address, provider);
    // An application's own addresses may hold ids that it maps to rooms.
    return only === undefined || more.length > 0 || isOpaqueId(only) || isOpaqueId(room)
      ? []
      : [{ only, certain: false, mayOpen: mayOpen(only) }];
  });
}
