/** Words and signs that programs are full of and neither recordings nor settings. */
const programs =
  /\b(?:function|const|let|var|return|import|export|class|typeof|instanceof|def|elif)\b|=>|===|\(\)|!==/g;

/** Asks once whether a text is, or holds, the source of a program, where names are given names and not values. */
export function programText(text: string): () => boolean {
  let answer: boolean | null = null;
  return () => {
    answer ??= isProgramText(text);
    return answer;
  };
}

function isProgramText(text: string): boolean {
  if (text.length < 40) return false;
  programs.lastIndex = 0;
  let signs = 0;
  while (signs < 4 && programs.test(text)) signs += 1;
  return signs >= 4;
}

/** An expression of a program rather than a value: a name that is called, looked into, passed on, or put together. */
export function isExpression(value: string): boolean {
  return /^\s*(?:[+!(){}[\]|&?:]|(?:new|await|typeof|function|async|null|true|false|this)\b|[A-Za-z_$][\w$]{0,60}(?:\??\.[A-Za-z_$][\w$]{0,60}|\[[\w$"']{1,60}\]){0,12}\s{0,4}(?:[()[\]{},;+?|&:!]|$))/.test(
    value.slice(0, 400),
  );
}
