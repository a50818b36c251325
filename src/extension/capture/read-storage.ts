import { limits } from '../../engine/limits.ts';
import type { Problem, Store } from '../../engine/model/capture.ts';
import { Area, maxEntries } from '../../probes/area.ts';
import { type DocumentFacts, documentCookies, documentFacts, noFacts, parseFacts } from '../../probes/document.ts';
import { type FoundFrames, parseStore } from '../../probes/parse-store.ts';
import type { KnownStamps, LateProbe, LateRun, Probe, QuickProbe } from '../../probes/probe.ts';
import type { Browser, Evaluation, Failure } from '../browsers/browser.ts';
import {
  type Answers,
  type Call,
  type Doctored,
  emptyFrame,
  FrameAsker,
  type LateCall,
  parseCollected,
  place,
  type Target,
} from './ask-frame.ts';
import type { StorageGroup } from './frames.ts';
import { nameOf } from './known-frames.ts';
import { LateAnswer } from './late-answer.ts';
import { isShared, partitionRead, WaysIn } from './ways-in.ts';

const maxWindows = 2000;
/** Frames of one origin tried before it counts as unreadable: sandboxed ones fail where their siblings answer. */
const maxAttempts = 4;

export type StorageReading =
  | {
      ok: true;
      stores: Store[];
      problems: Problem[];
      facts: DocumentFacts;
      /** Frame elements that were met in its documents, as the last of so many answers told. */
      found: { frames: readonly FoundFrames[]; answers: number };
      /** Id of the frame through which it was read beside the page's own script; null where it was by that. */
      beside: number | null;
      /** Ids of frames that share the address of these but not what they store: sandboxed ones. */
      opaque: ReadonlySet<number>;
      /** Stands for everything read: equal stamps, equal contents. */
      stamp: string;
      /** Reading again soon would disturb the page. */
      isTampered: boolean;
    }
  | Failure;

interface LateProbing {
  probe: LateProbe;
  answer: LateAnswer;
  call: LateCall;
}

/** Reads the places inside the pages of one storage key, and remembers them so that the page hands over only what changed. */
export class StorageReader {
  #areas = new Map<Probe, Area>();
  #facts: DocumentFacts = noFacts;
  /** Probes that may open what the page could notice, once: the user has pressed for it. */
  #pressed = new Set<Probe>();
  /** Those of them that have been started so. */
  #opening = new Set<Probe>();
  /** Probes that hand over everything when they are asked again. What they found counts until then. */
  #afresh = new Set<Probe>();
  /** When devtools were opened, in seconds since the epoch; 0 until that is known. */
  #openedAt = 0;
  /** What the page was found to do to the functions by which it is read, and in which document. */
  #doctored: Doctored = 'clean';
  #doctoredIn = '';
  /** Refuses storage even to a window that the page had no hand in, and so in earnest. */
  #isRefused = false;
  readonly #ways = new WaysIn();
  readonly #late: ReadonlyMap<LateProbe, LateAnswer>;
  readonly #quick: readonly QuickProbe[];
  readonly #probes: readonly Probe[];
  readonly #asker: FrameAsker;

  constructor(browser: Browser, probes: readonly Probe[]) {
    this.#asker = new FrameAsker(browser);
    void browser.openedAt().then((at) => {
      this.#openedAt = at;
    });
    this.#probes = probes;
    this.#quick = probes.filter((probe) => probe.answers === 'at-once');
    this.#late = new Map(
      probes.flatMap((probe): [LateProbe, LateAnswer][] =>
        probe.answers === 'later' ? [[probe, new LateAnswer()]] : [],
      ),
    );
  }

  /** Makes the next reading copy everything afresh, as the user has pressed for, also what the page could notice. */
  forget(): void {
    for (const probe of this.#areas.keys()) {
      this.#afresh.add(probe);
      this.#pressed.add(probe);
    }
  }

  /** Another document may have come: what rests is asked again. */
  wake(): void {
    for (const answer of this.#late.values()) answer.wake();
  }

  /** `thorough` looks at titles, scripts and windows too, and starts what takes time. */
  async read(group: StorageGroup, hasAccess: boolean, thorough: boolean): Promise<StorageReading> {
    this.leave(group.frames.map(({ documentId }) => documentId));
    let failure: Evaluation | null = null;
    for (const target of this.#ways.list(group, hasAccess).slice(0, maxAttempts)) {
      const reading = await this.#readFrame(group, target, thorough);
      if (reading.ok) return reading;
      // A refusal says more than a frame that was not found under one of its names.
      if (!failure || (!failure.ok && failure.code === 'not-found')) failure = reading;
      if (reading.code === 'no-answer') break;
    }
    return failure && !failure.ok ? failure : { ok: false, code: 'not-found', message: 'The frame has gone.' };
  }

  async #readFrame(group: StorageGroup, target: Target, thorough: boolean): Promise<StorageReading> {
    const late = await this.#lateCalls(target, thorough);
    const asked = this.#quick.filter((probe) => this.#isAsked(probe, thorough));
    const byPage = target.kind === 'isolated' ? asked.filter(({ isReadByPage }) => isReadByPage) : [];
    const quick = asked.filter((probe) => !byPage.includes(probe));
    const calls: Call[] = [
      {
        kind: 'run',
        id: 'document-facts',
        run: documentFacts,
        args: [thorough ? maxWindows : 0, this.#openedAt * 1000, place, emptyFrame],
        isOfDocument: true,
      },
      { kind: 'run', id: 'document-cookies', run: documentCookies, args: [] },
      ...quick.map((probe) => this.#quickCall(probe)),
    ];
    const first = await this.#ask(target, [...calls, ...late.map(({ call }) => call)], calls.length);
    if (!first.ok) return this.#cancel(late, first);
    const [facts, cookies, ...answers] = first.value;
    const told = parseFacts(facts, this.#facts);
    const read = target.kind === 'isolated' ? told : { ...told, cookies: textAfter('c', cookies) };
    if (this.#ways.isWrong(group, target, read))
      return this.#cancel(late, { ok: false, code: 'refused', message: 'The frame is sandboxed.' });
    const failure = await this.#readChanged(target, this.#learnQuick(quick, answers));
    if (failure) return failure;
    late.forEach(({ probe, answer, call }, i) => {
      const taken = answer.take(target.frame.documentId, parseCollected(answers[quick.length + i]));
      if (taken === 'overdue') this.#giveUp(probe, call.slot);
      else if (taken) this.#areaOf(probe).learn(parseStore(taken.text));
      if (taken && this.#opening.delete(probe)) this.#pressed.delete(probe);
    });
    if (byPage.length > 0) await this.#readByPage(group, byPage);
    this.#facts = read;
    return this.#reading(group, target);
  }

  /**
   * Asks, and where an answer shows that the page lies, asks once more, trusting no function of its own. A document that lied once is
   * trusted no more.
   *
   * @param repeatable so many of the calls, from the first, can be made again
   */
  async #ask(target: Target, calls: readonly Call[], repeatable = calls.length): Promise<Answers> {
    const name = nameOf(target.frame);
    if (this.#doctoredIn !== name) [this.#doctored, this.#isRefused] = ['clean', false];
    this.#doctoredIn = name;
    const first = await this.#asker.ask(target, calls, this.#doctored !== 'clean');
    if (!first.ok || target.kind === 'isolated') return first;
    if (first.doctored !== 'clean') this.#doctored = first.doctored;
    const own = first.value.slice(0, repeatable);
    const isRefusal = !this.#isRefused && own.includes('x');
    if (first.doctored !== 'clean' || !(isRefusal || own.some(isOdd))) return first;
    const second = await this.#asker.ask(target, calls.slice(0, repeatable), true);
    if (!second.ok) return second;
    // A page can refuse in the browser's place; an empty frame then lets itself be read.
    this.#isRefused = isRefusal && own.every((answer, i) => (answer === 'x') === (second.value[i] === 'x'));
    if (this.#isRefused) return first;
    this.#doctored = second.doctored;
    return { ...second, value: [...second.value, ...first.value.slice(repeatable)] };
  }

  /** Reads what only the page's own script can read without harm. A frame that it does not reach, as sandboxed ones, is left out, and said. */
  async #readByPage(group: StorageGroup, probes: readonly QuickProbe[]): Promise<void> {
    const way = this.#ways.list(group, false).find((one) => !this.#ways.isOpaque(one));
    const calls = probes.map((probe): Call => {
      const area = this.#afresh.delete(probe) ? undefined : this.#areas.get(probe);
      return {
        kind: 'run',
        id: probe.id,
        run: probe.run,
        args: argumentsOf(probe, area?.stamp ?? '', area?.knownStamps() ?? {}),
      };
    });
    // Where an answer shows that the page lies, that is said. An empty frame, by which it might be seen through, would show in the page.
    const answers = way?.kind === 'page-script' ? await this.#asker.askPlainly(way, calls) : null;
    probes.forEach((probe, i) => {
      if (answers?.ok) this.#areaOf(probe).learn(parseStore(answers.value[i]));
      else this.#areaOf(probe).giveUp('unreached');
    });
  }

  #isAsked(probe: QuickProbe, thorough: boolean): boolean {
    return thorough || probe.asked !== 'at-thorough-looks' || !this.#areas.has(probe) || this.#afresh.has(probe);
  }

  /** Asks for everything where nothing is known, and else only whether anything changed. */
  #quickCall(probe: QuickProbe): Call {
    const area = this.#afresh.has(probe) ? undefined : this.#areas.get(probe);
    return {
      kind: 'run',
      id: probe.id,
      run: probe.run,
      args: argumentsOf(probe, area?.stamp ?? '', area ? null : {}),
    };
  }

  /** Takes in what is new, and returns the probes whose place has changed. */
  #learnQuick(quick: readonly QuickProbe[], answers: readonly unknown[]): QuickProbe[] {
    return quick.filter((probe, i) => {
      const answer = parseStore(answers[i]);
      const isWhole = this.#afresh.delete(probe) || !this.#areas.has(probe);
      if (answer.kind === 'read' && !isWhole) return true;
      this.#areaOf(probe).learn(answer);
      return false;
    });
  }

  /** Has the changes of some places handed over. */
  async #readChanged(target: Target, changed: readonly QuickProbe[]): Promise<(Evaluation & { ok: false }) | null> {
    if (changed.length === 0) return null;
    const answers = await this.#ask(
      target,
      changed.map((probe) => ({
        kind: 'run',
        id: probe.id,
        run: probe.run,
        args: argumentsOf(probe, '', this.#areaOf(probe).knownStamps()),
      })),
    );
    if (!answers.ok) return answers;
    changed.forEach((probe, i) => {
      this.#areaOf(probe).learn(parseStore(answers.value[i]));
    });
    return null;
  }

  /** What was started in a document that has gone is no answer for the one that is there. */
  leave(documents: readonly string[]): void {
    for (const answer of this.#late.values()) {
      const slot = answer.leave(documents);
      if (slot !== null) this.#asker.drop(slot);
    }
  }

  async #lateCalls(target: Target, thorough: boolean): Promise<LateProbing[]> {
    const calls = [...this.#late].map(async ([probe, answer]): Promise<LateProbing[]> => {
      const run = await probe.load().catch(() => null);
      if (!run) return [];
      const call = answer.call(target.frame.documentId, thorough, this.#afresh.has(probe), (slot) =>
        this.#startCall(target, probe, run, slot),
      );
      return call ? [{ probe, answer, call }] : [];
    });
    return (await Promise.all(calls)).flat();
  }

  /** What was started in a frame that then failed is no answer for the others. */
  #cancel<T>(late: readonly LateProbing[], failure: T): T {
    for (const { answer, call } of late) {
      if (call.kind === 'collect') continue;
      this.#asker.drop(call.slot);
      answer.cancel();
    }
    return failure;
  }

  #startCall(target: Target, probe: LateProbe, run: LateRun, slot: string): LateCall {
    const area = this.#afresh.delete(probe) ? undefined : this.#areas.get(probe);
    if (this.#pressed.has(probe)) this.#opening.add(probe);
    const mayOpen = this.#pressed.has(probe) || target.kind === 'isolated';
    const args = argumentsOf(probe, area?.stamp ?? '', area?.knownStamps() ?? {}, mayOpen);
    return { kind: 'start', id: probe.id, run, args, slot };
  }

  #giveUp(probe: LateProbe, slot: string): void {
    this.#asker.drop(slot);
    this.#areaOf(probe).giveUp();
  }

  #areaOf(probe: Probe): Area {
    const area = this.#areas.get(probe) ?? new Area();
    this.#areas.set(probe, area);
    return area;
  }

  #reading(group: StorageGroup, target: Target): StorageReading {
    const read = this.#probes.flatMap((probe) => {
      const area = this.#areas.get(probe);
      // An answer that comes late and has nothing to tell is no news.
      return area && !(probe.answers === 'later' && area.isBlank) ? [{ probe, area }] : [];
    });
    const facts = this.#facts;
    const key = this.#ways.isOpaque(target)
      ? { origin: 'null', partition: null }
      : { origin: group.origin, partition: partitionRead(group, target, facts) };
    // What a sandboxed one is refused is nothing of the origin's.
    const owner = this.#ways.isOpaque(target) ? target.frame.url : group.origin;
    const stamps = read.map(({ probe, area }) => `${probe.id} ${area.version}`);
    return {
      ok: true,
      stores: read.map(({ probe, area }) => ({
        source: probe.id,
        ...key,
        url: target.frame.url,
        entries: area.entries(),
        ...(area.isPartial && { isPartial: true }),
        readBy: isByPage(target, probe) ? 'page-script' : 'isolated-world',
        ...(isByPage(target, probe) &&
          ((target.kind === 'page-script' && this.#doctored !== 'clean') || area.isTampered) && {
            isDoubted: true as const,
          }),
      })),
      problems: [
        ...(target.kind === 'page-script' && isShared(group, target)
          ? [{ ...ambiguous, subject: target.frame.url }]
          : []),
        ...(this.#doctored === 'clean'
          ? []
          : [
              {
                ...doctored[target.kind === 'isolated' ? 'granted' : this.#doctored],
                subject: `functions of ${group.origin}`,
              },
            ]),
        ...read.flatMap(({ probe, area }) => area.problems(`${probe.name} of ${owner}`, target.kind === 'isolated')),
      ],
      facts,
      beside: target.kind === 'isolated' ? target.frame.id : null,
      found: foundIn(read.map(({ area }) => area)),
      opaque: this.#ways.opaqueIn(group),
      stamp: JSON.stringify([
        stamps,
        key,
        target.kind,
        this.#doctored,
        facts.cookies,
        facts.title ?? '',
        String(facts.scriptOrigins),
      ]),
      // One that answers late is asked seldom anyway.
      isTampered:
        this.#doctored !== 'clean' || read.some(({ probe, area }) => probe.answers === 'at-once' && area.isTampered),
    };
  }
}

function foundIn(areas: readonly Area[]): (StorageReading & { ok: true })['found'] {
  const told = areas.filter(({ frames }) => frames.length > 0);
  return { frames: told.flatMap(({ frames }) => frames), answers: told.reduce((sum, one) => sum + one.answers, 0) };
}

function isByPage({ kind }: Target, probe: Probe): boolean {
  return kind === 'page-script' || (probe.answers === 'at-once' && probe.isReadByPage === true);
}

function argumentsOf({ name }: Probe, stamp: string, known: KnownStamps | null, mayOpen = false): unknown[] {
  return [name, stamp, known, limits.valueCharacters, maxEntries, place, mayOpen];
}

/** Whether a probe found that two ways of reading disagree. */
function isOdd(answer: unknown): boolean {
  return typeof answer === 'string' && /^[^\n]*\no 0 0 0\n/.test(answer);
}

/** What an answer of one line says after its letter; nothing where it is no such line. */
function textAfter(letter: string, answer: unknown): string {
  return typeof answer === 'string' && answer.startsWith(letter) ? answer.slice(letter.length) : '';
}

const ambiguous = {
  code: 'frame-ambiguous',
  message:
    'Several frames have this address and store apart from each other. Without access to the site one of them can be read, and which is not known. Allow access to the site to read each of them.',
};

const doctored = {
  'seen-through': {
    code: 'storage-tampered',
    message:
      'The page has replaced functions of the browser by which it is read. It was read by those of an empty frame, as far as can be told from inside the page. Allow access to the site to read it out of the page’s reach.',
  },
  granted: {
    code: 'storage-tampered',
    message:
      'The page has replaced functions of the browser by which it is read. All is read out of its reach but its history.state, which only the page’s own script can read: that may be incomplete or invented.',
  },
  doctored: {
    code: 'storage-tampered',
    message:
      'The page has replaced functions of the browser by which it is read, so what it shows may be incomplete or invented. Allow access to the site to read it out of the page’s reach.',
  },
};
