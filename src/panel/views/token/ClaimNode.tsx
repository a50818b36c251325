import { useState } from 'preact/hooks';
import type { Json, JsonObject } from '../../../engine/text/json.ts';
import { otherUnit } from '../../../engine/text/time-unit.ts';
import type { Row } from '../../state/row.ts';
import { masked, secretsOf } from '../../words/masked.ts';
import { meaningFor } from '../../words/meaning.ts';
import { duration } from '../../words/show-time.ts';
import { cut } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { LongText } from '../parts/LongText.tsx';
import { Prose } from '../parts/Prose.tsx';
import { Spot } from '../parts/Spot.tsx';
import { Moment } from '../parts/Time.tsx';
import { useModel } from '../store-context.ts';
import { Marks } from './Marks.tsx';

/** Levels open at first. */
const openDepth = 3;
/** Members drawn at first, and with each press on "more". */
const step = 100;

interface NodeProps {
  name: string;
  /** `claims.context.user`: what findings and spotlights call it. */
  path: string;
  value: Json;
  depth: number;
  row: Row;
  /** Said instead of a meaning. */
  note?: string;
}

/** One member with its value, meaning and marks; objects and lists open and close. */
export function ClaimNode({ name, path, value, depth, row, note }: NodeProps) {
  const { spotlight } = useModel('selection');
  const holdsSpot = spotlight.value?.startsWith(`${path}.`) ?? false;
  const [opened, setOpened] = useState<boolean | null>(null);
  const isBranch = value !== null && typeof value === 'object' && Object.keys(value).length > 0;
  const isOpen = isBranch && (opened ?? (depth < openDepth || holdsSpot));
  const meaning = meaningFor(row.subject, path);
  const secrets = secretsOf(row.subject.token);
  const shownName = cut(masked(name, secrets), 200).text;
  return (
    <li class="node">
      <Spot at={path} class="claim">
        <div class="pair">
          {isBranch ? (
            <button
              type="button"
              class="twisty"
              tabIndex={-1}
              aria-expanded={isOpen}
              aria-label={shownName}
              onClick={() => setOpened(!isOpen)}
            >
              <Icon name={isOpen ? 'down' : 'right'} />
            </button>
          ) : null}
          <span class="name">{shownName}</span>
          {meaning?.name && meaning.name !== name ? <span class="alias">{meaning.name}</span> : null}
          <span class="value">
            <Value value={value} isOpen={isOpen} secrets={secrets} name={shownName} />
          </span>
          <Unit value={value} unit={meaning?.unit} />
          <Marks path={path} row={row} />
        </div>
        {note || meaning ? <p class="meaning">{note ?? <Prose text={meaning?.means ?? ''} />}</p> : null}
      </Spot>
      {isOpen ? (
        <ul>
          <Members value={value as Json[] | JsonObject} path={path} depth={depth + 1} row={row} />
        </ul>
      ) : null}
    </li>
  );
}

/** Members of an object or list, a hundred at a time. */
export function Members({
  value,
  path,
  depth,
  row,
}: {
  value: Json[] | JsonObject;
  path: string;
  depth: number;
  row: Row;
}) {
  const [count, setCount] = useState(step);
  const names = Object.keys(value);
  return (
    <>
      {names.slice(0, count).map((name) => (
        <ClaimNode
          key={name}
          name={name}
          path={`${path}.${name}`}
          value={(value as JsonObject)[name] ?? null}
          depth={depth}
          row={row}
        />
      ))}
      {names.length > count ? (
        <li class="node">
          <button type="button" class="link" onClick={() => setCount(count + step)}>
            Show {Math.min(step, names.length - count)} more of {names.length.toLocaleString('en')}
          </button>
        </li>
      ) : null}
    </>
  );
}

function Value({
  value,
  isOpen,
  secrets,
  name,
}: {
  value: Json;
  isOpen: boolean;
  secrets: readonly string[];
  name: string;
}) {
  if (typeof value === 'string') {
    return (
      <span class="string">
        "<LongText text={value} secrets={secrets} what={name} />"
      </span>
    );
  }
  if (Array.isArray(value)) return <span class="muted">{isOpen ? '' : `[ ${value.length} ]`}</span>;
  if (value !== null && typeof value === 'object') {
    const size = Object.keys(value).length;
    return <span class="muted">{isOpen ? '' : size === 0 ? '{ }' : `{ ${size} }`}</span>;
  }
  return <span class={value === null ? 'null' : typeof value}>{String(value)}</span>;
}

/** What a number is in its unit: a date, or a length of time. */
export function Unit({ value, unit }: { value: Json; unit: string | undefined }) {
  if (typeof value !== 'number' || !unit) return null;
  const other = unit === 'seconds since the epoch' ? otherUnit(value) : null;
  if (other) return <span class="moment">in {other.unit}, not seconds</span>;
  if (unit === 'seconds since the epoch') return <Moment at={value} />;
  return <span class="moment">{duration(unit === 'seconds' ? value : value / 1000)}</span>;
}
