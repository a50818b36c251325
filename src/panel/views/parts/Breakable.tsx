import { Fragment } from 'preact';

/** A name that may go on in the next line after a sign in it, rather than inside a word: `context.user.moderator`. */
export function Breakable({ text }: { text: string }) {
  const pieces = text.split(/(?<=[^\p{L}\p{N}\p{M}\s])(?=[\p{L}\p{N}])/u);
  return (
    <>
      {pieces.map((piece, index) => (
        <Fragment key={index}>
          {index > 0 ? <wbr /> : null}
          {piece}
        </Fragment>
      ))}
    </>
  );
}
