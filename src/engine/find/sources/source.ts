import type { Capture, Snippet, SourceId } from '../../model/capture.ts';
import type { LookedPlace } from '../../model/looked-at.ts';

/** One place to look. Turns what was captured there into texts to search, in the order a user would read them. */
export interface Source {
  id: SourceId;
  /** Plain name for headings: "Local storage". */
  name: string;
  /** Who is asked for it: every document of a page, the browser's list of cookies, or whoever records what is sent. Left out for what is told beside. */
  foundIn?: 'document' | 'jar' | 'traffic';
  /** There are several at a time, each the address of a document, which tells them apart. */
  isPerDocument?: true;
  /** It stands in the head of an answer, and is there before the rest. */
  isInHead?: true;
  /** What is found lies in a file as it was read, so offsets count in that file. */
  isWholeFile?: true;
  /** What lying there is on a token's way; kept at rest where left out. Requests tell by themselves. */
  step?: 'framed' | 'received' | 'sent' | 'none';
  /** What was looked at beside stores and the texts below: lists that may be empty. */
  looks?(capture: Capture): Pick<LookedPlace, 'origin' | 'url' | 'isPartial'>[];
  /** Pure; never throws on hostile input. */
  snippets(capture: Capture): Snippet[];
}
