import { signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Completion, completionsAt } from '../../state/filter-completion.ts';
import { problemsOf } from '../../state/filter-terms.ts';
import { masked } from '../../words/masked.ts';
import { visible } from '../../words/visible.ts';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';

/** What completes, loaded when somebody begins to write. */
const completions = signal<typeof completionsAt | null>(null);

function loadCompletions(): void {
  if (completions.peek()) return;
  void import('../../state/filter-completion.ts').then((module) => {
    completions.value = module.completionsAt;
  });
}

/** The filter, as in the Network panel: what is typed is completed, and what it does not know is marked. */
export function FilterField({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const { text, terms } = useModel('filter');
  const { listed } = useModel('rows');
  const id = useId();
  const completion = useCompletion(field);
  // Expressions are tried as the list is made, so that only then is known which of them took too long.
  void listed.value;
  const problems = problemsOf(terms.value);
  return (
    <span class={`filter${problems.length > 0 ? ' odd' : ''}`}>
      <Icon name="filter" />
      <span class="typed">
        <Underlines text={text.value} problems={problems} field={field} />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Filter tokens"
          aria-autocomplete="list"
          aria-expanded={completion.isOpen}
          aria-controls={`${id}-list`}
          aria-activedescendant={completion.active < 0 ? undefined : `${id}-${completion.active}`}
          aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
          placeholder="Filter"
          title="Words, /expressions/, or the beginning of a token. A minus before a word leaves out. Arrow down lists what can be asked for."
          spellcheck={false}
          autocomplete="off"
          value={text.value}
          onInput={completion.onInput}
          onKeyDown={completion.onKeyDown}
          onFocus={loadCompletions}
          onBlur={completion.close}
        />
      </span>
      {text.value ? <ClearButton field={field} /> : null}
      <span id={`${id}-problems`} class="unseen">
        {sentencesOf(problems)}
      </span>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="What can be asked for"
        class="completions"
        hidden={!completion.isOpen}
      >
        {completion.options.map((one, index) => (
          <Option
            key={one.offer}
            id={`${id}-${index}`}
            completion={one}
            isActive={index === completion.active}
            choose={() => completion.take(one)}
          />
        ))}
      </div>
      {problems.length > 0 ? <p class="odd-words">{sentencesOf(problems)}</p> : null}
    </span>
  );
}

function sentencesOf(problems: ReturnType<typeof problemsOf>): string {
  return problems.map(({ says }) => `${masked(says.slice(0, 1).toUpperCase() + says.slice(1))}.`).join(' ');
}

/** What can be written where the caret is, and the keys that choose from it. */
function useCompletion(field: { current: HTMLInputElement | null }) {
  const { text } = useModel('filter');
  const { all } = useModel('rows');
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const options = caret === null ? [] : (completions.value?.(text.value, caret, all.value) ?? []);
  const isOpen = options.length > 0;
  const wanted = useRef<number | null>(null);

  useEffect(() => {
    if (wanted.current !== null) field.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });

  function close(): void {
    setCaret(null);
    setActive(-1);
  }

  function open(): void {
    loadCompletions();
    setCaret(field.current?.selectionStart ?? text.value.length);
  }

  function take({ text: next, caret: at }: Completion): void {
    text.value = next;
    wanted.current = at;
    setActive(-1);
    // Behind a word, its values are what comes next; behind a value, whatever one likes.
    setCaret(next[at - 1] === ':' ? at : null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const taken = options[active];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (isOpen) setActive((active + step + (active < 0 && step < 0 ? 1 : 0) + options.length) % options.length);
      else if (step > 0) open();
    } else if (taken && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      take(taken);
    } else if (event.key === 'Enter') close();
    else if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      if (isOpen) close();
      else if (text.value) text.value = '';
      else document.querySelector<HTMLElement>('.roomkey .grid')?.focus();
    }
  }

  function onInput(event: { currentTarget: HTMLInputElement }): void {
    loadCompletions();
    text.value = event.currentTarget.value;
    setActive(-1);
    setCaret(event.currentTarget.selectionStart ?? text.value.length);
  }
  return { options, isOpen, active, take, close, onKeyDown, onInput };
}

interface OptionProps {
  id: string;
  completion: Completion;
  isActive: boolean;
  choose: () => void;
}

function Option({ id, completion: { offer, means, count }, isActive, choose }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView?.({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and handles the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and names its active option
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isActive}
      class="completion"
      // The field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      <span class="offer">{visible(offer)}</span>
      <span class="muted">{means || (count ? count.toLocaleString('en') : '')}</span>
    </div>
  );
}

/** Wavy lines under what is not known, below the text of the field. None under a text with a token in it, which is shown nowhere else. */
function Underlines({
  text,
  problems,
  field,
}: {
  text: string;
  problems: ReturnType<typeof problemsOf>;
  field: { current: HTMLInputElement | null };
}) {
  const layer = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const follow = () => {
      if (layer.current && field.current) layer.current.scrollLeft = field.current.scrollLeft;
    };
    follow();
    field.current?.addEventListener('scroll', follow);
    return () => field.current?.removeEventListener('scroll', follow);
  });
  if (problems.length === 0 || masked(text) !== text) return null;
  const parts = problems.map(({ start, end }, index) => ({
    start,
    before: text.slice(problems[index - 1]?.end ?? 0, start),
    marked: text.slice(start, end),
  }));
  return (
    <span ref={layer} class="underlines" aria-hidden="true">
      {parts.map(({ start, before, marked }) => (
        <span key={start}>
          {before}
          <span class="unknown">{marked}</span>
        </span>
      ))}
    </span>
  );
}

function ClearButton({ field }: { field: { current: HTMLInputElement | null } }) {
  const { text } = useModel('filter');
  return (
    <button
      type="button"
      class="tool small"
      aria-label="Clear filter"
      title="Clear filter"
      tabIndex={-1}
      onClick={() => {
        text.value = '';
        field.current?.focus();
      }}
    >
      <Icon name="close" />
    </button>
  );
}
