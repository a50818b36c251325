import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface Props {
  /** Class of the button. */
  class: string;
  /** Class of the field that holds what was chosen. */
  field: string;
  /** The name of a button without words. */
  label?: string;
  title?: string;
  /** Kinds of files, as the attribute of the field; any where it is left out. */
  accept?: string;
  multiple?: boolean;
  pick: (files: File[]) => void;
  children: ComponentChildren;
}

/** A button that has the user choose files. */
export function PickFile({ class: look, field, label, title, accept, multiple = false, pick, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={look} aria-label={label} title={title} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        class={field}
        type="file"
        accept={accept}
        multiple={multiple}
        hidden
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // So that the same file can be chosen again.
          event.currentTarget.value = '';
          if (files.length > 0) pick(files);
        }}
      />
    </>
  );
}

/** The kind of files that the panel saves and opens again. */
export const jsonFiles = '.json,application/json';
