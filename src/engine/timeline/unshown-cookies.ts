import type { Capture } from '../model/capture.ts';
import { isSentWith } from '../model/cookie-scope.ts';
import { lastMet } from '../model/presence.ts';
import type { Sighting } from '../model/token.ts';
import { hostOf } from '../text/hosts.ts';

/** Seconds by which a cookie must be older than a look that does not show it: looks take a moment, and are counted in whole seconds. */
const graceSeconds = 2;

type Look = Pick<Capture, 'readAt' | 'page' | 'cookies' | 'closedHosts' | 'problems'>;

/**
 * Notes of cookies that requests carried, or answers set, whether the page's own script shows them: those that scripts can read there, and
 * that it does not show in this look nor did before, at this host. One that it shows again is no longer noted, and neither is one that the browser
 * itself says is not there. The same list as before where nothing differs.
 *
 * @param lying what was seen in the page itself, what is gone included
 */
export function withUnshown(
  carried: readonly Sighting[],
  lying: readonly Sighting[],
  { readAt, page, cookies, closedHosts, problems }: Look,
): readonly Sighting[] {
  if (!page || !carried.some(isOpenCookie) || problems.some(({ subject }) => subject === page.url)) return carried;
  const host = hostOf(page.url);
  const shown = new Set(cookies.filter(({ url }) => hostOf(url) === host).map(({ name }) => name));
  const isByPage = closedHosts?.includes(host ?? '') === true;
  const before = new Set(
    lying.flatMap(({ place }) =>
      place.cookie && !place.exchange && hostOf(place.cookie.url) === host ? [place.key] : [],
    ),
  );
  let isSame = true;
  const noted = carried.map((sighting) => {
    const now = isOpenCookie(sighting) ? unshownAt(sighting) : undefined;
    if (now === sighting.unshownAt) return sighting;
    isSame = false;
    const { unshownAt: _, ...rest } = sighting;
    return now === undefined ? rest : { ...rest, unshownAt: now };
  });
  return isSame ? carried : noted;

  function unshownAt(sighting: Sighting): number | undefined {
    const { cookie, exchange, key } = sighting.place;
    if (!cookie || !page || key === null || sighting.goneAt !== null) return sighting.unshownAt;
    if (!isSentWith(cookie, page.url) || !isSentWith({ ...cookie, path: pathBy(sighting) }, page.url)) return undefined;
    const isOver = cookie.expiresAt !== null && cookie.expiresAt <= readAt;
    if (shown.has(cookie.name) || before.has(key)) return undefined;
    // The browser itself says that there is none of that name.
    if (!isByPage) return undefined;
    if (sighting.unshownAt !== undefined) return sighting.unshownAt;
    const metAt = Math.max(lastMet(sighting) ?? readAt, exchange?.endedAt ?? 0);
    return isOver || metAt + graceSeconds > readAt ? undefined : readAt;
  }
}

/** A cookie in traffic of which it is told that scripts can read it, whole. */
function isOpenCookie({ place: { cookie, exchange }, chunks }: Sighting): boolean {
  return (
    exchange !== undefined &&
    cookie?.httpOnly === false &&
    cookie.domain !== null &&
    cookie.partitionedBy === null &&
    chunks === 1
  );
}

/** An answer that names no path means its own folder (RFC 6265 §5.1.4), which is not told from one that names the root. */
function pathBy({ place: { cookie, exchange, url } }: Sighting): string | null {
  const path = cookie?.path ?? null;
  if (exchange?.direction !== 'received' || (path !== null && path !== '/')) return path;
  const folder = /^[^:]+:\/\/[^/?#]*(\/[^?#]*)\//.exec(url ?? '')?.[1];
  return folder ?? '/';
}
