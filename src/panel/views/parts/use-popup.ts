import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Popup {
  isOpen: boolean;
  setOpen: (open: boolean) => void;
  /** Closes it and goes back to the button that opened it. */
  close: () => void;
  /** The element around button and popup. */
  frame: RefObject<HTMLSpanElement | null>;
  button: RefObject<HTMLButtonElement | null>;
  /** For the frame: Esc closes. */
  onKeyDown: (event: KeyboardEvent) => void;
}

/** A popup under a button: the focus goes into it, and Esc or a press elsewhere closes it. */
export function usePopup(): Popup {
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  // Before anything else can happen: the next key is for what has opened.
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    frame.current?.querySelector<HTMLElement>('.popup button')?.focus();
    const closeOutside = (event: Event) => {
      if (!frame.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !isOpen) return;
    event.stopPropagation();
    close();
  }

  return { isOpen, setOpen, close, frame, button, onKeyDown };
}
