import type { JourneyStep } from '../../../engine/model/journey.ts';
import { cut, visible } from '../../words/visible.ts';

/** Steps drawn, and lanes for them: more than that nobody reads at a glance. */
const mostSteps = 40;
const mostLanes = 10;
const laneHeight = 38;
const top = 22;
/** Percent of the width in which steps stand. */
const [left, right] = [2, 97];

interface Props {
  steps: readonly JourneyStep[];
  words: (step: JourneyStep) => string;
  open: (step: JourneyStep) => void;
}

/** Origins as lanes, time to the right, one mark a step. The list beside it says the same, so it is hidden from readers of the screen. */
export function JourneyPicture({ steps, words, open }: Props) {
  const drawn = steps.slice(0, mostSteps);
  const lanes = lanesOf(drawn);
  const yOf = (origin: string | null) => {
    const index = origin === null ? -1 : lanes.indexOf(origin);
    return index < 0 ? null : top + index * laneHeight;
  };
  const height = top + (lanes.length - 1) * laneHeight + 14;
  return (
    <figure class="journey-picture" aria-hidden="true">
      <svg height={height} focusable="false" role="presentation">
        {lanes.map((origin, index) => (
          <g key={origin}>
            <line class="lane" x1="0" x2="100%" y1={top + index * laneHeight} y2={top + index * laneHeight} />
            <text x="0" y={top + index * laneHeight - 8}>
              {visible(cut(origin.replace(/^https:\/\//, ''), 60).text)}
            </text>
          </g>
        ))}
        {drawn.map((step, index) => (
          <Mark
            key={`${index} ${step.step}`}
            step={step}
            x={drawn.length === 1 ? 50 : left + ((right - left) * (index + 0.5)) / drawn.length}
            ends={[yOf(step.from), yOf(step.to)]}
            words={words(step)}
            open={open}
          />
        ))}
      </svg>
    </figure>
  );
}

interface MarkProps {
  step: JourneyStep;
  /** Percent of the width. */
  x: number;
  /** Where it begins and where it ends; null where there is no lane. */
  ends: [from: number | null, to: number | null];
  words: string;
  open: (step: JourneyStep) => void;
}

function Mark({ step, x, ends: [from, to], words, open }: MarkProps) {
  const isLeft = step.step === 'removed' || step.step === 'replaced' || step.step === 'left';
  const y = to ?? from ?? top;
  const isStranger = step.party === 'stranger';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone, as the list has a button for each.
    <g class={`mark ${isLeft ? 'left' : ''} ${isStranger ? 'stranger' : ''}`} onClick={() => open(step)}>
      <title>{words}</title>
      {from !== null && to !== null && from !== to ? <line x1={`${x}%`} x2={`${x}%`} y1={from} y2={to} /> : null}
      <circle cx={`${x}%`} cy={y} r="5" />
      {isStranger ? (
        <text x={`${x}%`} y={y} dx="9" dy="4">
          !
        </text>
      ) : null}
    </g>
  );
}

/** Origins in the order in which the token came there. */
function lanesOf(steps: readonly JourneyStep[]): string[] {
  const origins = steps.flatMap(({ from, to }) => [from, to]).filter((origin) => origin !== null);
  return [...new Set(origins)].slice(0, mostLanes);
}
