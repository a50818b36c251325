import { contained } from '../contain.ts';
import type { Found } from '../find/find.ts';
import { sources as allSources } from '../find/sources/index.ts';
import type { Capture, Place } from '../model/capture.ts';
import { createLooks, type Look, withoutQuery } from '../model/looked-at.ts';

/** What `find` tells of where it searched. */
export type Searched = Pick<Found, 'searched' | 'unsearched'>;

/**
 * Where `find` looked in a capture, whether anything lay there or not: each store, though it may be empty, whatever a source says
 * that it looked at beside texts, and the places of the texts.
 */
export function looksIn(capture: Capture, { searched, unsearched }: Searched, sources = allSources): readonly Look[] {
  const looks = createLooks();
  const page = capture.page?.url ?? null;
  const asked = sources.filter(({ id }) => !unsearched.sources.includes(id));
  const known = new Set(asked.map(({ id }) => id));
  for (const { source, origin, url, isPartial } of capture.stores)
    if (known.has(source)) looks.add({ source, origin, url, page, seenAt: null, ...(isPartial && { isPartial }) });
  for (const source of asked)
    for (const one of contained(
      'source',
      source.id,
      [],
      () => {},
      () => source.looks?.(capture) ?? [],
    ))
      looks.add({ ...one, source: source.id, page, seenAt: null });
  const cut = new Set(unsearched.places);
  let last: Place | null = null;
  for (const place of searched) {
    const isPartial = cut.has(place);
    // Parts of one address or exchange follow one another.
    if (last && !isPartial && isSamePlace(last, place)) continue;
    last = place;
    looks.add(lookAt(place, page, isPartial));
  }
  return looks.list();
}

function lookAt(
  { source, origin, url, exchange, traits, readBy }: Place,
  page: string | null,
  isPartial: boolean,
): Look {
  return {
    source,
    origin,
    url,
    // What leads elsewhere, or has no answer, shows nothing of the page that was asked for.
    page: leadsElsewhere(exchange?.status) || isUnanswered(exchange, url) ? null : (exchange?.pageUrl ?? page),
    seenAt: exchange?.startedAt ?? null,
    ...(traits.urlPart !== null && exchange === undefined && { isAddress: true as const }),
    // Of a list of cookies that scripts gave, what they cannot read is not among them.
    ...((isPartial || (traits.storage === 'cookie' && readBy === 'page')) && { isPartial: true as const }),
  };
}

function leadsElsewhere(status: number | null = null): boolean {
  return status !== null && status >= 300 && status < 400 && status !== 304;
}

/** Whether the page itself was asked for, and did not come. Recordings write 0 for the status of what failed. */
function isUnanswered(exchange: Place['exchange'], url: string | null): boolean {
  if (!exchange?.pageUrl || exchange.status) return false;
  return url !== null && withoutQuery(url) === withoutQuery(exchange.pageUrl);
}

function isSamePlace(one: Place, other: Place): boolean {
  return (
    one.source === other.source &&
    one.url === other.url &&
    one.origin === other.origin &&
    one.exchange?.startedAt === other.exchange?.startedAt
  );
}
