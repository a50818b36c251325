import { useState } from 'preact/hooks';
import { isMark } from '../../../../engine/expect/expectation-file.ts';
import type { Draft } from '../../../state/expectation-draft.ts';
import { masked } from '../../../words/masked.ts';
import { visible } from '../../../words/visible.ts';

interface Props {
  marks: Draft['marks'];
  isOpen: boolean;
  isDisabled: boolean;
}

/** What marks of pages stand for: a name each, and addresses, one per line. */
export function Marks({ marks, isOpen, isDisabled }: Props) {
  const { told, change, rename, remove } = useChanges(marks);
  const all = Object.entries(marks.pages.value);
  const mistakes = marks.mistakes.value;
  return (
    <details class="marks" open={isOpen || mistakes.length > 0}>
      <summary>Marks of pages{all.length > 0 ? ` (${all.length})` : ''}</summary>
      <fieldset disabled={isDisabled}>
        <legend class="unseen">Marks of pages</legend>
        <p class="hint">
          What you call some pages, such as guest, and their addresses. <code>*</code> stands for anything.
        </p>
        {all.map(([name, patterns], index) => (
          <Mark
            key={index}
            name={name}
            patterns={patterns}
            rename={(to) => rename(name, to)}
            write={(lines) => change(all.map(([other, list]) => [other, other === name ? lines : list]))}
            remove={() => remove(name)}
          />
        ))}
        <button
          type="button"
          class="link"
          onClick={() => change([...all, [freeName(all.map(([name]) => name)), ['https://']]])}
        >
          Add a mark
        </button>
        <p role="alert">{told}</p>
        <div role="status">
          <ul class="mistakes">
            {mistakes.map((message) => (
              <li key={message}>{masked(message)}</li>
            ))}
          </ul>
        </div>
      </fieldset>
    </details>
  );
}

/** What can be done with marks, and why it was not done. */
function useChanges(marks: Draft['marks']) {
  const [told, setTold] = useState('');
  const entries = () => Object.entries(marks.pages.peek());

  function change(next: [string, string[]][], rename?: readonly [string, string]): void {
    setTold('');
    marks.change(Object.fromEntries(next), rename);
  }

  return {
    told,
    change,

    rename(from: string, to: string): void {
      if (to === from) return;
      const isTaken = Object.hasOwn(marks.pages.peek(), to);
      if (isTaken) setTold(`“${visible(to)}” is a mark already.`);
      else if (to === '' || !isMark(to)) setTold('A mark has a name, without *, : and /.');
      else
        change(
          entries().map(([name, list]) => [name === from ? to : name, list]),
          [from, to],
        );
    },

    remove(mark: string): void {
      const users = marks.usersOf(mark);
      if (users.length === 0) {
        change(entries().filter(([name]) => name !== mark));
        return;
      }
      const listed = users.slice(0, 3).map((name) => (name === 'this one' ? name : `“${masked(name)}”`));
      const more = users.length > 3 ? ` and ${users.length - 3} more` : '';
      setTold(`“${visible(mark)}” is kept: it is used by ${listed.join(', ')}${more}. Choose other pages there first.`);
    },
  };
}

/** `guest`, `host`, `page 3` */
function freeName(names: readonly string[]): string {
  const offered = ['guest', 'host', ...names.map((_, index) => `page ${index + 1}`), `page ${names.length + 1}`];
  return offered.find((name) => !names.includes(name)) ?? 'page';
}

interface MarkProps {
  name: string;
  patterns: readonly string[];
  rename: (to: string) => void;
  write: (patterns: string[]) => void;
  remove: () => void;
}

function Mark({ name, patterns, rename, write, remove }: MarkProps) {
  const [typed, setTyped] = useState('');
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  // What is typed stays as it is while it says the same.
  const text = JSON.stringify(lines(typed)) === JSON.stringify(patterns) ? typed : patterns.join('\n');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a set within a set
    <div class="mark-of-pages" role="group" aria-label={`Mark ${visible(name)}`}>
      <input
        aria-label="Name of the mark"
        value={name}
        maxLength={200}
        spellcheck={false}
        onChange={(event) => {
          rename(event.currentTarget.value.trim());
          event.currentTarget.value = name;
        }}
      />
      <button type="button" class="link" aria-label={`Remove the mark ${visible(name)}`} onClick={remove}>
        Remove
      </button>
      <textarea
        class="mono"
        aria-label={`Addresses of pages marked ${visible(name)}, one per line`}
        rows={Math.min(8, Math.max(2, patterns.length + 1))}
        spellcheck={false}
        value={text}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          write(lines(event.currentTarget.value));
        }}
      />
    </div>
  );
}
