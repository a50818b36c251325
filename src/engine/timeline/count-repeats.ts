import { withoutNumber } from '../find/sources/exchange-place.ts';
import { sourceOf } from '../find/sources/index.ts';
import type { Cookie, ExchangeFacts, Place } from '../model/capture.ts';
import { mostCarried } from '../model/carriers.ts';
import { earliest, isMoment, latest } from '../model/presence.ts';
import type { Repeats, Sighting } from '../model/token.ts';

/** Sightings listed of one place before others are counted. */
const few = 3;
/** The same of one file, in which each has its line. */
const fewInFile = 20;
/** Addresses of one server at which a place is listed: once each, at least. */
const mostAddresses = 20;

/** What became of a sighting: it is in the list, it is one more of a listed one, or there was no room for its place. */
export type Counted = 'listed' | 'counted' | 'left-out';

/** A sighting in the list, and what was counted there. */
interface Listed {
  sighting: Sighting;
  more: Repeats | null;
  /** As it was handed out last. */
  shown: Sighting;
}

/** One token in one place: the last listed sighting at each address, and of all. */
interface Tally {
  listed: number;
  byAddress: Map<string, Listed>;
  last: Listed;
}

/**
 * Lists the first few sightings of a token in each place and counts the others, one by one as they come, so that a token
 * in every request takes no more memory than one in a few. Sightings of one place differ in nothing but when, in which
 * request or message, and where in the value or file; requests of one server are one place whatever their address, but each of the
 * first twenty addresses is listed. What was counted stands at the last listed sighting at its address or, where that is
 * not listed, at the last one of the place (`more`). Rules and expectations say the same of the list as of all.
 *
 * `keep` is asked for the sighting to list, a copy perhaps; null is no room, and then what is of a listed place is counted
 * there. Nothing is kept of what is counted.
 */
export function countRepeats(keep: (sighting: Sighting) => Sighting | null = (sighting) => sighting) {
  /** By place, token, and how it lies there. */
  const places = new Map<string, Map<string, Map<string, Tally>>>();
  const list: Listed[] = [];
  const idOf = rememberLast(idOfPlace);

  return {
    add(sighting: Sighting): Counted {
      const place = idOf(sighting.place);
      const manner = mannerOf(sighting);
      const address = addressOf(sighting.place);
      const tally = places.get(place)?.get(sighting.token)?.get(manner);
      const most = isOfFile(sighting.place) ? fewInFile : few;
      if (tally && isCounted(tally, address, most)) return count(tally, address, sighting);
      const kept = keep(sighting);
      if (!kept) return tally ? count(tally, address, sighting) : 'left-out';
      const listed: Listed = { sighting: kept, more: kept.more ? { ...kept.more } : null, shown: kept };
      list.push(listed);
      const own = tally ?? { listed: 0, byAddress: new Map(), last: listed };
      own.listed += 1;
      own.last = listed;
      // A part of what is kept, so that it holds on to nothing else.
      own.byAddress.set(addressOf(kept.place), listed);
      if (!tally) inMap(inMap(places, place), kept.token).set(manner, own);
      return 'listed';
    },

    /** In the order they came; the same object as last time where nothing was counted since. */
    sightings: (): Sighting[] => list.map(shownOf),
  };
}

function isCounted({ listed, byAddress }: Tally, address: string, most: number): boolean {
  return listed >= most && (byAddress.has(address) || byAddress.size >= mostAddresses);
}

function count(tally: Tally, address: string, { seenAt, more }: Sighting): 'counted' {
  const known = tally.byAddress.get(address);
  const listed = known ?? tally.last;
  listed.more ??= { count: 0, elsewhere: 0, firstAt: null, lastAt: null };
  const times = 1 + (more?.count ?? 0);
  listed.more.count += times;
  if (!known) listed.more.elsewhere += times;
  listed.more.firstAt = earliest(listed.more.firstAt, earliest(seenAt, more?.firstAt ?? null));
  listed.more.lastAt = latest(listed.more.lastAt, latest(seenAt, more?.lastAt ?? null));
  return 'counted';
}

function shownOf(listed: Listed): Sighting {
  const { sighting, more, shown } = listed;
  if (more && more.count !== shown.more?.count) listed.shown = { ...sighting, more: { ...more } };
  return listed.shown;
}

/** What rules and expectations see of a place, but for addresses of requests and which request it was. */
function idOfPlace(place: Place): string {
  const { source, label, origin, url, key, traits, readBy, cookie, exchange, call } = place;
  const isRequest = isMoment(place);
  // Without an origin, nothing but the address tells servers apart. An address of megabytes may hold ten thousand places.
  const isOneServer = isRequest && origin !== null && origin !== 'null';
  const document = url === null ? null : [url.slice(0, mostCarried.url), url.length];
  return JSON.stringify([
    source,
    isRequest ? withoutNumber(label) : label,
    origin,
    isOneServer ? null : document,
    key,
    traits,
    readBy,
    cookie && attributesOf(cookie),
    exchange && mannerOfExchange(exchange),
    call?.script,
  ]);
}

/** How it was asked and answered, but for when, from where in a script, and what was asked. */
function mannerOfExchange({ direction, method, status, madeBy, reply, ...facts }: ExchangeFacts): unknown[] {
  const { isDocument, isFrame, isUnsent, isFromCache, isFromWorker, hasCredentials } = facts;
  const says = reply && [
    reply.keptBy,
    reply.readableBy,
    reply.allowsCredentials,
    reply.referrerPolicy,
    reply.isUpgrade,
  ];
  const ways = [isUnsent, isFromCache, isFromWorker];
  return [direction, method, status, madeBy, isDocument, isFrame, ways, hasCredentials, says];
}

const daySeconds = 86_400;

/** A cookie that is set anew ends later each time, so its end counts by the day; its value, by whether browsers keep it. */
function attributesOf({ name, value, expiresAt, url: _, ...attributes }: Cookie): unknown[] {
  const isOverlong = name.length + value.length > mostCarried.cookie;
  return [name, isOverlong, expiresAt === null ? null : Math.floor(expiresAt / daySeconds), attributes];
}

/** What rules and expectations see of a sighting beside its place, but for when it was and, in a file, where in it. */
function mannerOf({ token: _, place, offset: __, seenAt, more: ___, unshownAt: ____, ...manner }: Sighting): string {
  if (!isOfFile(place)) return JSON.stringify([manner, seenAt === null]);
  const { lines: _____, path, ...rest } = manner;
  return JSON.stringify([rest, path.replace(/\[\d+\]/g, '[]'), seenAt === null]);
}

function isOfFile({ source }: Place): boolean {
  return sourceOf(source)?.isWholeFile === true;
}

/** The address of a request without what is asked there, of any length told by its start; an overlong one is another. */
function addressOf({ url, traits }: Place): string {
  const start = (url ?? '').slice(0, mostCarried.url + 1);
  const [address = ''] = start.split(/[?#]/, 1);
  const isOverlong = traits.urlPart !== null && start.length > mostCarried.url && !start.includes('#');
  return isOverlong ? `${address} …` : address;
}

/** One place may hold a hundred thousand tokens, and have a name of a megabyte. */
function rememberLast(ask: (place: Place) => string): (place: Place) => string {
  let last: { place: Place; answer: string } | null = null;
  return (place) => {
    if (last?.place !== place) last = { place, answer: ask(place) };
    return last.answer;
  };
}

function inMap<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = map.get(key);
  if (known) return known;
  const fresh = new Map<string, T>();
  map.set(key, fresh);
  return fresh;
}
