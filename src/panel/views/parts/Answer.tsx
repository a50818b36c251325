import type { Answer as Word } from '../../words/privilege-words.ts';

const signs: Record<Word, string> = { yes: '✓', no: '✕', depends: '◐', 'not stated': '–' };

/** A sign and its word. */
export function Answer({ answer }: { answer: Word }) {
  return (
    <span class={`answer ${answer.replace(' ', '-')}`}>
      <span aria-hidden="true" class="sign">
        {signs[answer]}
      </span>{' '}
      {answer}
    </span>
  );
}
