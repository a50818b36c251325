import { useState } from 'preact/hooks';
import type { Times } from '../../../engine/model/facts.ts';
import { throughPage } from '../../../engine/model/notes.ts';
import type { Severity } from '../../../engine/model/report.ts';
import { bySeverity } from '../../../engine/model/severity-order.ts';
import type { Sighting } from '../../../engine/model/token.ts';
import { repeatWords } from '../../../engine/text/repeat-words.ts';
import { type Fold, foldPlaces, isFold } from '../../state/fold-places.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { goneWords, goneWordsOfAll, keptFor, readersOf } from '../../words/place-words.ts';
import { timeOfDay } from '../../words/show-time.ts';
import { cut, visible } from '../../words/visible.ts';
import { Breakable } from '../parts/Breakable.tsx';
import { FindingMark } from '../parts/FindingMark.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Moment } from '../parts/Time.tsx';
import { TokenName } from '../parts/TokenName.tsx';
import { useModel } from '../store-context.ts';

/** Lines of one origin, and places of a kind that is opened, at most; and places of one kind before they are one line. */
const most = 200;
const mostOfKind = 8;

/** For a review: every place of every origin that holds a token, in the order they were seen, who can read it there, and for how long. */
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
  const lines = foldPlaces(entries, mostOfKind);
  const gone = entries.map(({ sighting }) => sighting).filter(({ goneAt }) => goneAt !== null);
  const here = entries.length - gone.length;
  return (
    <details open>
      <summary>
        <b>{visible(origin)}</b>{' '}
        <span class="muted">
          {here} {here === 1 ? 'place' : 'places'}
          {gone.length === 0 ? '' : `, ${gone.length} ${goneWordsOfAll(gone.map(goneWords))}`}
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where room is short */}
      <section class="scroll-x" tabIndex={0} aria-label={`Places on ${visible(origin)}`}>
        <WordOfPage entries={entries} />
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
            {lines
              .slice(0, most)
              .map((line) =>
                isFold(line) ? (
                  <FoldLines key={keyOf(line.all[0])} fold={line} />
                ) : (
                  <PlaceLine key={keyOf(line)} entry={line} />
                ),
              )}
          </tbody>
        </table>
      </section>
      {lines.length > most ? <p class="hint">and {(lines.length - most).toLocaleString('en')} more</p> : null}
    </details>
  );
}

/** Of places that the page's own script told of, how many they are and what that means. */
function WordOfPage({ entries }: { entries: readonly Entry[] }) {
  const told = entries.filter(({ sighting }) => sighting.goneAt === null && sighting.place.readBy === 'page').length;
  if (told === 0) return null;
  return (
    <p class="hint">
      {told === entries.length ? 'All' : told.toLocaleString('en')} read {throughPage}.
    </p>
  );
}

function keyOf(entry: Entry | undefined): string {
  return entry ? `${entry.row.subject.token.id} ${entry.index}` : '';
}

/** Many places of one kind: one line that says what holds of all of them, and those that it opens to. */
function FoldLines({ fold: { kind, all } }: { fold: Fold<Entry> }) {
  const [isOpen, setOpen] = useState(false);
  const tokens = new Set(all.map(({ row }) => row.subject.token.id));
  const [first] = all;
  if (!first) return null;
  const isGone = first.sighting.goneAt !== null;
  const worst = worstOf(all);
  return (
    <>
      <tr class={isGone ? 'gone' : ''}>
        <th scope="row" data-label="Place">
          <button type="button" class="fold mono" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <Icon name={isOpen ? 'down' : 'right'} />
            <span class="place-name">
              {cut(masked(kind), 120).text}, {all.length.toLocaleString('en')} places
            </span>
          </button>
        </th>
        <td data-label="Token">
          {tokens.size === 1 ? (
            <TokenName subject={first.row.subject} isBrief />
          ) : (
            `${tokens.size.toLocaleString('en')} tokens`
          )}
        </td>
        <td data-label="Finding">{worst ? <FindingMark severity={worst} isGone={isGone} /> : 'None'}</td>
        <td data-label="Who can read it">{sameOf(all.map(({ sighting }) => readersHere(sighting.place)))}</td>
        <td data-label="Kept">{sameOf(all.map(({ sighting }) => keptFor(sighting.place)))}</td>
        <td data-label="Valid until">
          {tokens.size === 1 ? <Ends times={first.row.subject.times} /> : <span class="muted">each its own</span>}
        </td>
      </tr>
      {isOpen ? all.slice(0, most).map((entry) => <PlaceLine key={keyOf(entry)} entry={entry} />) : null}
      {isOpen && all.length > most ? (
        <tr>
          <td colSpan={6} class="muted">
            and {(all.length - most).toLocaleString('en')} more
          </td>
        </tr>
      ) : null}
    </>
  );
}

function worstOf(all: readonly Entry[]): Severity | null {
  const found = all.flatMap(({ row }) => (row.worst ? [{ severity: row.worst }] : []));
  return found.sort(bySeverity)[0]?.severity ?? null;
}

/** What is said of all, or that it differs. */
function sameOf(words: readonly string[]): string {
  return words.every((one) => one === words[0]) ? (words[0] ?? '') : 'differs';
}

function PlaceLine({ entry: { row, sighting, index } }: { entry: Entry }) {
  const { show } = useModel('selection');
  const { zone } = useModel('settings');
  const { place, goneAt, more } = sighting;
  const { token, times } = row.subject;
  const label = cut(masked(place.label, secretsOf(token)), 120).text;
  return (
    <tr class={goneAt === null ? '' : 'gone'}>
      <th scope="row" data-label="Place">
        <button
          type="button"
          class="link mono place-name"
          title={label}
          onClick={() => show(token.id, 'places', `sightings[${index}]`)}
        >
          <Breakable text={label} />
        </button>
        {more ? <span class="muted"> {repeatWords(more, (at) => timeOfDay(at, zone.value))}</span> : null}
        {goneAt === null ? null : (
          <span class="muted">
            {goneWords(sighting)} since {timeOfDay(goneAt, zone.value)}
          </span>
        )}
      </th>
      <td data-label="Token">
        <TokenName subject={row.subject} isBrief />
      </td>
      <td data-label="Finding">
        {row.worst ? <FindingMark severity={row.worst} isGone={row.goneAt !== null} /> : 'None'}
      </td>
      <td data-label="Who can read it">{readersHere(place)}</td>
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
        <Ends times={times} />
      </td>
    </tr>
  );
}

function Ends({ times: { expiresAt, status, endsWith, notSeconds } }: { times: Times }) {
  const ends = notSeconds?.find(({ says }) => says === 'ends');
  if (expiresAt !== null) return <Moment at={expiresAt} />;
  if (endsWith) return <>ends with {endsWith}</>;
  return <>{status === 'never-expires' ? 'never expires' : `not known${ends ? `, in ${ends.unit}` : ''}`}</>;
}

/** The origin stands above. */
function readersHere(place: Sighting['place']): string {
  return readersOf(place).join('; ').replace(`any script that runs on ${place.origin}`, 'any script of this origin');
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

/** Origins in the order in which they were first seen with a token. */
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
  return [...groups]
    .map(([origin, entries]) => ({ origin, entries, at: firstSeenOf(entries) }))
    .sort((a, b) => a.at - b.at || a.origin.localeCompare(b.origin))
    .map(({ origin, entries }) => [origin, entries]);
}

function firstSeenOf(entries: readonly Entry[]): number {
  let first = Number.MAX_VALUE;
  for (const { sighting } of entries) first = Math.min(first, sighting.seenAt ?? Number.MAX_VALUE);
  return first;
}
