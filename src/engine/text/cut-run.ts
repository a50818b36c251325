/**
 * A text that is cut off, without most of the run at its end: a run that is cut may be part of a token, which no mask would know again.
 */
export function withoutCutRun(text: string): string {
  return text.replace(cutRun, '$1');
}

const cutRun = /([\w+-]{10})[\w+-]{22}[\w+-]*$/;
