import { isFrameAddress } from '../model/presence.ts';
import type { Subject } from '../model/report.ts';
import { providers } from '../recognise/providers/index.ts';
import type { Provider } from '../recognise/providers/provider.ts';
import { isOpaqueId, mayOpen, type NamedRoom, roomsInUrl } from '../recognise/room-in-url.ts';
import { isHostLike } from '../text/hosts.ts';
import { shown } from '../text/sentence.ts';
import { parsed, platformReason, type Surroundings } from './cause.ts';

/** A call page of another platform, and none of the token's own. */
export const wrongPlatform = platformReason('wrong-platform', (provider, { subject, addresses }) => {
  const { hosts } = provider.transport;
  if (pageOf(provider, addresses)) return [];
  const others = providers.filter(
    (other) =>
      other !== provider && other.kind === 'video' && !other.transport.hosts.some((host) => hosts.includes(host)),
  );
  for (const other of others) {
    const url = pageOf(other, addresses);
    if (!url || standsElsewhere(subject, other)) continue;
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

/** Whether a call of its own was opened with it: it stands in the address of a frame, and that is none of the other platform's. */
function standsElsewhere({ sightings }: Subject, other: Provider): boolean {
  return sightings.some(
    ({ place, goneAt }) => goneAt === null && isFrameAddress(place) && !pageOf(other, parsed(place.url)),
  );
}

/** The first address that is one of a platform's. */
function pageOf({ transport }: Provider, addresses: readonly URL[]): URL | undefined {
  return addresses.find((url) => transport.hosts.some((host) => isHostLike(url.hostname, host)));
}

/** An address where a name belongs, on a platform that puts its rooms into addresses. */
export const roomIsAddress = platformReason(
  'room-is-address',
  (provider, { facts: { room, roomScope, roomClaim } }) => {
    const [url] = room?.includes('://') ? parsed(room) : [];
    const name = url?.pathname.split('/').findLast((part) => part !== '');
    if (room === null || name === undefined || roomScope !== 'one-room') return [];
    // Where no address of the platform's own shows the name, an address may be one that was chosen.
    const isName = provider.roomInUrl !== undefined;
    return [
      {
        likelihood: isName ? 'likely' : 'possible',
        says: `The token is for the room ${shown(room)}, which is an address; ${provider.name} ${isName ? 'compares the name alone' : 'takes all of it for a name'}.`,
        fix: `Set it to the name of the room, here ${shown(name)}.`,
        at: roomClaim ? `claims.${roomClaim}` : null,
      },
    ];
  },
);

/** The addresses name one room, and it is not the token's. */
export const roomDiffers = platformReason(
  'room-differs',
  (provider, { subject, facts, pageUrl, frames, room: asked }) => {
    const { room } = facts;
    const told = roomsTold(subject, provider, { pageUrl, frames, ...(asked != null && { room: asked }) });
    const [first] = told;
    if (!room || !first || told.some(({ mayOpen }) => mayOpen)) return [];
    return [
      {
        likelihood: first.certain ? 'certain' : 'likely',
        says: `${asked == null ? 'The address names' : 'Asked for is'} the room ${shown(first.only)}, but the token opens ${facts.roomScope === 'one-room' ? '' : 'only rooms like '}${shown(room)}.`,
        fix: provider.fixes['video-room-mismatch'] ?? 'Make the token for the room being joined.',
        at: facts.roomClaim ? `claims.${facts.roomClaim}` : null,
      },
    ];
  },
);

/** A name that differs in letters or signs only: the same room to some platforms, and another one to others. */
export const roomSpelling = platformReason(
  'room-spelling',
  (provider, { subject, facts: { room, roomScope, roomClaim }, pageUrl, frames, room: asked }) => {
    if (room === null || roomScope !== 'one-room' || provider.opensRoom) return [];
    const told = roomsTold(subject, provider, { pageUrl, frames, ...(asked != null && { room: asked }) });
    const meant = told.filter(({ isOwn, mayOpen }) => isOwn && mayOpen);
    const [first] = meant;
    const spelt = (name: string) => (provider.foldsRoomCase ? name.toLowerCase() : name);
    if (!first || meant.some(({ only }) => spelt(only) === spelt(room))) return [];
    return [
      {
        likelihood: 'possible',
        says: `${asked == null ? 'The address names' : 'Asked for is'} the room ${shown(first.only)}, and the token is for ${shown(room)}: to a server that compares every character these are two.`,
        fix: 'Write the room the same in both places.',
        at: roomClaim ? `claims.${roomClaim}` : null,
      },
    ];
  },
);

/** Whether it is known which room is asked for, so that it could be compared with that of the token; true where there is none to compare. */
export function isRoomTold(subject: Subject, { pageUrl, frames, room }: Surroundings): boolean {
  const provider = providers.find(({ id }) => id === subject.provider?.id);
  const isNamed = ['one-room', 'some-rooms'].includes(subject.facts.roomScope) && subject.facts.room !== null;
  if (!provider || !isNamed) return true;
  return roomsTold(subject, provider, { pageUrl, frames, ...(room != null && { room }) }).length > 0;
}

type Addresses = Pick<Surroundings, 'pageUrl' | 'frames' | 'room'>;

/**
 * The room the page wants to enter with a call token, as its addresses name it; null when they name none. Of several, the one
 * that the token opens. Where the platform tells rooms apart by a tenant, that stands before it: `acme/standup`.
 */
export function roomBeingJoined(subject: Subject, surroundings: Addresses): string | null {
  const provider = providers.find(({ id }) => id === subject.provider?.id);
  if (!provider) return null;
  const told = roomsTold(subject, provider, surroundings);
  const best = told.find(({ mayOpen }) => mayOpen) ?? told[0];
  return best ? `${best.tenant === null ? '' : `${best.tenant}/`}${best.only}` : null;
}

interface ToldRoom {
  only: string;
  /** It stands where the platform itself puts it, or somebody asked for it. */
  isOwn: boolean;
  /** Written the platform's own way, on a page that is a call for sure. */
  certain: boolean;
  /** The token opens it, as far as is known. */
  mayOpen: boolean;
  /** Before the room in the address, where the platform tells rooms apart by it. */
  tenant: string | null;
}

/** Most addresses of frames whose rooms are compared: a pattern in the token costs something for each. */
const mostFrames = 20;

/** Rooms that addresses around a token name, the address that knows best first. None for tokens that open any room. */
function roomsTold(
  { token, facts, sightings }: Subject,
  provider: Provider,
  { pageUrl, frames, room: asked }: Addresses,
): ToldRoom[] {
  const { room } = facts;
  const isOne = facts.roomScope === 'one-room';
  const isSome = facts.roomScope === 'some-rooms' && provider.opensRoom !== undefined;
  if (!room || !(isOne || isSome)) return [];
  // What an address shows of an internal name, if anything, is the application's; who asks for a room may mean the token's.
  const isInternal = provider.roomNamesAreInternal === true;
  if (isInternal && (asked == null || isOpaqueId(room) || room.includes(':'))) return [];
  const told = (named: NamedRoom, address: string | null = null): ToldRoom => ({
    only: named.name,
    isOwn: named.isOwn,
    certain: named.isOwn && !isInternal && (address === null || isSure(provider, address)),
    mayOpen: mayOpen(provider, { token, facts }, named),
    tenant: named.isOwn && address !== null ? tenantIn(provider, address) : null,
  });
  if (asked != null && asked !== '') return [told({ name: askedName(asked, provider, room), isOwn: true })];
  // The address the token stands in knows best, then the call's own frame, then the page.
  const own = sightings.find(({ place: { traits } }) => traits.urlPart !== null)?.place.url ?? null;
  const framed = [...new Set(frames.slice(0, 100).map(({ url }) => url))].slice(0, mostFrames);
  return [own, ...framed, pageUrl].flatMap((address): ToldRoom[] => {
    const [only, ...more] = roomsInUrl(address, provider, token);
    if (only === undefined || more.length > 0) return [];
    // An application's own addresses may hold ids that it maps to rooms.
    return !only.isOwn && (isOpaqueId(only.name) || isOpaqueId(room)) ? [] : [told(only, address)];
  });
}

/** An address that only a parameter makes a call page may be one of an application that passes the token on. */
function isSure({ isSurelyCall }: Provider, address: string): boolean {
  const [url] = parsed(address);
  return (url && isSurelyCall?.(url)) ?? true;
}

function tenantIn({ tenantInUrl }: Provider, address: string): string | null {
  const [url] = parsed(address);
  return (url && tenantInUrl?.(url)) ?? null;
}

/** Where the path of a page holds tenant and room, they may be asked for in one: `acme/standup`. */
function askedName(asked: string, { opensRoom, roomAsWritten }: Provider, room: string): string {
  if (roomAsWritten) return roomAsWritten(asked, room);
  return (opensRoom ? asked.split('/').at(-1) : undefined) || asked;
}
