import { batch, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Expectations as ExpectationFile } from '../../engine/expect/expectations.ts';
import type { Host, KeptExpectations } from '../host.ts';
import { masked } from '../words/masked.ts';
import { visible } from '../words/visible.ts';
import { missingIn } from './missing-in.ts';

export interface KeptExpectationOptions {
  host: Pick<Host, 'expectations'>;
  /** Origin of the page on screen; null where it has none, or files are shown. */
  origin: ReadonlySignal<string | null>;
  expected: Signal<ExpectationFile>;
  fileName: Signal<string>;
  isSaved: Signal<boolean>;
  /** The site for which the list is kept as it is now; null while it is not. */
  keptFor: Signal<string | null>;
  fail: (what: string, error: unknown) => void;
}

/** Longest text that is kept, in characters. */
const longest = 1 << 18;

/**
 * Keeps expectations by the site of the page on which they were made or opened, and has them back when it is looked at again. A
 * list goes along to the pages of other sites that it names, and to any where it could not be kept.
 */
export class KeptExpectationList {
  readonly #options: KeptExpectationOptions;
  /** The site that the list belongs to. */
  #home: string | null = null;
  /** What is kept for it, as it was written or read. */
  readonly #known = signal('');
  #work: Promise<void> = Promise.resolve();

  constructor(options: KeptExpectationOptions) {
    this.#options = options;
  }

  /** Begins to keep, until the returned function is called. */
  open(): () => void {
    const { host, origin, keptFor } = this.#options;
    const endings = [
      effect(() => {
        const site = origin.value;
        // Pages of no origin have nothing in common.
        if (site !== null && site !== 'null') this.#later(() => this.#goTo(site));
      }),
      effect(() => {
        this.#record();
        this.#later(() => this.#keep());
      }),
      effect(() => {
        const record = this.#record();
        keptFor.value = record !== null && written(record) === this.#known.value ? this.#home : null;
      }),
      host.expectations.onChange((site) => this.#later(() => this.#takeOver(site))),
    ];
    return () => {
      for (const end of endings) end();
    };
  }

  /** One after the other. */
  #later(does: () => Promise<void>): void {
    this.#work = this.#work.then(does).catch((error) => this.#options.fail('Expectations could not be kept', error));
  }

  /** The list as it is kept. */
  #record(): KeptExpectations | null {
    const { expected, fileName, isSaved } = this.#options;
    const record = { name: fileName.value, text: JSON.stringify(expected.value), isSaved: isSaved.value };
    const { expect, ...others } = expected.value;
    return expect.length === 0 && Object.keys(others).length === 0 ? null : record;
  }

  /** Null where nothing is kept for a site, or nothing that can be read, which is told. */
  async #read(site: string): Promise<Kept | null> {
    const { host, fail } = this.#options;
    try {
      const record = await host.expectations.load(site);
      return record && { record, file: (await import('../chunks/expecting.ts')).parseExpectations(record.text) };
    } catch (error) {
      fail(`Expectations kept for ${visible(site)} could not be read`, error);
      return null;
    }
  }

  #show(kept: Kept | null): void {
    const { expected, fileName, isSaved } = this.#options;
    batch(() => {
      expected.value = kept?.file ?? { expect: [] };
      fileName.value = kept?.record.name ?? 'expectations.json';
      isSaved.value = kept?.record.isSaved ?? true;
    });
    // As it is written from here: another version may have ordered it otherwise.
    this.#known.value = written(this.#record());
  }

  async #goTo(site: string): Promise<void> {
    if (site === this.#home) return;
    const before = this.#record();
    const isKept = written(before) === this.#known.peek();
    const kept = await this.#read(site);
    if (this.#options.origin.peek() !== site) return;
    if (this.#home === null) {
      this.#begin(site, kept);
      return;
    }
    // What was changed meanwhile is to be kept first.
    if (written(this.#record()) !== written(before)) {
      this.#later(() => this.#goTo(site));
      return;
    }
    if (!isKept || (!kept && before !== null && speaksOf(before.text, site))) return;
    this.#home = site;
    this.#show(kept);
  }

  /** Takes what is kept for the first site, beside what was made before it was read. */
  #begin(site: string, kept: Kept | null): void {
    const { expected } = this.#options;
    this.#home = site;
    const made = expected.peek();
    if (this.#record() === null) {
      this.#show(kept);
      return;
    }
    this.#known.value = written(kept?.record ?? null);
    if (!kept) return;
    const pages = { ...kept.file.pages, ...made.pages };
    expected.value = {
      ...kept.file,
      ...made,
      ...(Object.keys(pages).length > 0 && { pages }),
      expect: [...kept.file.expect, ...missingIn(kept.file.expect, made.expect)],
    };
  }

  /** Another panel of the site has changed what is kept for it. */
  async #takeOver(site: string): Promise<void> {
    const isOwn = () => site === this.#home && written(this.#record()) === this.#known.peek();
    if (!isOwn()) return;
    const kept = await this.#read(site);
    if (isOwn() && written(kept?.record ?? null) !== this.#known.peek()) this.#show(kept);
  }

  async #keep(): Promise<void> {
    const { expectations } = this.#options.host;
    const site = this.#home;
    const record = this.#record();
    const text = written(record);
    if (site === null || text === this.#known.peek() || !mayBeKept(record)) return;
    await expectations.save(site, record);
    const stored = written(await expectations.load(site));
    // From private windows nothing is.
    if (site === this.#home && stored === text) this.#known.value = text;
  }
}

interface Kept {
  record: KeptExpectations;
  file: ExpectationFile;
}

function written(kept: KeptExpectations | null): string {
  return kept === null ? '' : JSON.stringify([kept.name, kept.text, kept.isSaved]);
}

/** Nothing that holds a token is, and nothing huge. */
function mayBeKept(record: KeptExpectations | null): boolean {
  if (record === null) return true;
  const { name, text } = record;
  return text.length <= longest && [...parts(name), ...parts(text)].every(holdsNoToken);
}

/** Nor does any piece of an address: a slash may be a letter of what a token is encoded in. */
function holdsNoToken(text: string): boolean {
  return [text, ...text.split(/[/?#&=*"\\]+/)].every((piece) => masked(piece) === visible(piece));
}

/** Short enough for all of each to be searched, with what lies across two of them in both. */
function parts(text: string): string[] {
  const step = 10_000;
  return Array.from({ length: Math.ceil(text.length / step) }, (_, at) => text.slice(at * step, at * step + 2 * step));
}

/** Whether expectations name the site, or pages of any. */
function speaksOf(text: string, site: string): boolean {
  return text.includes(`"${site}"`) || text.includes(`"${site}/`) || text.includes('"*');
}
