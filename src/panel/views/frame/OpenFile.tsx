import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { useModel } from '../store-context.ts';

/** Chooses files to show in place of the page; files can also be dropped anywhere on the panel. */
export function OpenFile() {
  const recordings = useModel('recordings');
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    function allow(event: DragEvent): void {
      if (!isFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    }
    function drop(event: DragEvent): void {
      if (!isFiles(event) || event.defaultPrevented) return;
      // Without this the browser would leave the panel and show the file itself.
      event.preventDefault();
      void recordings.open([...(event.dataTransfer?.files ?? [])]);
    }
    document.addEventListener('dragover', allow);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', allow);
      document.removeEventListener('drop', drop);
    };
  }, [recordings]);

  return (
    <>
      <button
        type="button"
        class="tool"
        aria-label="Open files"
        title="Open files: HAR, storage state, heap snapshot, cookie jar, HTTP message, saved report or any text"
        onClick={() => field.current?.click()}
      >
        <Icon name="open" />
      </button>
      <input
        ref={field}
        class="open-files"
        type="file"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // So that the same file can be chosen again.
          event.currentTarget.value = '';
          void recordings.open(files);
        }}
      />
    </>
  );
}
