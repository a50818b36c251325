import { useState } from 'preact/hooks';
import { masked } from '../../words/masked.ts';
import { cut } from '../../words/visible.ts';
import { CopyButton } from './CopyButton.tsx';

/** Shown at first, and at most: what is longer is for copying. */
const short = 400;
const long = 10_000;

/** A string from a page, masked and bounded. Copying it gives the masked text as well. */
export function LongText({ text, secrets, what }: { text: string; secrets?: readonly string[]; what: string }) {
  const [isOpen, setOpen] = useState(false);
  const safe = masked(text, secrets);
  const { text: head, rest } = cut(safe, isOpen ? long : short);
  const hidden = rest + Math.max(0, text.length - safe.length);
  return (
    <>
      <bdi>{head}</bdi>
      {rest > 0 ? (
        <span class="more">
          …{' '}
          {isOpen ? null : (
            <button type="button" class="link" onClick={() => setOpen(true)}>
              Show more
            </button>
          )}{' '}
          <span class="muted">{hidden.toLocaleString('en')} more characters</span>{' '}
          <CopyButton what={what} text={() => safe} iconOnly />
        </span>
      ) : null}
    </>
  );
}
