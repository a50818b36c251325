import { type ReadonlySignal, type Signal, useComputed, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { lifespanOf, stateAt } from '../../../engine/model/lifespan.ts';
import { changesOf, countStates } from '../../state/moments.ts';
import type { Row } from '../../state/row.ts';
import { type Change, changeWords, countWords } from '../../words/moment-words.ts';
import { goneTokenWords } from '../../words/place-words.ts';
import { dateTime, duration, relative } from '../../words/show-time.ts';
import { identityOf, platformOf, roomOf, titleOf } from '../../words/token-words.ts';
import { whereOf } from '../../words/where-words.ts';
import { useModel } from '../store-context.ts';
import { percent, Strip } from './table/Strip.tsx';

/** Tokens drawn at most. */
const most = 300;
/** Places that the slider can stand at. */
const fine = 1000;

/** Which tokens are valid when: every token on one axis, and a moment that is moved along it. */
export function Timeline() {
  const { listed } = useModel('rows');
  const { navigations } = useModel('timescale');
  const { now } = useModel('time');
  /** Seconds since the epoch; null goes with the clock. */
  const chosen = useSignal<number | null>(null);
  const at = useComputed(() => chosen.value ?? now.value);
  const rows = listed.value;
  const changes = useMemo(() => changesOf(rows, navigations.value), [rows, navigations.value]);
  return (
    <div class="timeline">
      <Moment chosen={chosen} at={at} changes={changes} rows={rows} />
      <div class="lanes">
        <Scale chosen={chosen} at={at} rows={rows} />
        <Lines />
        <ul>
          {rows.slice(0, most).map((row) => (
            <Lane key={row.subject.token.id} row={row} at={at} />
          ))}
        </ul>
        <Hands at={at} />
      </div>
      {rows.length > most ? (
        <p class="hint">{(rows.length - most).toLocaleString('en')} more tokens are not drawn: filter the list.</p>
      ) : null}
    </div>
  );
}

interface MomentProps {
  chosen: Signal<number | null>;
  at: ReadonlySignal<number>;
  changes: readonly Change[];
  rows: readonly Row[];
}

/** The moment in words, and the ways from change to change. */
function Moment({ chosen, at, changes, rows }: MomentProps) {
  const { now } = useModel('time');
  const { zone } = useModel('settings');
  const { say } = useModel('messages');
  const moment = at.value;
  const before = changes.findLast((change) => change.at < moment);
  const after = changes.find((change) => change.at > moment);
  const here = changes.find((change) => change.at === moment);
  const go = (to: number | null): void => {
    chosen.value = to;
    const change = changes.find((one) => one.at === at.value);
    const what = change ? changeWords(change).join(' ') : '';
    say(`${dateTime(at.value, zone.value)}: ${what} ${countWords(countStates(rows, at.value))}.`);
  };
  return (
    <div class="moment-bar">
      <div class="actions">
        <button type="button" class="plain" disabled={!before} onClick={() => go(before?.at ?? null)}>
          Previous change
        </button>
        <button type="button" class="plain" disabled={chosen.value === null} onClick={() => go(null)}>
          Now
        </button>
        <button type="button" class="plain" disabled={!after} onClick={() => go(after?.at ?? null)}>
          Next change
        </button>
      </div>
      <p>
        <b>{dateTime(moment, zone.value)}</b> <span class="muted">({relative(moment, now.value)})</span>:{' '}
        {countWords(countStates(rows, moment))}. {here ? changeWords(here).join(' ') : ''}
        {chosen.value === null ? null : <span class="muted"> Findings and other views stay as of now.</span>}
      </p>
    </div>
  );
}

interface ScaleProps {
  chosen: Signal<number | null>;
  at: ReadonlySignal<number>;
  rows: readonly Row[];
}

/** The slider that moves the moment, and what stands at the axis. */
function Scale({ chosen, at, rows }: ScaleProps) {
  const { axis } = useModel('timescale');
  const { now } = useModel('time');
  const { timeAt, at: fractionOf, ticks } = axis.value;
  const value = Math.round(fractionOf(at.value) * fine);
  const labels = [{ at: now.value, words: 'now' }, ...ticks];
  const kept = thinned(labels, fractionOf);
  return (
    <div class="lane scale-lane">
      <span class="name muted">Moment</span>
      <span class="track">
        <input
          type="range"
          min={0}
          max={fine}
          value={value}
          aria-label="Moment"
          aria-valuetext={`${relative(at.value, now.value)}: ${countWords(countStates(rows, at.value))}`}
          onInput={(event) => {
            chosen.value = timeAt(Number(event.currentTarget.value) / fine);
          }}
        />
        <span class="labels" aria-hidden="true">
          {kept[0]?.map((label) => (
            <span
              key={label.words}
              class={`level-${kept.filter((level) => level.includes(label)).length}`}
              style={{ insetInlineStart: percent(fractionOf(label.at)) }}
            >
              {label.words}
            </span>
          ))}
        </span>
      </span>
      <span class="state" />
    </div>
  );
}

interface Label {
  at: number;
  words: string;
}

/** The labels that there is room for in a wide panel, and of these those in narrower and narrower ones. */
function thinned(labels: readonly Label[], fractionOf: (at: number) => number): (readonly Label[])[] {
  let last = labels;
  return [0.06, 0.13, 0.22, 0.34].map((least) => {
    last = apart(last, fractionOf, least);
    return last;
  });
}

/** Labels that are no nearer to one another than this part of the axis; the first stays. */
function apart(labels: readonly Label[], fractionOf: (at: number) => number, least: number): Label[] {
  const kept: Label[] = [];
  for (const label of labels) {
    const x = fractionOf(label.at);
    if (kept.every((other) => Math.abs(fractionOf(other.at) - x) >= least)) kept.push(label);
  }
  return kept;
}

function Lane({ row, at }: { row: Row; at: ReadonlySignal<number> }) {
  const { show } = useModel('selection');
  const { origin } = useModel('shown');
  const { subject, goneAt } = row;
  const place = whereOf(subject, origin.value)?.text ?? '';
  const named = [identityOf(subject), roomOf(subject)].filter((part) => part !== null).join(' · ');
  const rest = [place, named ? platformOf(subject) : ''].filter((part) => part !== '').join(' · ');
  return (
    <li class={goneAt === null ? 'lane' : 'lane gone'}>
      <button
        type="button"
        class="name"
        title={`${titleOf(subject)}\n${place}`}
        onClick={() => show(subject.token.id, 'overview')}
      >
        {named || platformOf(subject)} <span class="muted">{rest}</span>
      </button>
      <span class="track">
        <Strip row={row} />
      </span>
      <LaneState row={row} at={at} />
    </li>
  );
}

/** Reads the moment by itself, so that nothing else is drawn again when it moves. What matters most comes first, and is not cut off. */
function LaneState({ row: { subject, goneAt }, at }: { row: Row; at: ReadonlySignal<number> }) {
  const isGone = goneAt !== null && goneAt <= at.value;
  return (
    <span class={`state ${stateAt(subject, at.value)}`}>
      {isGone ? `${goneTokenWords(subject)}, ` : ''}
      <StateWords subject={subject} at={at.value} />
    </span>
  );
}

/** What there is no room for in a narrow panel is left out by its styles. */
function StateWords({ subject, at }: { subject: Row['subject']; at: number }) {
  const { from, until } = lifespanOf(subject) ?? { from: null, until: null };
  const spare = (words: string) => <span class="spare">{words}</span>;
  const span = (seconds: number) => {
    const [, greater, lesser] = /^((?:over )?\S+ \S+)(.*)$/.exec(duration(seconds)) ?? [];
    return (
      <>
        {greater}
        {lesser ? spare(lesser) : null}
      </>
    );
  };
  switch (stateAt(subject, at)) {
    case 'valid':
      return (
        <>
          {spare('valid, ')}
          {span((until ?? at) - at)} left
        </>
      );
    case 'endless':
      return (
        <>
          {spare('valid, ')}never{spare(' expires')}
        </>
      );
    case 'early':
      return (
        <>
          {spare('valid ')}in {span((from ?? at) - at)}
        </>
      );
    case 'expired':
      return <>expired{spare(` ${duration(at - (until ?? at))} before`)}</>;
    case 'unknown':
      return <>not known</>;
  }
}

/** Lines behind all lanes: navigations, and how far away a moment is. */
function Lines() {
  const { axis, navigations } = useModel('timescale');
  const fractionOf = axis.value.at;
  return (
    <div class="axis" aria-hidden="true">
      {axis.value.ticks.map((tick) => (
        <span key={tick.words} class="tick" style={{ insetInlineStart: percent(fractionOf(tick.at)) }} />
      ))}
      {navigations.value.map((navigation, index) => (
        <span
          key={`${navigation.at} ${index}`}
          class="navigated"
          style={{ insetInlineStart: percent(fractionOf(navigation.at)) }}
        />
      ))}
    </div>
  );
}

/** Before them, lines for now and the chosen moment. */
function Hands({ at }: { at: ReadonlySignal<number> }) {
  const { axis } = useModel('timescale');
  const { now } = useModel('time');
  const fractionOf = axis.value.at;
  return (
    <div class="axis hands" aria-hidden="true">
      <span class="now" style={{ insetInlineStart: percent(fractionOf(now.value)) }} />
      <span class="chosen-moment" style={{ insetInlineStart: percent(fractionOf(at.value)) }} />
    </div>
  );
}
