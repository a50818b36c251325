import type { Capture, Snippet, SourceId } from '../../model/capture.ts';

/** One place to look. Turns what was captured there into texts to search, in the order a user would read them. */
export interface Source {
  id: SourceId;
  /** Plain name for headings: "Local storage". */
  name: string;
  /** Pure; never throws on hostile input. */
  snippets(capture: Capture): Snippet[];
}
