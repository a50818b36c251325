import type { Answer as Word } from '../../words/privilege-words.ts';

const signs: Record<Word, string> = { yes: '✓', no: '✕', depends: '◐', 'not stated': '–' };

/** A sign and its word; the word may be left to screen readers where room is short. */
export function Answer({ answer, word = true }: { answer: Word; word?: boolean }) {
  return (
    <span class={`answer ${answer.replace(' ', '-')}`}>
      <span aria-hidden="true" class="sign">
        {signs[answer]}
      </span>{' '}
      <span class={word ? undefined : 'unseen'}>{answer}</span>
    </span>
  );
}
