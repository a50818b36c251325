/** Members that say what a value beside them is called, in lower case. */
export const labels: ReadonlySet<string> = new Set(
  'name key header field param parameter n k headername property attribute parameterkey variablename selector label keyencoded'.split(
    ' ',
  ),
);

/** Members that hold what another one names, in lower case. */
export const contents: ReadonlySet<string> = new Set(
  'value val values v content text data headervalue string stringvalue raw rawvalue bytes base64value defaultvalue default example parametervalue variablevalue valueencoded __playwright_value_'.split(
    ' ',
  ),
);
