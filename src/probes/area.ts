import { limits } from '../engine/limits.ts';
import type { Problem, StoreEntry } from '../engine/model/capture.ts';
import { isCandidate } from './candidate.ts';
import type { FoundFrames, ProbedStore } from './parse-store.ts';
import type { KnownStamps } from './probe.ts';

/** Entries looked at in one place; browsers hold about five million characters in one. */
export const maxEntries = 100_000;

/** Told of one place at most. */
const mostProblems = 20;

interface Kept {
  stamp: number;
  /** Null when it cannot hold a token, or was left out. */
  text: string | null;
  isCut: boolean;
}

/** A name of so many characters may hold a token itself. */
const longName = 40;

/** What one probe found, remembered so that the page hands over only what changed. */
export class Area {
  /** The probe's own word for its contents, to be handed back to it. */
  stamp = '';
  isTampered = false;
  /** Frame elements of the last answer, and how many answers there were. */
  frames: readonly FoundFrames[] = [];
  answers = 0;
  #entries = new Map<string, Kept>();
  #missed = 0;
  /** How many databases or caches were not opened the last time; what they held when they were is kept. */
  #unopened = 0;
  #failure: 'refused' | 'unanswered' | 'unreached' | null = null;
  #revision = 0;

  /** Stands for the contents: equal versions, equal contents. */
  get version(): string {
    if (this.#failure === 'refused') return 'refused';
    return `${this.#failure ?? ''}${this.#unopened} ${this.#missed}${this.isTampered ? ' tampered' : ''} revision ${this.#revision}`;
  }

  learn(answer: ProbedStore): void {
    this.answers += 1;
    if (answer.kind === 'read' && answer.unopened) this.#unopened = answer.unopened;
    else if (answer.kind === 'read') this.#replace(answer);
    else if (answer.kind === 'refused') this.#refuse();
    else this.#failure = null;
  }

  /** The probe owes an answer; what it found before is kept. */
  giveUp(failure: 'unanswered' | 'unreached' = 'unanswered'): void {
    this.#failure = failure;
  }

  /** What the probe need not hand over again. */
  knownStamps(): KnownStamps {
    const known: KnownStamps = {};
    for (const [key, { stamp, isCut }] of this.#entries) if (!isCut) known[`$${key}`] = stamp;
    return known;
  }

  /** Whether it holds nothing, and nothing is to be said of it. */
  get isBlank(): boolean {
    return (
      this.#failure === null &&
      !this.isTampered &&
      this.#missed === 0 &&
      this.#unopened === 0 &&
      this.#entries.size === 0
    );
  }

  /** Whether more may lie here than the entries tell. */
  get isPartial(): boolean {
    return (
      this.#failure === 'refused' ||
      this.#failure === 'unreached' ||
      this.#missed > 0 ||
      this.#unopened > 0 ||
      [...this.#entries.values()].some(({ isCut }) => isCut)
    );
  }

  entries(): StoreEntry[] {
    const distinct = createDistinct();
    return [...this.#entries].flatMap(([key, { text }]) => {
      const told = distinct(wellFormed(key));
      return text === null ? [] : [{ key: told, text }];
    });
  }

  /**
   * @param subject the place in words: `localStorage of https://call.example`
   * @param isGranted whether access to its site is granted, so that it need not be advised
   */
  problems(subject: string, isGranted = false): Problem[] {
    const problems: Problem[] = [];
    if (this.#failure) problems.push({ ...failures[this.#failure], subject });
    if (this.isTampered) problems.push({ ...(isGranted ? tamperedState : tampered), subject });
    if (this.#missed > 0)
      problems.push({
        code: 'entries-skipped',
        message: `Not all of it was read: ${this.#missed.toLocaleString('en')} more, or further ones, were left out.`,
        subject,
      });
    if (this.#unopened > 0) problems.push({ ...(this.#entries.size > 0 ? openedOnce : unopened), subject });
    for (const [key, { isCut }] of this.#entries)
      if (isCut) problems.push({ ...tooLong, subject: `${wellFormed(key)} in ${subject}` });
    if (problems.length <= mostProblems) return problems;
    const more = problems.length - mostProblems + 1;
    return [
      ...problems.slice(0, mostProblems - 1),
      {
        code: 'values-too-long',
        message: `${more.toLocaleString('en')} more values were left out: more than ${limits.valueCharacters >> 20} million characters are stored here.`,
        subject,
      },
    ];
  }

  #replace(answer: ProbedStore & { kind: 'read' }): void {
    this.#failure = null;
    this.#unopened = 0;
    const before = this.#entries;
    const distinct = createDistinct();
    this.#entries = new Map(
      answer.entries.map(({ key: told, text, stamp, isCut }) => {
        const key = distinct(told);
        const held = text === null ? before.get(key) : undefined;
        const mayHold = text !== null && (isCandidate(text) || (key.length >= longName && isCandidate(key)));
        const kept = text === null ? (held?.text ?? null) : mayHold ? text : null;
        return [key, { stamp, text: kept, isCut }];
      }),
    );
    if (!isSame(before, this.#entries)) this.#revision += 1;
    this.stamp = answer.stamp;
    this.#missed = answer.missed;
    this.frames = answer.frames ?? [];
    this.isTampered = answer.isTampered;
  }

  #refuse(): void {
    this.stamp = '';
    this.#revision += 1;
    this.#entries = new Map();
    this.#missed = 0;
    this.frames = [];
    this.#unopened = 0;
    this.isTampered = false;
    this.#failure = 'refused';
  }
}

/** As the browser hands it to its own extensions, in UTF-8: half a pair of surrogates is U+FFFD (WHATWG Infra, scalar value string). */
function wellFormed(key: string): string {
  return key.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/**
 * Tells keys apart that read alike, by a number from the second on. Browsers hand keys to extensions in UTF-8, where all halves of pairs of
 * surrogates are one sign, and what lies under each is kept.
 */
function createDistinct(): (key: string) => string {
  const times = new Map<string, number>();
  const taken = new Set<string>();
  return (key) => {
    let time = times.get(key) ?? 0;
    let told: string;
    do {
      time += 1;
      told = time > 1 ? `${key} (${time})` : key;
    } while (taken.has(told));
    times.set(key, time);
    taken.add(told);
    return told;
  };
}

function isSame(before: ReadonlyMap<string, Kept>, after: ReadonlyMap<string, Kept>): boolean {
  return (
    before.size === after.size &&
    [...after].every(([key, { text, isCut }]) => {
      const other = before.get(key);
      return other?.text === text && other.isCut === isCut;
    })
  );
}

const failures = {
  refused: {
    code: 'storage-refused',
    message: 'The browser does not let this page use its storage, so there is nothing to read there.',
  },
  unreached: {
    code: 'state-unread',
    message:
      'This was not read: the browser does not let its tools into this document, which may be sandboxed, and to read it beside the page’s script would change what that reads.',
  },
  unanswered: {
    code: 'storage-not-answering',
    message: 'Reading this storage takes too long or is hindered by the page; what it held was last read before that.',
  },
};

const unopened = {
  code: 'storage-unopened',
  message:
    'This was not read, because the page could notice that it is opened. Allow access to the site to read it out of the page’s reach, or press Rescan to read it once.',
};

const openedOnce = {
  code: 'storage-unopened',
  message:
    'This was read when Rescan was pressed, and not since, because the page could notice that it is opened. Allow access to the site to read it all the time.',
};

const tampered = {
  code: 'storage-tampered',
  message:
    'The page has replaced functions of the browser, so what it shows may be incomplete. Allow access to the site to read it out of the page’s reach.',
};

/** Read through the page's own script even where access is granted (history-state.ts). */
const tamperedState = {
  code: 'storage-tampered',
  message:
    'The page has replaced functions of the browser by which this is read, so it may be incomplete or invented. Access to the site is granted, and there is no other way to read this.',
};

const tooLong = {
  code: 'value-too-long',
  message: `This value was left out: more than ${limits.valueCharacters >> 20} million characters are stored here.`,
};
