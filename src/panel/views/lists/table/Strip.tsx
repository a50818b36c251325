import { lifespanOf } from '../../../../engine/model/lifespan.ts';
import type { Row } from '../../../state/row.ts';
import type { TimeAxis } from '../../../state/time-axis.ts';
import { capitalised } from '../../../words/capitalised.ts';
import { dateTime, type TimeZone } from '../../../words/show-time.ts';
import { useModel } from '../../store-context.ts';

/** Earlier versions drawn of one token. */
const mostVersions = 20;

/** From when until when a token is valid, drawn on the axis that all share; what it renewed is drawn before it. */
export function Strip({ row }: { row: Row }) {
  const { axis } = useModel('timescale');
  const { zone } = useModel('settings');
  const words = lifespanWords(row, zone.value);
  return (
    <span class="strip" role="img" aria-label={words} title={words}>
      {row.versions.slice(0, mostVersions).map((version) => (
        <Bar key={version.token.id} subject={version} axis={axis.value} name="earlier" />
      ))}
      <Bar subject={row.subject} axis={axis.value} name={row.goneAt === null ? '' : 'gone'} />
    </span>
  );
}

interface BarProps {
  subject: Row['subject'];
  axis: TimeAxis;
  name: string;
}

function Bar({ subject, axis, name }: BarProps) {
  const span = lifespanOf(subject);
  if (!span) return null;
  const { issuedAt, from, until, isEndless } = span;
  const start = from === null ? 0 : axis.at(from);
  const end = until === null ? 1 : axis.at(until);
  const issued = issuedAt === null ? start : axis.at(issuedAt);
  return (
    <>
      {issued < start ? <span class={`waits ${name}`} style={between(issued, start)} /> : null}
      <span
        class={`lives ${name}${isEndless ? ' endless' : ''}${from === null ? ' startless' : ''}`}
        style={between(start, Math.max(start, end))}
      />
    </>
  );
}

function between(start: number, end: number) {
  return { insetInlineStart: percent(start), inlineSize: percent(end - start) };
}

export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)}%`;
}

/** "Issued 2026-11-20 12:00:00 UTC; valid from …; expires …". */
export function lifespanWords(row: Row, zone: TimeZone): string {
  const span = lifespanOf(row.subject);
  if (!span) return 'Its times are not known';
  const { issuedAt, from, until, isEndless } = span;
  const clauses = [
    issuedAt === null ? null : `issued ${dateTime(issuedAt, zone)}`,
    from === null || from === issuedAt ? null : `not before ${dateTime(from, zone)}`,
    isEndless ? 'never expires' : until === null ? null : `expires ${dateTime(until, zone)}`,
  ].filter((clause) => clause !== null);
  return capitalised(clauses.join('; '));
}

/** Lines through all strips of the list: now, navigations of the page, and how far away a moment is. */
export function AxisLines({ left, width }: { left: number; width: number }) {
  const { axis, navigations } = useModel('timescale');
  const { at, ticks } = axis.value;
  return (
    <div class="axis" aria-hidden="true" style={{ insetInlineStart: `${left}px`, inlineSize: `${width}px` }}>
      <div class="scale">
        {ticks
          .filter(({ words }) => columnTicks.has(words.replace('-', '')))
          .map((tick) => (
            <span key={tick.words} class="tick" style={{ insetInlineStart: percent(at(tick.at)) }} />
          ))}
        {navigations.value.slice(-mostNavigations).map((navigation, index) => (
          <span
            key={`${navigation.at} ${index}`}
            class="navigated"
            style={{ insetInlineStart: percent(at(navigation.at)) }}
          />
        ))}
        <NowLine />
      </div>
    </div>
  );
}

/** Distances from now that are marked in a column. */
const columnTicks: ReadonlySet<string> = new Set(['1 h', '1 d', '30 d', '1 y']);

/** Lines drawn: more than that are no lines any more. */
const mostNavigations = 40;

/** Reads the clock by itself, so that nothing else is drawn again. */
function NowLine() {
  const { axis } = useModel('timescale');
  const { now } = useModel('time');
  return <span class="now" style={{ insetInlineStart: percent(axis.value.at(now.value)) }} />;
}
