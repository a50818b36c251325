/** Turns that programs are full of and neither recordings nor settings nor sentences. */
const programs =
  /\b(?:const|let|var)\s{1,4}[\w${[]|\bfunction\b\s{0,4}[\w$]{0,60}\s{0,4}\(|[\w)]\s?=>|(?<![=!])[!=]==(?!=)|[\w$]\(\)|\breturn\b[^\n]{0,80};|\b(?:import|export)\s{1,4}(?:[{*"']|default\b|const\b|declare\b|interface\b|type\b|class\b|function\b|\w{1,60}\s{1,4}from\b)|\b(?:class|interface|struct|enum)\s{1,4}\w{1,80}[^\n]{0,120}\{|\bdef\s{1,4}\w{1,60}\(|\b(?:elif|typeof|instanceof)\b|\b(?:func|fn)\s{1,4}\w{1,60}\(|^[^\S\r\n]{0,40}(?:\/\*\*|\* @\w)|\bthis\.\w/gm;

/** Asks once whether a text is, or holds, the source of a program, where names are given names and not values. */
export function programText(text: string): () => boolean {
  let answer: boolean | null = null;
  return () => {
    answer ??= isProgramText(text);
    return answer;
  };
}

function isProgramText(text: string): boolean {
  programs.lastIndex = 0;
  let signs = 0;
  while (signs < 4 && programs.test(text)) signs += 1;
  return signs >= 4;
}

/** An expression of a program rather than a value: a name that is called, looked into, passed on, or put together. */
export function isExpression(value: string): boolean {
  return /^\s*(?:[+!(){}[\]|&?:]|(?:new|await|typeof|function|async|null|true|false|this)\b|[A-Za-z_$][\w$]{0,60}(?:\??\.[A-Za-z_$][\w$]{0,60}|\[[\w$"']{1,60}\]){0,12}\s{0,4}(?:[()[\]{},;+?|&:!<]|$))/.test(
    value.slice(0, 400),
  );
}
