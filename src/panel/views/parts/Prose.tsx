import { masked } from '../../words/masked.ts';

/** A sentence in which backticks mark code, with its tokens masked. */
export function Prose({ text, secrets }: { text: string; secrets?: readonly string[] }) {
  return (
    <>
      {masked(text, secrets)
        .split('`')
        .map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part))}
    </>
  );
}
