import { useEffect, useState } from 'preact/hooks';
import type { Place } from '../../../engine/model/capture.ts';
import type { Sighting } from '../../../engine/model/token.ts';
import { repeatWords } from '../../../engine/text/repeat-words.ts';
import { type Fold, foldPlaces, isFold } from '../../state/fold-places.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { encodingWords, goneWords, readByWords, readersOf } from '../../words/place-words.ts';
import { type TimeZone, timeOfDay } from '../../words/show-time.ts';
import { cut, visible } from '../../words/visible.ts';
import { Breakable } from '../parts/Breakable.tsx';
import { Icon } from '../parts/Icon.tsx';
import { lazily } from '../parts/lazily.tsx';
import { Pair } from '../parts/Pair.tsx';
import { Spot } from '../parts/Spot.tsx';
import { Moment } from '../parts/Time.tsx';
import { useModel } from '../store-context.ts';
import { Marks } from './Marks.tsx';

/** Places listed at most, and of one kind before they are one line. */
const most = 200;
const mostOfKind = 3;

const Journey = lazily(() => import('./Journey.tsx').then((module) => module.Journey));

/** Every place a token was seen in, in that order, and who can read it there; many of one kind are one line. */
export function Places({ row }: { row: Row }) {
  const { sightings } = row.subject;
  const lines = foldPlaces(
    sightings.map((sighting, index) => ({ sighting, index })),
    mostOfKind,
  );
  return (
    <>
      <Journey row={row} />
      <ol class="places">
        {lines.slice(0, most).map((line) =>
          isFold(line) ? (
            <li key={line.all[0]?.index}>
              <Folded fold={line} row={row} />
            </li>
          ) : (
            <li key={line.index}>
              <OnePlace sighting={line.sighting} index={line.index} row={row} />
            </li>
          ),
        )}
      </ol>
      {lines.length > most ? (
        <p class="hint">{(lines.length - most).toLocaleString('en')} more places are in the exported report.</p>
      ) : null}
    </>
  );
}

interface Placed {
  sighting: Sighting;
  /** Of the sighting among those of its token. */
  index: number;
}

/** Many places of one kind: one line, which opens by itself where something leads to one of them. */
function Folded({ fold: { kind, all }, row }: { fold: Fold<Placed>; row: Row }) {
  const { spotlight } = useModel('selection');
  const { zone } = useModel('settings');
  const holdsSpot = all.some(({ index }) => spotlight.value === `sightings.${index}`);
  const [opened, setOpened] = useState<boolean | null>(null);
  useEffect(() => {
    if (holdsSpot) setOpened(null);
  }, [holdsSpot]);
  const isOpen = opened ?? holdsSpot;
  const shown = isOpen ? all.slice(0, most) : [];
  const lit = holdsSpot ? all.find(({ index }) => spotlight.value === `sightings.${index}`) : undefined;
  if (lit && isOpen && !shown.includes(lit)) shown.push(lit);
  return (
    <>
      <button type="button" class="entry" aria-expanded={isOpen} onClick={() => setOpened(!isOpen)}>
        <Icon name={isOpen ? 'down' : 'right'} />
        <span class="title mono">{cut(masked(kind, secretsOf(row.subject.token)), 120).text}</span>
        <span class="muted who">
          {all.length.toLocaleString('en')} places{seenWords(all, zone.value)}
        </span>
      </button>
      {isOpen ? (
        <ol class="unfolded">
          {shown.map(({ sighting, index }) => (
            <li key={index}>
              <OnePlace sighting={sighting} index={index} row={row} />
            </li>
          ))}
        </ol>
      ) : null}
      {isOpen && all.length > shown.length ? (
        <p class="hint">{(all.length - shown.length).toLocaleString('en')} more are in the exported report.</p>
      ) : null}
    </>
  );
}

/** ", from 12:00:00 to 12:03:20": from when to when they were first seen. */
function seenWords(all: readonly Placed[], zone: TimeZone): string {
  const times = all.flatMap(({ sighting: { seenAt } }) => seenAt ?? []);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return '';
  const gone = all[0] && all[0].sighting.goneAt !== null ? `, ${goneWords(all[0].sighting)}` : '';
  return `${gone}, seen ${first === last ? 'at' : 'from'} ${timeOfDay(first, zone)}${first === last ? '' : ` to ${timeOfDay(last, zone)}`}`;
}

function OnePlace({ sighting, index, row }: { sighting: Sighting; index: number; row: Row }) {
  const { zone } = useModel('settings');
  const { place, path, encodings, chunks, seenAt, goneAt, library, note, input, more, backAt, unreadAt } = sighting;
  const secrets = secretsOf(row.subject.token);
  const show = (text: string) => cut(masked(text, secrets), 500).text;
  return (
    <Spot at={`sightings.${index}`} class={goneAt === null ? 'place' : 'place gone'}>
      <h2>
        <span class="mono">
          <Breakable text={show(place.label)} />
        </span>{' '}
        <Marks path={`sightings.${index}`} row={row} />
      </h2>
      {library ? <p>{show(library.label)}</p> : null}
      {note ? <p>{show(note)}</p> : null}
      <dl>
        <Pair name="Seen">
          {seenAt === null ? 'at an unknown time' : `since ${timeOfDay(seenAt, zone.value)}`}
          {more ? `, ${repeatWords(more, (at) => timeOfDay(at, zone.value))}` : ''}
          {backAt === undefined ? '' : `, away for a time, back since ${timeOfDay(backAt, zone.value)}`}
          {unreadAt === undefined ? '' : `, not read since ${timeOfDay(unreadAt, zone.value)}, as access was withdrawn`}
          {goneAt === null ? '' : `, ${goneWords(sighting)} since ${timeOfDay(goneAt, zone.value)}`}
        </Pair>
        {input === undefined ? null : <Pair name="File">{show(input)}</Pair>}
        {place.origin ? <Pair name="Origin">{visible(place.origin)}</Pair> : null}
        {place.url ? (
          <Pair name="Document">
            <span class="mono">{show(place.url)}</span>
          </Pair>
        ) : null}
        {place.call ? (
          <Pair name="Called from">
            {place.call.stack.length === 0 ? 'not told' : null}
            {place.call.stack.map((line, depth) => (
              <span key={`${depth} ${line}`} class="mono stack-line">
                {show(line)}
              </span>
            ))}
          </Pair>
        ) : null}
        {place.key !== null ? (
          <Pair name="Key">
            <span class="mono">{show(place.key)}</span>
          </Pair>
        ) : null}
        {path ? (
          <Pair name="Path">
            <span class="mono">{show(path)}</span>
          </Pair>
        ) : null}
        {encodings.length > 0 ? <Pair name="Unwrapped from">{encodingWords(encodings)}</Pair> : null}
        {chunks > 1 ? <Pair name="Joined from">{chunks} values</Pair> : null}
        <Pair name="Who can read it">{readersOf(place).join('; ')}</Pair>
        {readByWords(place) === null ? null : <Pair name="Was read">{readByWords(place)}</Pair>}
        <ReceiptOf place={place} />
        {place.cookie ? <CookieAttributes place={place} /> : null}
      </dl>
    </Spot>
  );
}

/** What keeps from saying that the host got what stands there. */
function ReceiptOf({ place }: { place: Place }) {
  if (place.isErrorPage) return <Pair name="Shows">an error; whether anything was sent there is not known</Pair>;
  if (!place.exchange?.isFromWorker) return null;
  return <Pair name="Answered">by the page’s service worker; whether it sent the request on is not known</Pair>;
}

/** Attributes as the browser keeps them; what was not observed is said to be so. */
function CookieAttributes({ place: { cookie } }: { place: Place }) {
  if (!cookie) return null;
  const flag = (value: boolean | null) => (value === null ? 'not seen' : value ? 'yes' : 'no');
  return (
    <>
      <Pair name="HttpOnly">{flag(cookie.httpOnly)}</Pair>
      <Pair name="Secure">{flag(cookie.secure)}</Pair>
      <Pair name="SameSite">{cookie.sameSite ?? 'not seen'}</Pair>
      <Pair name="Domain">
        {cookie.domain === null ? 'not seen' : visible(cookie.domain)}
        {cookie.hostOnly ? ' (this host only)' : cookie.hostOnly === false ? ' (and its subdomains)' : ''}
      </Pair>
      <Pair name="Cookie path">{cookie.path === null ? 'not seen' : visible(cookie.path)}</Pair>
      <Pair name="Expires">
        {cookie.expiresAt !== null ? (
          <Moment at={cookie.expiresAt} />
        ) : cookie.session === null ? (
          'not seen'
        ) : (
          'with the browser session'
        )}
      </Pair>
      {cookie.partitionedBy ? <Pair name="Partitioned under">{visible(cookie.partitionedBy)}</Pair> : null}
    </>
  );
}
