import { useEffect } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { PickFile } from '../parts/PickFile.tsx';
import { useModel } from '../store-context.ts';

/** Chooses files to show in place of the page; files can also be dropped anywhere on the panel. */
export function OpenFile() {
  const recordings = useModel('recordings');

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
    <PickFile
      class="tool"
      field="open-files"
      label="Open files"
      title="Open files: HAR, storage state, heap snapshot, cookie jar, HTTP message, saved report or any text"
      multiple
      pick={(files) => void recordings.open(files)}
    >
      <Icon name="open" />
    </PickFile>
  );
}
