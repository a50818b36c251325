import type { Place } from '../../../engine/model/capture.ts';
import type { Sighting } from '../../../engine/model/token.ts';
import { repeatWords } from '../../../engine/text/repeat-words.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { encodingWord, readersOf } from '../../words/place-words.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { cut, visible } from '../../words/visible.ts';
import { lazily } from '../parts/lazily.tsx';
import { Spot } from '../parts/Spot.tsx';
import { Moment } from '../parts/Time.tsx';
import { useModel } from '../store-context.ts';
import { Marks } from './Marks.tsx';

const most = 200;

const Journey = lazily(() => import('./Journey.tsx').then((module) => module.Journey));

/** Every place a token was seen in, and who can read it there. */
export function Places({ row }: { row: Row }) {
  const { sightings } = row.subject;
  return (
    <>
      <Journey row={row} />
      <ol class="places">
        {sightings.slice(0, most).map((sighting, index) => (
          <li key={`${sighting.place.label} ${sighting.place.url} ${sighting.path} ${index}`}>
            <OnePlace sighting={sighting} index={index} row={row} />
          </li>
        ))}
      </ol>
      {sightings.length > most ? (
        <p class="hint">{(sightings.length - most).toLocaleString('en')} more places are in the exported report.</p>
      ) : null}
    </>
  );
}

function OnePlace({ sighting, index, row }: { sighting: Sighting; index: number; row: Row }) {
  const { zone } = useModel('settings');
  const { place, path, encodings, chunks, seenAt, goneAt, library, note, input, more, backAt } = sighting;
  const secrets = secretsOf(row.subject.token);
  const show = (text: string) => cut(masked(text, secrets), 500).text;
  return (
    <Spot at={`sightings.${index}`} class={goneAt === null ? 'place' : 'place gone'}>
      <h2>
        <span class="mono">{show(place.label)}</span> <Marks path={`sightings.${index}`} row={row} />
      </h2>
      {library ? <p>{show(library.label)}</p> : null}
      {note ? <p>{show(note)}</p> : null}
      <dl>
        <Pair name="Seen">
          {seenAt === null ? 'at an unknown time' : `since ${timeOfDay(seenAt, zone.value)}`}
          {more ? `, ${repeatWords(more, (at) => timeOfDay(at, zone.value))}` : ''}
          {backAt === undefined ? '' : `, away for a time, back since ${timeOfDay(backAt, zone.value)}`}
          {goneAt === null ? '' : `, gone since ${timeOfDay(goneAt, zone.value)}`}
        </Pair>
        {input === undefined ? null : <Pair name="File">{show(input)}</Pair>}
        {place.origin ? <Pair name="Origin">{visible(place.origin)}</Pair> : null}
        {place.url ? (
          <Pair name="Document">
            <span class="mono">{show(place.url)}</span>
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
        {encodings.length > 0 ? <Pair name="Unwrapped from">{encodings.map(encodingWord).join(', then ')}</Pair> : null}
        {chunks > 1 ? <Pair name="Joined from">{chunks} values</Pair> : null}
        <Pair name="Who can read it">{readersOf(place).join('; ')}</Pair>
        {place.cookie ? <CookieAttributes place={place} /> : null}
      </dl>
    </Spot>
  );
}

function Pair({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
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
