import { useRef } from 'preact/hooks';
import type { Draft } from '../../../state/expectation-draft.ts';
import { masked } from '../../../words/masked.ts';

/** The JSON text, typed freely, and what is wrong with it. */
export function JsonText({ draft: { of, text, mistakes, setText } }: { draft: Draft }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const found = mistakes.value;
  const goTo = (offset: number) => {
    field.current?.focus();
    field.current?.setSelectionRange(offset, offset);
  };
  return (
    <>
      <label class="head" for="draft-json">
        JSON{of === 'whole' ? ' of the file' : ' of this expectation'}
      </label>
      <textarea
        ref={field}
        id="draft-json"
        class="json mono"
        rows={Math.min(30, Math.max(10, text.value.split('\n').length + 1))}
        spellcheck={false}
        autocomplete="off"
        wrap="off"
        aria-invalid={found.length > 0}
        aria-describedby="draft-mistakes"
        value={text.value}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div id="draft-mistakes" role="status">
        {found.length === 0 ? (
          <p class="hint">No mistakes.</p>
        ) : (
          <ul class="mistakes">
            {found.map(({ message, offset }) => (
              <li key={message}>
                {offset === undefined ? (
                  masked(message)
                ) : (
                  <button type="button" class="link" title="Go there" onClick={() => goTo(offset)}>
                    {masked(message)}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
