/** Every budget of the engine, in one place. A hit budget is never silent: it becomes a problem in the report. */
export const limits = {
  /** Encodings peeled from one value, outside-in. */
  layers: 4,
  /** Characters decoded from one value in total, all layers together: lines joined, base64 undone and escapes in it are three; again for every further MiB of the value. */
  decodedCharacters: 4 << 20,
  /** Encoded runs tried in one value; again for every further MiB of the value. */
  candidates: 200,
  /** Tokens listed from one value. */
  hits: 250_000,
  /** Characters kept of one stored value; longer ones are cut and reported. */
  valueCharacters: 32 << 20,
  /** Bytes one compressed run may grow to. */
  inflatedBytes: 1 << 20,
  /** Characters of one part of a token, and values in it, that are read as JSON; a part beyond that is not read. */
  partCharacters: 16 << 20,
  partValues: 250_000,
  /** Levels of claims kept; what lies deeper is left out. Far more than any token has, and far from a stack overflow. */
  nesting: 200,
  /** Disclosures read of one SD-JWT. */
  disclosures: 1000,
  /** Characters of a JOSE header. */
  headerCharacters: 1 << 16,
} as const;
