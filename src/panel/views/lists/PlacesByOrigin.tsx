import type { Sighting } from '../../../engine/model/token.ts';
import { repeatWords } from '../../../engine/text/repeat-words.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { keptFor, readersOf } from '../../words/place-words.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { titleOf } from '../../words/token-words.ts';
import { cut, visible } from '../../words/visible.ts';
import { SeverityMark } from '../parts/SeverityMark.tsx';
import { Moment } from '../parts/Time.tsx';
import { useModel } from '../store-context.ts';

/** Places listed of one origin at most. */
const most = 200;

/** For a review: every place of every origin that holds a token, who can read it there, and for how long. */
export function PlacesByOrigin() {
  const { listed } = useModel('rows');
  const groups = groupByOrigin(listed.value);
  if (groups.length === 0) return <p class="hint">No place holds a token.</p>;
  return (
    <div class="groups">
      <LogoutMark />
      {groups.map(([origin, entries]) => (
        <Group key={origin} origin={origin} entries={entries} />
      ))}
    </div>
  );
}

interface Entry {
  row: Row;
  sighting: Sighting;
  /** Of the sighting among those of its token. */
  index: number;
}

function Group({ origin, entries }: { origin: string; entries: readonly Entry[] }) {
  const here = entries.filter(({ sighting }) => sighting.goneAt === null).length;
  return (
    <details open>
      <summary>
        <b>{visible(origin)}</b>{' '}
        <span class="muted">
          {here} {here === 1 ? 'place' : 'places'}
          {here === entries.length ? '' : `, ${entries.length - here} gone`}
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where room is short */}
      <section class="scroll-x" tabIndex={0} aria-label={`Places on ${visible(origin)}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col">Token</th>
              <th scope="col">Finding</th>
              <th scope="col">Who can read it</th>
              <th scope="col">Kept</th>
              <th scope="col">Token valid until</th>
            </tr>
          </thead>
          <tbody>
            {entries.slice(0, most).map((entry) => (
              <PlaceLine key={`${entry.row.subject.token.id} ${entry.index}`} entry={entry} />
            ))}
          </tbody>
        </table>
      </section>
      {entries.length > most ? <p class="hint">and {entries.length - most} more</p> : null}
    </details>
  );
}

function PlaceLine({ entry: { row, sighting, index } }: { entry: Entry }) {
  const { show } = useModel('selection');
  const navigation = useModel('navigation');
  const { zone } = useModel('settings');
  const { place, goneAt, more } = sighting;
  const { token, times } = row.subject;
  const ends = times.notSeconds?.find(({ says }) => says === 'ends');
  return (
    <tr class={goneAt === null ? '' : 'gone'}>
      <th scope="row" data-label="Place">
        <button
          type="button"
          class="link mono"
          onClick={() => {
            navigation.open('tokens');
            show(token.id, 'places', `sightings[${index}]`);
          }}
        >
          {cut(masked(place.label, secretsOf(token)), 120).text}
        </button>
        {more ? <span class="muted"> {repeatWords(more, (at) => timeOfDay(at, zone.value))}</span> : null}
        {goneAt === null ? null : <span class="muted">gone since {timeOfDay(goneAt, zone.value)}</span>}
      </th>
      <td data-label="Token">{titleOf(row.subject)}</td>
      <td data-label="Finding">{row.worst ? <SeverityMark severity={row.worst} /> : 'None'}</td>
      <td data-label="Who can read it">{readersOf(place).join('; ')}</td>
      <td data-label="Kept">
        <span>
          {keptFor(place)}
          {place.cookie?.expiresAt == null ? null : (
            <>
              , <Moment at={place.cookie.expiresAt} />
            </>
          )}
        </span>
      </td>
      <td data-label="Valid until">
        {times.expiresAt !== null ? (
          <Moment at={times.expiresAt} />
        ) : times.status === 'never-expires' ? (
          'never expires'
        ) : (
          `not known${ends ? `, in ${ends.unit}` : ''}`
        )}
      </td>
    </tr>
  );
}

/** Only the user knows when they logged out; what stays after that is a finding. */
function LogoutMark() {
  const { loggedOut, markLogout, forgetLogout } = useModel('pageMarks');
  const { origin } = useModel('shown');
  const { zone } = useModel('settings');
  const mark = loggedOut.value;
  if (origin.value === null) return null;
  return (
    <p class="hint">
      {mark === null ? 'To see what a logout leaves behind, log out in the page, then say so: ' : null}
      {mark === null ? (
        <button type="button" class="link" onClick={markLogout}>
          I have logged out now
        </button>
      ) : (
        <>
          Logged out of {visible(mark.origin)} at {timeOfDay(mark.at, zone.value)}. Tokens that were there before and
          still are have a finding.{' '}
          <button type="button" class="link" onClick={forgetLogout}>
            Forget
          </button>
        </>
      )}
    </p>
  );
}

function groupByOrigin(rows: readonly Row[]): [origin: string, entries: Entry[]][] {
  const groups = new Map<string, Entry[]>();
  for (const row of rows) {
    for (const [index, sighting] of row.subject.sightings.entries()) {
      const origin = sighting.place.origin ?? 'no origin';
      const entries = groups.get(origin);
      if (entries) entries.push({ row, sighting, index });
      else groups.set(origin, [{ row, sighting, index }]);
    }
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}
