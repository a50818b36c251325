import type { Collected, LateCall } from './ask-frame.ts';

/** Looks at which one answer is asked for before it is given up. */
const maxAsked = 60;
/** Looks without it for each look that it took: what takes long is not at work all the time. */
const restFactor = 4;
/** What takes fewer looks than this is asked again sooner when a document is new. */
const quick = 5;
/** Answers that one document loses in a row before it counts as hindered. One is lost whenever a document is left, too. */
const maxLost = 3;

/** One probe that takes its time: started at one look, asked for at the next ones, started again when it has answered. */
export class LateAnswer {
  #slot: string | null = null;
  #asked = 0;
  #lost = 0;
  /** Whether one was lost, and is to be had again at once. */
  #isOwed = false;
  /** Where it was started, and the last document that answered. */
  #document = '';
  #answered = '';
  /** Looks until it may be started again. */
  #rest = 0;

  /**
   * What to call at this look; null for nothing. `start` makes the call that starts the probe under a name.
   *
   * @param document that is looked at
   * @param isUrgent starts it although it has not rested
   */
  call(document: string, isDue: boolean, isUrgent: boolean, start: (slot: string) => LateCall): LateCall | null {
    if (this.#slot !== null) return { kind: 'collect', slot: this.#slot };
    this.#rest = Math.max(0, this.#rest - 1);
    if (!isUrgent && !this.#isOwed && (!isDue || this.#rest > 0)) return null;
    this.#slot = `_${crypto.randomUUID()}`;
    this.#asked = 0;
    this.#isOwed = false;
    this.#document = document;
    return start(this.#slot);
  }

  /**
   * Gives up what was started in a document that is not there any more: nobody answers. Returns the name it was started under.
   *
   * @param documents that are there
   */
  leave(documents: readonly string[]): string | null {
    const slot = documents.includes(this.#document) ? null : this.#slot;
    if (slot === null) return null;
    this.#isOwed = true;
    return this.#end(slot);
  }

  /** Takes in how far the probe is. Returns its answer, that it owes one for too long, or null: nothing to say yet. */
  take(document: string, collected: Collected): { text: string } | 'overdue' | null {
    if (collected.kind === 'at-work') {
      this.#asked += 1;
      return this.#asked < maxAsked ? null : this.#end('overdue');
    }
    if (collected.kind === 'lost') {
      this.#lost = document === this.#document ? this.#lost + 1 : 0;
      this.#isOwed = this.#lost < maxLost;
      return this.#end(this.#isOwed ? null : 'overdue');
    }
    this.#lost = 0;
    // While a document is loaded it fills what it stores, so its first answer is soon out of date.
    const isEarly = this.#document !== this.#answered && this.#asked < quick;
    this.#rest = this.#asked * (isEarly ? 1 : restFactor);
    this.#answered = this.#document;
    return this.#end({ text: collected.text });
  }

  /** Lets it be started at the next look that is due: there may be something else to read. */
  wake(): void {
    this.#rest = 0;
  }

  /** Forgets a start that came to nothing, or to a frame that is not meant. */
  cancel(): void {
    this.#slot = null;
  }

  #end<T>(result: T): T {
    this.#slot = null;
    return result;
  }
}
