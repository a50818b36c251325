import { useModel } from '../store-context.ts';

/** The trace of scripts that handle tokens: what it is for, what it costs, what it misses, and how it goes. */
export function Trace() {
  const { isOn, isPossible, state, shortcomings, set } = useModel('trace');
  if (!isPossible) return null;
  const documents = state.value?.documents ?? 0;
  return (
    <fieldset>
      <legend>Trace</legend>
      <label>
        <input type="checkbox" checked={isOn.value} onChange={(event) => set(event.currentTarget.checked)} /> Trace
        which lines handle tokens
      </label>
      <p class="muted">
        Each traced call costs the page 0.15–0.4 ms; a function called more than 20 times a second is left alone. On
        until you switch it off or close the panel.
      </p>
      <p class="muted">
        Traced are setItem, document.cookie, fetch, XMLHttpRequest headers, WebSocket and window.postMessage. Not seen:
        writes such as localStorage.token = …, workers, calls before the trace was there after each load, and everything
        while “Deactivate breakpoints” is on in Sources.
      </p>
      {isOn.value ? (
        <p role="status">
          {documents === 0
            ? 'Nothing is traced yet.'
            : `Traced: ${documents} ${documents === 1 ? 'document' : 'documents'}.`}
        </p>
      ) : null}
      {isOn.value
        ? shortcomings.value.map((sentence) => (
            <p key={sentence} class="hint">
              {sentence}
            </p>
          ))
        : null}
    </fieldset>
  );
}
