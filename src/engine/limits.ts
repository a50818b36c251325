/** Every budget of the engine, in one place. A hit budget is never silent: it becomes a problem in the report. */
export const limits = {
  /** Encodings peeled from one value, outside-in. */
  layers: 4,
  /** Characters decoded from one value in total, all layers together. */
  decodedCharacters: 1 << 20,
  /** Candidates decoded in one value. */
  candidates: 200,
  /** Characters kept of one stored value; longer ones are cut and reported. */
  valueCharacters: 32 << 20,
} as const;
