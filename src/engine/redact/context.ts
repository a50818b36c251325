import type { Codec } from './codecs/codec.ts';
import type { Held, Suspicion } from './suspicion.ts';

/** What is known of a text from where it stands. */
export interface Context {
  /** The header, cookie, parameter or member that holds it; null when none is known. */
  name: string | null;
  held: Held;
  suspicion: Suspicion;
  /** What a value without a telling name of its own counts as, because of what stands around it. */
  around: Suspicion;
  /** A number of JSON: what takes its place must be one. */
  isNumber: boolean;
  /** The name of a member or cookie rather than a value. */
  isName: boolean;
  /** Each character stands for a byte. */
  bytes: boolean;
  /** Asks whether the text around is the source of a program. */
  isProgram: () => boolean;
  /** Layers of structure and encoding around it. */
  depth: number;
  /** Places of one kind share it: `log.entries.request.headers.value`. */
  shape: string;
}

export const plainContext: Context = {
  name: null,
  held: 'text',
  suspicion: null,
  around: null,
  isNumber: false,
  isName: false,
  bytes: false,
  isProgram: () => false,
  depth: 0,
  shape: '',
};

/** A stretch of a text, how it is written, and what is known of it. */
export interface Slot extends Partial<Pick<Context, 'name' | 'held' | 'suspicion' | 'around' | 'isNumber' | 'isName'>> {
  start: number;
  end: number;
  codec?: Codec;
  /** Added to the shape of the text around. */
  at?: string;
  /** Worth a look only when the codec undoes something. */
  isEncoded?: boolean;
  /** Said to be a text, so bytes that are none could not be read. */
  isText?: boolean;
}

/** A way in which values stand in a text with their names. One file each. */
export interface Structure {
  id: string;
  /** One of these stands in every text that it says something about; empty when nothing is sure to. */
  signs: readonly string[];
  /** Stretches in order, none inside another, one after the other as they are asked for. Linear; never throws. */
  slots(text: string, context: Context): Iterable<Slot>;
}
