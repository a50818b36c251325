// biome-ignore-all lint/a11y/useSemanticElements: a table of thousands of rows draws few of them, which <table> cannot
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys for its rows

import type { ComponentChildren } from 'preact';
import type { Line } from '../../../state/lines.ts';
import type { Fitted } from '../../../state/table-layout.ts';
import { changesInLine, span, writtenChanges } from '../../../words/change-words.ts';
import { groupDigits } from '../../../words/group-digits.ts';
import { shownUrl } from '../../../words/masked.ts';
import { goneRowsWords } from '../../../words/place-words.ts';
import { timeOfDay } from '../../../words/show-time.ts';
import { Icon } from '../../parts/Icon.tsx';
import { SeverityMark } from '../../parts/SeverityMark.tsx';
import { useModel } from '../../store-context.ts';
import { LeadingMark } from './Problem.tsx';
import { TokenCell } from './TokenCell.tsx';
import type { LineActions } from './use-table-keys.ts';

export interface LineProps {
  line: Line;
  /** Of the line in the whole list. */
  index: number;
  columns: readonly Fitted[];
  isTree: boolean;
  isActive: boolean;
  actions: LineActions;
}

/** The id of the element of a line; `token-` and the token's id for a token. */
export function lineId(line: Line): string {
  return 'row' in line || 'version' in line ? `token-${line.key}` : `line-${line.key.replace(/[^\w-]+/g, '-')}`;
}

/** One line of the list, whatever it is. */
export function TableLine(props: LineProps) {
  const { line } = props;
  if ('row' in line) return <TokenLine {...props} line={line} />;
  if ('version' in line) return <VersionLine {...props} line={line} />;
  return 'group' in line ? <GroupLine {...props} line={line} /> : <NavigationLine {...props} line={line} />;
}

type Of<Kind extends string> = Omit<LineProps, 'line'> & { line: Extract<Line, Record<Kind, unknown>> };

function TokenLine({ line, index, columns, isTree, isActive, actions }: Of<'row'>) {
  const { row, level, isOpen } = line;
  const { ids } = useModel('selection');
  const isSaid = columns.some(({ id }) => id === 'finding');
  return (
    <div
      role="row"
      id={lineId(line)}
      class={`row${index % 2 ? ' odd' : ''}${row.goneAt === null ? '' : ' gone'}${isActive ? ' active' : ''}`}
      aria-rowindex={index + 2}
      aria-selected={ids.value.includes(row.subject.token.id)}
      {...(isTree ? { 'aria-level': level } : {})}
      {...(isOpen === null ? {} : { 'aria-expanded': isOpen })}
      onClick={(event) => actions.choose(line, howOf(event))}
    >
      <div role="gridcell" class="cell lead" aria-colindex={1}>
        {isTree ? <Twisty isOpen={isOpen} toggle={() => actions.setOpen(line, !isOpen)} /> : null}
        <LeadingMark row={row} isSaid={isSaid} />
      </div>
      {columns.map(({ id }, at) => (
        <div key={id} role="gridcell" class={`cell ${id}`} aria-colindex={at + 2}>
          <TokenCell column={id} row={row} />
        </div>
      ))}
    </div>
  );
}

/** A token that was there before: from when until when, and what the next changed. */
function VersionLine({ line, index, columns, isActive, actions }: Of<'version'>) {
  const { version, next, level } = line;
  const { ids } = useModel('selection');
  const { zone } = useModel('settings');
  const changes = changesInLine(writtenChanges(version.subject, next.subject, zone.value));
  const words = `${span(version.firstSeenAt, version.goneAt, zone.value)}, then ${changes}`;
  return (
    <div
      role="row"
      id={lineId(line)}
      class={`row version gone${index % 2 ? ' odd' : ''}${isActive ? ' active' : ''}`}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-selected={ids.value.includes(version.subject.token.id)}
      onClick={(event) => actions.choose(line, howOf(event))}
    >
      <div role="gridcell" class="cell lead" aria-colindex={1} />
      <SpanningCell columns={columns} title={words}>
        {words}
      </SpanningCell>
    </div>
  );
}

function GroupLine({ line, index, columns, isActive, actions }: Of<'group'>) {
  const { group, isOpen } = line;
  const { title, rows, worst, gone } = group;
  const here = rows.length - gone.length;
  return (
    <div
      role="row"
      id={lineId(line)}
      class={`row group${isActive ? ' active' : ''}`}
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={isOpen}
      onClick={() => {
        actions.choose(line, 'only');
        actions.setOpen(line, !isOpen);
      }}
    >
      <div role="gridcell" class="cell lead" aria-colindex={1}>
        <Twisty isOpen={isOpen} />
        {worst ? <SeverityMark severity={worst} word={false} /> : null}
      </div>
      <SpanningCell columns={columns} title={title ?? ''}>
        <b>{title ?? 'Not told'}</b>{' '}
        <span class="muted">
          {groupDigits(here)} {here === 1 ? 'token' : 'tokens'}
          {gone.length > 0 ? `, ${groupDigits(gone.length)} ${goneRowsWords(gone)}` : ''}
        </span>
      </SpanningCell>
    </div>
  );
}

/** Where the page became another document. */
function NavigationLine({ line, index, columns, isTree }: Of<'navigation'>) {
  const { zone } = useModel('settings');
  const { at, url } = line.navigation;
  return (
    <div role="row" class="row navigation" aria-rowindex={index + 2} {...(isTree ? { 'aria-level': 1 } : {})}>
      <div role="gridcell" class="cell" aria-colspan={columns.length + 1}>
        {timeOfDay(at, zone.value)} Navigated to <span class="mono">{shownUrl(url)}</span>
      </div>
    </div>
  );
}

interface UnshownProps extends Pick<LineProps, 'line' | 'columns' | 'actions'> {
  message: string;
}

/** A line that could not be drawn; the details of its token can still be asked for. */
export function UnshownLine({ line, columns, actions, message }: UnshownProps) {
  return (
    <div role="row" id={lineId(line)} class="row spanned" onClick={() => actions.choose(line, 'only')}>
      <div role="gridcell" class="cell" aria-colspan={columns.length + 1}>
        {message}
      </div>
    </div>
  );
}

function SpanningCell(props: { columns: readonly Fitted[]; title: string; children: ComponentChildren }) {
  const { columns, title, children } = props;
  return (
    <div role="gridcell" class="cell spans" aria-colindex={2} aria-colspan={columns.length} title={title}>
      {children}
    </div>
  );
}

/** For the pointer; the arrow keys do the same, and the row says whether it is open. */
function Twisty({ isOpen, toggle }: { isOpen: boolean | null; toggle?: () => void }) {
  if (isOpen === null) return <span class="twisty" aria-hidden="true" />;
  return (
    <span
      class="twisty"
      aria-hidden="true"
      onClick={(event) => {
        if (!toggle) return;
        event.stopPropagation();
        toggle();
      }}
    >
      <Icon name={isOpen ? 'down' : 'right'} />
    </span>
  );
}

function howOf(event: MouseEvent): 'only' | 'toggle' | 'range' {
  return event.ctrlKey || event.metaKey ? 'toggle' : event.shiftKey ? 'range' : 'only';
}
