import { limits } from '../../engine/limits.ts';
import type { Problem, Store } from '../../engine/model.ts';
import type { Browser, BrowserFrame, Evaluation } from '../browsers/browser.ts';
import { isCandidate } from './candidate.ts';
import type { OriginGroup } from './frames.ts';
import { parseStore } from './parse-store.ts';
import { documentFacts } from './probes/document.ts';
import { type Probe, probes } from './probes/index.ts';
import type { KnownStamps } from './probes/web-storage.ts';

/** Entries looked at in one storage area; browsers hold about five million characters in one. */
const maxEntries = 50_000;
const maxWindows = 2000;
/** Frames of one origin tried before it counts as unreadable: sandboxed ones fail where their siblings answer. */
const maxAttempts = 4;

export type OriginReading =
  | {
      ok: true;
      stores: Store[];
      problems: Problem[];
      facts: DocumentFacts;
      /** Stands for everything read: equal stamps, equal contents. */
      stamp: string;
      /** Reading again soon would disturb the page. */
      isTampered: boolean;
    }
  | { ok: false; code: 'not-found' | 'refused' | 'threw' | 'no-answer'; message: string };

export interface DocumentFacts {
  cookies: string;
  title: string | null;
  scriptOrigins: string[] | null;
  windows: string[];
}

interface Remembered {
  stamp: string;
  entries: Map<string, { stamp: number; text: string | null; isCut: boolean }>;
  missed: number;
  isTampered: boolean;
  isRefused: boolean;
}

/** Reads the places inside the pages of one origin, and remembers them so that the page hands over only what changed. */
export class OriginReader {
  #areas = new Map<string, Remembered>();
  #facts: DocumentFacts = { cookies: '', title: null, scriptOrigins: null, windows: [] };
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Makes the next reading copy everything afresh. */
  forget(): void {
    this.#areas.clear();
  }

  /** `thorough` looks at titles, scripts and windows too. */
  async read(group: OriginGroup, hasAccess: boolean, thorough: boolean): Promise<OriginReading> {
    let failure: Evaluation | null = null;
    for (const target of targets(group, hasAccess).slice(0, maxAttempts)) {
      const reading = await this.#readFrame(group, target, thorough);
      if (reading.ok) return reading;
      // A refusal says more than a frame that was not found under one of its names.
      if (!failure || (!failure.ok && failure.code === 'not-found')) failure = reading;
      if (reading.code === 'no-answer') break;
    }
    return failure && !failure.ok ? failure : { ok: false, code: 'not-found', message: 'The frame has gone.' };
  }

  async #readFrame(group: OriginGroup, target: Target, thorough: boolean): Promise<OriginReading> {
    const first = await this.#run(target, [
      ...probes.map((probe) => {
        const known = this.#areas.get(probe.id);
        return storageCall(probe, known?.stamp ?? '', known ? null : {});
      }),
      { probe: documentFacts, args: [thorough ? maxWindows : 0] },
    ]);
    if (!first.ok) return first;
    const changed: Probe[] = [];
    probes.forEach((probe, i) => {
      const isNew = !this.#areas.has(probe.id);
      const answer = parseStore(first.value[i]);
      if (isNew || answer.kind === 'refused') this.#learn(probe, answer);
      else if (answer.kind === 'read') changed.push(probe);
    });
    if (changed.length > 0) {
      const second = await this.#run(
        target,
        changed.map((probe) => storageCall(probe, '', knownStamps(this.#areas.get(probe.id)))),
      );
      if (!second.ok) return second;
      changed.forEach((probe, i) => {
        this.#learn(probe, parseStore(second.value[i]));
      });
    }
    this.#facts = parseFacts(first.value[probes.length], this.#facts);
    return this.#reading(group, target);
  }

  async #run(target: Target, calls: Call[]): Promise<{ ok: true; value: unknown[] } | (Evaluation & { ok: false })> {
    if (target.kind === 'isolated') {
      const answers = await Promise.all(
        calls.map(({ probe, args }) => this.#browser.runIsolated(target.frame.id, probe, args)),
      );
      const failure = answers.find((answer) => !answer.ok);
      if (failure && !failure.ok) return failure;
      return { ok: true, value: answers.map((answer) => (answer.ok ? answer.value : null)) };
    }
    const expression = `[${calls.map(({ probe, args }) => `(${probe})(${args.map(literal).join(',')})`).join(',')}]`;
    const answer = await this.#browser.evaluate(expression, target.frameUrl);
    if (!answer.ok) return answer;
    if (!Array.isArray(answer.value)) return { ok: false, code: 'threw', message: 'The page gave no usable answer.' };
    return { ok: true, value: answer.value };
  }

  #learn(probe: Probe, answer: ReturnType<typeof parseStore>): void {
    if (answer.kind === 'unchanged') return;
    if (answer.kind === 'refused') {
      this.#areas.set(probe.id, { stamp: '', entries: new Map(), missed: 0, isTampered: false, isRefused: true });
      return;
    }
    const before = this.#areas.get(probe.id)?.entries;
    const entries: Remembered['entries'] = new Map();
    for (const { key, text, stamp, isCut } of answer.entries) {
      const kept = text === null ? (before?.get(key)?.text ?? null) : isCandidate(text) ? text : null;
      entries.set(key, { stamp, text: kept, isCut });
    }
    const { stamp, missed, isTampered } = answer;
    this.#areas.set(probe.id, { stamp, entries, missed, isTampered, isRefused: false });
  }

  #reading(group: OriginGroup, target: Target): OriginReading {
    const stores: Store[] = [];
    const problems: Problem[] = [];
    const stamps: string[] = [];
    let isTampered = false;
    for (const probe of probes) {
      const area = this.#areas.get(probe.id);
      if (!area) continue;
      const subject = `${probe.area} of ${group.origin}`;
      stamps.push(area.isRefused ? 'refused' : area.stamp);
      isTampered ||= area.isTampered;
      stores.push({
        source: probe.id,
        origin: group.origin,
        url: target.frame.url,
        entries: [...area.entries].flatMap(([key, { text }]) => (text === null ? [] : [{ key, text }])),
        readBy: target.kind === 'isolated' ? 'isolated-world' : 'page-script',
      });
      problems.push(...areaProblems(area, subject));
    }
    stamps.push(target.kind, this.#facts.cookies, this.#facts.title ?? '', String(this.#facts.scriptOrigins));
    return { ok: true, stores, problems, facts: this.#facts, stamp: JSON.stringify(stamps), isTampered };
  }
}

type Target =
  | { kind: 'isolated'; frame: BrowserFrame }
  | { kind: 'page-script'; frame: BrowserFrame; frameUrl: string | undefined };

interface Call {
  probe: (...args: never[]) => string;
  args: unknown[];
}

/** Ways to reach an origin, best first. */
function targets(group: OriginGroup, hasAccess: boolean): Target[] {
  if (hasAccess) return group.frames.map((frame) => ({ kind: 'isolated', frame }));
  const urls = new Map<string, Target>();
  for (const frame of group.frames) {
    if (frame.id === 0) return [{ kind: 'page-script', frame, frameUrl: undefined }];
    // A frame goes by its current URL, except that one loaded with a fragment and unchanged since goes without.
    for (const frameUrl of [frame.url, frame.url.replace(/#[\s\S]*$/, '')])
      if (!urls.has(frameUrl)) urls.set(frameUrl, { kind: 'page-script', frame, frameUrl });
  }
  return [...urls.values()];
}

function storageCall(probe: Probe, stamp: string, known: KnownStamps | null): Call {
  return { probe: probe.read, args: [probe.area, stamp, known, limits.valueCharacters, maxEntries] };
}

function knownStamps(area: Remembered | undefined): KnownStamps {
  const known: KnownStamps = {};
  for (const [key, { stamp, isCut }] of area?.entries ?? []) if (!isCut) known[`$${key}`] = stamp;
  return known;
}

/** Source text of an argument. Objects get no prototype, so that the page's `Object.prototype` cannot speak for them. */
function literal(value: unknown): string {
  const text = JSON.stringify(value);
  return text.startsWith('{') ? `{__proto__:null,${text.slice(1)}` : text;
}

function parseFacts(answer: unknown, before: DocumentFacts): DocumentFacts {
  if (typeof answer !== 'string') return before;
  const lines = answer.split('\n');
  const all = (letter: string) => lines.filter((line) => line.startsWith(letter)).map((line) => line.slice(1));
  const cookies = all('c')[0] ?? '';
  const title = all('t')[0];
  if (title === undefined) return { ...before, cookies };
  return {
    cookies,
    title: title.slice(0, 1000),
    scriptOrigins: lines.includes('S') ? all('s').sort() : null,
    windows: all('w'),
  };
}

function areaProblems(area: Remembered, subject: string): Problem[] {
  const problems: Problem[] = [];
  if (area.isRefused)
    problems.push({
      code: 'storage-refused',
      message: 'The browser does not let this page use its storage, so there is nothing to read there.',
      subject,
    });
  if (area.isTampered)
    problems.push({
      code: 'storage-tampered',
      message:
        'The page has replaced storage functions, so what it shows may be incomplete. Allow access to the site to read the storage out of its reach.',
      subject,
    });
  if (area.missed > 0)
    problems.push({
      code: 'entries-skipped',
      message: `Only the first ${maxEntries} entries were read; ${area.missed} more were left out.`,
      subject,
    });
  for (const [key, { isCut }] of area.entries) {
    if (isCut)
      problems.push({
        code: 'value-too-long',
        message: `This value was left out: more than ${limits.valueCharacters >> 20} million characters are stored here.`,
        subject: `${key} in ${subject}`,
      });
  }
  return problems.slice(0, 20);
}
