import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Expectations } from '../../../../engine/expect/expectations.ts';
import { expectedWords } from '../../../../engine/expect/expected-words.ts';
import type { Report } from '../../../../engine/model/report.ts';
import { createDraft, type Draft, type Edited } from '../../../state/expectation-draft.ts';
import type { Editing } from '../../../state/expectations.ts';
import { pagesChosen } from '../../../state/expected-pages.ts';
import { useModel } from '../../store-context.ts';
import { Builder } from './Builder.tsx';
import { DraftResult } from './DraftResult.tsx';
import { JsonText } from './JsonText.tsx';
import { Marks } from './Marks.tsx';

/** One expectation, or the whole file, as fields and as text side by side. */
export function ExpectationEditor({ editing }: { editing: Editing }) {
  const { expected, aboutPages } = useModel('expectations');
  const { report } = useModel('judgement');
  editing.draft ??= draftOf(editing.of, expected.peek(), pagesChosen(aboutPages.peek()), report);
  return <Editor draft={editing.draft} />;
}

/** A new one is about the pages that new ones are about. */
function draftOf(
  of: Edited,
  file: Expectations,
  { onChosen, pages }: ReturnType<typeof pagesChosen>,
  report: ReadonlySignal<Report>,
): Draft {
  const begun = onChosen({ name: '', none: { role: 'host' } });
  const name = expectedWords(begun, pages ?? {});
  const marked = of === 'new' && pages ? { ...file, pages } : file;
  return createDraft({ of, file: marked, begun: { ...begun, name }, report });
}

const titles = { new: 'New expectation', whole: 'The whole file' };

function Editor({ draft }: { draft: Draft }) {
  const { of, marks } = draft;
  const element = useRef<HTMLElement>(null);
  const { save, cancel, leave } = useEnds(draft);
  useEffect(() => {
    const field = element.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>(
      of === 'whole' ? 'textarea.json' : 'input.name',
    );
    field?.focus();
    if (of === 'new') field?.select();
    else field?.setSelectionRange(0, 0);
    element.current?.scrollIntoView?.({ block: 'start' });
  }, []);
  const title = typeof of === 'number' ? `Expectation ${of + 1}` : titles[of];
  return (
    <section
      ref={element}
      class={of === 'whole' ? 'editor of-file' : 'editor'}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Escape') {
          event.preventDefault();
          leave();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          save();
        }
      }}
    >
      <h2>{title}</h2>
      <div class="sides">
        <div class="side">
          {of === 'whole' ? null : <Builder draft={draft} />}
          <Marks marks={marks} isOpen={of === 'whole'} isDisabled={!draft.follows.value} />
        </div>
        <div class="side">
          <JsonText draft={draft} />
        </div>
      </div>
      <div class="foot">
        <DraftResult draft={draft} />
        <p class="actions">
          <button type="button" class="primary" title="Ctrl+Enter" onClick={save}>
            Save
          </button>
          <button type="button" class="plain" onClick={cancel}>
            Cancel
          </button>
          <IsGone draft={draft} />
        </p>
      </div>
    </section>
  );
}

/** The list may be another one by now: that of another site, or of a file that was opened. */
function IsGone({ draft }: { draft: Draft }) {
  const { expected } = useModel('expectations');
  if (!draft.isGone(expected.value)) return null;
  return (
    <span class="hint" role="status">
      {draft.of === 'whole'
        ? 'The list has changed meanwhile. Save puts this in its place.'
        : 'The list has changed meanwhile. Save adds this to it.'}
    </span>
  );
}

/** The ways out of the editor. */
function useEnds(draft: Draft) {
  const { editing, expected, replace } = useModel('expectations');
  const { say } = useModel('messages');
  const isWarned = useRef(false);

  function close(back: Edited): void {
    if (editing.value) editing.value.back = back;
    editing.value = null;
  }

  return {
    save(): void {
      const file = draft.over(expected.peek());
      if (file === null) {
        say('Not saved: mend what is named first.');
        const first = document.querySelector<HTMLElement>('.editor .mistakes button');
        (first ?? document.querySelector<HTMLElement>('.editor .marks summary'))?.focus();
        return;
      }
      const isAdded = file.expect.length > expected.peek().expect.length && draft.of !== 'whole';
      if (draft.isChanged.peek() || draft.of === 'new') replace(file);
      say(isAdded ? 'The expectation was added.' : 'Saved.');
      close(isAdded ? file.expect.length - 1 : draft.of);
    },

    cancel: () => close(draft.of),

    /** Asks once whether what was written is to be lost. */
    leave(): void {
      if (!draft.isChanged.peek() || isWarned.current) close(draft.of);
      else say('Press Esc again to leave without saving.');
      isWarned.current = true;
    },
  };
}
