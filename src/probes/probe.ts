import type { SourceId } from '../engine/model/capture.ts';

/** Stamps of entries already held by the panel, by `$` + key. Equal stamps, equal texts. */
export type KnownStamps = Record<string, number>;

/**
 * What probes keep in a document from one look to the next, each under a name of its own, where the page's script cannot see it: the
 * texts that they found, so that the next look compares them whole.
 */
export interface Place {
  /** The variable that holds it, in a world of the extension's own; the page's own script is handed the place itself. */
  name?: string;
  /** Counts what was found new, for stamps. It begins anywhere, so that no two documents count alike. */
  serial: number;
  /** For stamps that are made of texts which are too long to be kept: no page knows it. */
  seed: number;
  [kept: string]: unknown;
}

/** Texts by key, and for each a stamp that is higher than all that were given out before it was found. */
export type KeptTexts = Record<string, { text: string; stamp: number }>;

/**
 * Reads one place inside the page. It is turned into text and runs there, so it imports nothing, refers to nothing outside
 * itself, and catches what a hostile page may throw. It answers texts by key, in the grammar of parse-store.ts; the plainest
 * answer is an empty line and then, for each text, `v 0 <key length> <text length>`, a line break, the key and the text.
 *
 * @param name the probe's own name: one function may read several places
 * @param stamp the stamp of the last answer, "" for none; an unchanged place may be answered with "="
 * @param known what the panel holds already, of which the text may be left out; null asks only whether anything changed
 * @param maxCharacters how much to answer at most; entries beyond it are named without their text
 * @param maxEntries how many entries to look at
 * @param place what it keeps from look to look
 * @param mayOpen whether it may do what the page's own script could notice: true out of its reach, or at a press of the user; only
 *   where it takes its time
 */
export type Run<Answer> = (
  name: string,
  stamp: string,
  known: KnownStamps | null,
  maxCharacters: number,
  maxEntries: number,
  place?: Place,
  mayOpen?: boolean,
) => Answer;

interface Described {
  /** The source that turns the texts into snippets. */
  id: SourceId;
  /** What developers call the place: `localStorage`. */
  name: string;
  /** Reads the documents of an origin, whatever these store; left out where it reads what the origin stores. */
  isOfDocuments?: true;
}

/** Answers while the page waits, so it must be quick. Asked at every look unless it says otherwise. */
export interface QuickProbe extends Described {
  answers: 'at-once';
  /** Asked only now and then, and whenever the page or its frames change: it looks at every frame. */
  asked?: 'at-thorough-looks';
  /** Read through the page's own script even where there is a way beside it, which would disturb what the page itself reads. */
  isReadByPage?: true;
  run: Run<string>;
}

/** Answers when it can, which no look waits for. Asked at thorough looks, once it has answered the time before. */
export interface LateProbe extends Described {
  answers: 'later';
  /** What runs in the page. It is not needed for the first look, so it need not be loaded before. */
  load: () => Promise<LateRun>;
}

export type LateRun = Run<Promise<string>>;

export type Probe = QuickProbe | LateProbe;
