import { useComputed } from '@preact/signals';
import { useMemo, useState } from 'preact/hooks';
import { comparedSeats, createSeatCheck, type OtherSeat, type OwnSeat, thisPage } from '../../state/seat-check.ts';
import { masked } from '../../words/masked.ts';
import { Answer } from '../parts/Answer.tsx';
import { Icon } from '../parts/Icon.tsx';
import { jsonFiles, PickFile } from '../parts/PickFile.tsx';
import { useModel } from '../store-context.ts';
import { Differs, OnlyDifferences } from './Differs.tsx';

/** Opens and expects the seat beside the one on screen. */
export function useSeatCheck() {
  const { other } = useModel('seats');
  const { say, fail } = useModel('messages');
  return createSeatCheck({ other, expectations: useModel('expectations'), say, fail });
}

/** Opens the report of another seat of the call. */
export function OpenSeat() {
  const { open } = useSeatCheck();
  return (
    <PickFile
      class="plain"
      field="open-seat"
      title="Open the report of another page or machine, saved as JSON, such as the guest’s beside the host’s"
      accept={jsonFiles}
      pick={([file]) => void (file && open(file))}
    >
      Compare with another seat …
    </PickFile>
  );
}

/** The seat on screen beside another, of which a report was opened, checked whenever what is on screen changes. */
export function Seats() {
  const { other } = useModel('seats');
  const { isWhole } = useModel('judgement');
  const check = useSeatCheck();
  const own = useOwnSeat();
  const seat = other.value;
  if (!seat) return null;
  return (
    <section class="seats" aria-label="Two seats">
      <div class="actions">
        <strong>{own.name === thisPage ? 'This page' : masked(own.name)}</strong> <span class="muted">beside</span>{' '}
        <strong>{masked(seat.name)}</strong>
        <button type="button" class="tool small" aria-label="Close the other seat" title="Close" onClick={check.close}>
          <Icon name="close" />
        </button>
      </div>
      {isWhole.value ? (
        <SideBySide own={own} other={seat} expectBoth={() => void check.expectBoth(own)} />
      ) : (
        <p class="hint" role="status">
          Waiting until all tokens are judged …
        </p>
      )}
    </section>
  );
}

function useOwnSeat(): OwnSeat {
  const { report } = useModel('judgement');
  const { imported } = useModel('recordings');
  return useComputed(() => ({
    name: imported.value?.title ?? thisPage,
    report: report.value,
    inputs: imported.value?.inputs ?? [],
  })).value;
}

interface SideBySideProps {
  own: OwnSeat;
  other: OtherSeat;
  expectBoth: () => void;
}

const icons = { 'host-and-guest': 'check', other: 'error', untold: 'info' } as const;

function SideBySide({ own, other, expectBoth }: SideBySideProps) {
  const isEditing = useModel('expectations').editing.value !== null;
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const { seats, outcome, says, also, rows, unlisted } = useMemo(() => comparedSeats(own, other), [own, other]);
  return (
    <>
      <div class={`verdict ${outcome}`} role="status">
        <Icon name={icons[outcome]} />
        <p>{says}</p>
      </div>
      {also.length > 0 ? (
        <ul class="also">
          {also.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      ) : null}
      <p class="actions">
        <button type="button" class="plain" disabled={outcome === 'other' || isEditing} onClick={expectBoth}>
          Expect both as they are
        </button>
        {rows.length > 0 ? <OnlyDifferences isOn={onlyDifferences} set={setOnlyDifferences} /> : null}
      </p>
      {rows.length > 0 ? <SeatTable seats={seats} rows={rows} isShort={onlyDifferences} /> : null}
      {unlisted > 0 ? <p class="hint">{unlisted.toLocaleString('en')} more kinds of tokens are not listed.</p> : null}
    </>
  );
}

type Rows = ReturnType<typeof comparedSeats>['rows'];

function SeatTable({ seats, rows, isShort }: { seats: readonly string[]; rows: Rows; isShort: boolean }) {
  return (
    <div class="matrix">
      <table>
        <thead>
          <tr>
            <th scope="col" class="line-name column-name">
              Call tokens
            </th>
            {seats.map((name) => (
              <th key={name} scope="col" class="column-name">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {rows.map(({ title, onlyIn, lines }, at) => (
          <tbody key={at}>
            <tr class="group">
              <th scope="rowgroup" class="group-name" colSpan={3}>
                {title} {onlyIn === null ? null : <span class="muted">only in {onlyIn}</span>}
              </th>
            </tr>
            {lines
              .filter(({ differs }) => differs || !isShort)
              .map((line) => (
                <SeatLine key={line.part} line={line} seats={seats} />
              ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function SeatLine({ line, seats }: { line: Rows[number]['lines'][number]; seats: readonly string[] }) {
  return (
    <tr>
      <th scope="row" class="line-name">
        {line.name}
        {line.differs ? <Differs /> : null}
      </th>
      {line.cells.map(({ text, answer }, index) => (
        <td key={seats[index]} class={line.differs ? 'odd-one' : undefined}>
          {answer ? <Answer answer={answer} /> : text === null ? <span class="muted">not there</span> : text}
        </td>
      ))}
    </tr>
  );
}
