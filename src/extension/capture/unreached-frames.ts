import type { Problem } from '../../engine/model/capture.ts';
import type { FoundFrames } from '../../probes/parse-store.ts';
import { isWeb, originOfFrame, parse } from './frame-origin.ts';
import { type KnownFrame, nameOf } from './known-frames.ts';
import type { StorageReading } from './read-storage.ts';

interface Part {
  group: { origin: string };
  last: Pick<StorageReading & { ok: true }, 'facts' | 'found' | 'beside'> | null;
}

/** Thorough looks in a row that must not reach a frame before it counts: frames come and go. */
const fewest = 2;
/** Windows that documents tell of at most; frames told of; characters of an address. */
const most = { windows: 2000, told: 20, characters: 200 };

/**
 * Frames that nobody looks into: sandboxed ones, which share the address of others and not their origin, and those of `data:` addresses.
 * Documents reach every window of their origin by its number, which no page can change, so whatever they do not reach is none of theirs.
 */
export class UnreachedFrames {
  /** Thorough looks in a row, by the name of the frame. */
  #looks = new Map<string, number>();
  /** Documents that have more frames than are listed: at how many answers in a row, and how many answers there were then. */
  #unlisted = new Map<string, { times: number; answers: number }>();
  /** Looks in a row that met no document of a `blob:` address which devtools know of, by that. */
  #unmet = new Map<string, number>();
  #problems: readonly Problem[] = [];

  /** To be told after each look. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /**
   * Takes in a thorough look.
   *
   * @param documents addresses of documents that devtools know of
   */
  update(frames: readonly KnownFrame[], parts: readonly Part[], documents: readonly string[] = []): void {
    const missing = unreached(frames, parts);
    this.#looks = new Map(missing.map((frame) => [nameOf(frame), (this.#looks.get(nameOf(frame)) ?? 0) + 1]));
    const told = missing
      .filter((frame) => (this.#looks.get(nameOf(frame)) ?? 0) >= fewest)
      .slice(0, most.told)
      .map(({ url, isPerhapsRewritten }) => ({
        code: 'frame-unreadable',
        message: isPerhapsRewritten
          ? 'No document of the page reaches this frame under its address. Either another document has written it anew, and then it was read; or it is sandboxed, say, and what its document, its history.state and the name of its window hold was not read. Its URL was.'
          : 'No document of the page reaches this frame (it may be sandboxed, or made of a data: address), so what its document, its history.state and the name of its window hold was not read, or not all of it. Its URL was.',
        subject: `frame ${url.slice(0, most.characters)}`,
      }));
    const isCut = parts.some(({ last }) => last?.facts.areWindowsCut);
    const unmet = this.#unmetIn(parts, documents);
    const unlisted = this.#unlistedIn(frames, parts).slice(unmet.length);
    this.#problems = [...told, ...unmet, ...unlisted, ...statesUnread(parts), ...(isCut ? [cut(frames)] : [])];
  }

  /** Devtools know of frames that the browser does not list, in closed shadow trees too. */
  #unmetIn(parts: readonly Part[], documents: readonly string[]): Problem[] {
    const met = new Set(parts.flatMap(({ last }) => (last ? [...last.facts.windows, ...last.facts.inside] : [])));
    const missing = [...new Set(documents)].filter((url) => url.startsWith('blob:') && !met.has(url));
    this.#unmet = new Map(missing.slice(0, most.windows).map((url) => [url, (this.#unmet.get(url) ?? 0) + 1]));
    return [...this.#unmet]
      .filter(([, times]) => times >= fewest)
      .slice(0, most.told)
      .map(([url]) => ({
        code: 'frame-unreadable',
        message:
          'The browser does not list this frame, and no document of the page reaches it (it may stand in a closed shadow tree, or be sandboxed), so what its document, its history.state and the name of its window hold was not read. Its URL was.',
        subject: `frame ${url.slice(0, most.characters)}`,
      }));
  }

  /** Frames come and go between an answer and the browser's list, so one answer is no proof. */
  #unlistedIn(frames: readonly KnownFrame[], parts: readonly Part[]): Problem[] {
    const before = this.#unlisted;
    this.#unlisted = new Map();
    for (const { last } of parts) {
      if (!last) continue;
      for (const { parent, count } of unlisted(frames, last.found.frames)) {
        const was = before.get(parent) ?? { times: 0, answers: -1 };
        const { answers } = last.found;
        const times = was.answers === answers ? was.times : was.times + 1;
        if (count > 0) this.#unlisted.set(parent, { times, answers });
      }
    }
    return [...this.#unlisted]
      .filter(([, { times }]) => times >= fewest)
      .slice(0, most.told)
      .map(([parent]) => ({
        code: 'frame-unreadable',
        message:
          'This document holds a frame that the browser does not list and that lets nobody look into it (it may be sandboxed, and of a blob: address), so what its document and the name of its window hold was not read, nor was its URL.',
        subject: `a frame in ${parent.slice(0, most.characters)}`,
      }));
  }
}

/** Beside the page's script frames in shadow trees are met; through it, by which this state is read, they are not. */
function statesUnread(parts: readonly Part[]): Problem[] {
  const urls = new Set(parts.flatMap(({ last }) => (last && last.beside !== null ? last.facts.inside : [])));
  return [...urls].slice(0, most.told).map((url) => ({
    code: 'state-unread',
    message:
      'The history.state of this frame was not read: it stands in a shadow tree, where the page’s own script, by which alone it can be read, does not reach it.',
    subject: `frame ${url.slice(0, most.characters)}`,
  }));
}

function cut(frames: readonly KnownFrame[]): Problem {
  return {
    code: 'frames-skipped',
    message: `The page has ${most.windows.toLocaleString('en')} windows or more. Those beyond were not looked into, nor can be told which of them nobody reaches.`,
    subject: frames.find(({ id }) => id === 0)?.url.slice(0, most.characters) ?? '',
  };
}

/**
 * Documents with the number of frames that they hold, let nobody look into them and are not among those that the browser lists for their
 * address. Chromium lists none of `blob:` addresses (extensions/browser/api/web_navigation/frame_navigation_state.cc, `kValidSchemes`,
 * read 2026-11).
 */
function unlisted(frames: readonly KnownFrame[], found: readonly FoundFrames[]): { parent: string; count: number }[] {
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const listed = new Map<string, Map<string, number>>();
  for (const { id, parentId, url } of frames) {
    if (id === 0) continue;
    // One below a frame that is not listed may be below any of them.
    const parent = byId.get(parentId)?.url ?? '';
    const urls = listed.get(parent) ?? new Map<string, number>();
    listed.set(parent, urls.set(url, (urls.get(url) ?? 0) + 1));
  }
  const known = new Set(frames.map(({ url }) => url));
  const hidden = new Map<string, number>();
  const reached = new Map<string, Map<string, number>>();
  for (const { parent, child, count } of found) {
    if (child === '') hidden.set(parent, count);
    else reached.set(parent, (reached.get(parent) ?? new Map<string, number>()).set(child, count));
  }
  return [...hidden].map(([parent, count]) => {
    let others = 0;
    for (const [url, number] of listed.get(known.has(parent) ? parent : '') ?? [])
      others += Math.max(0, number - (reached.get(parent)?.get(url) ?? 0));
    return { parent, count: Math.max(0, count - others) };
  });
}

interface MissingFrame extends KnownFrame {
  /** As many documents are reached under addresses that no frame is listed with: it may be one of them. */
  isPerhapsRewritten: boolean;
}

function unreached(frames: readonly KnownFrame[], parts: readonly Part[]): MissingFrame[] {
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const windows = new Map<string, Map<string, number>>();
  for (const { group, last } of parts) {
    if (!last || last.facts.windows.length >= most.windows) return [];
    const counts = new Map<string, number>();
    for (const url of [...last.facts.windows, ...last.facts.inside]) counts.set(url, (counts.get(url) ?? 0) + 1);
    const known = windows.get(group.origin);
    if (!known || known.size < counts.size) windows.set(group.origin, counts);
  }
  const left = new Map([...windows].map(([origin, counts]) => [origin, new Map(counts)]));
  const beside = new Set(parts.map(({ last }) => last?.beside));
  const missing = frames.filter((frame) => {
    if (frame.id === 0 || frame.isError || beside.has(frame.id)) return false;
    const url = parse(frame.url);
    const origin = originOfFrame(frame, byId);
    const counts = left.get(origin);
    // One whose storage is not read either is told of by that.
    if (url && isWeb(url) && !counts) return false;
    const count = counts?.get(frame.url) ?? 0;
    counts?.set(frame.url, Math.max(0, count - 1));
    return count <= 0;
  });
  return withoutRewritten(missing, left, (frame) => originOfFrame(frame, byId));
}

/**
 * A document that another one writes anew (`document.open()`) takes the address of that one, which the browser's list does not tell
 * (https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#document-open-steps, read 2026-11; seen in Chromium 156): one
 * that is reached under an address which no frame is listed with may be one that is missing under its own. Of empty ones that is likely,
 * and nothing is lost if it is not so; of others it is not known, as frames of `blob:` addresses are not listed and are written anew, too.
 */
function withoutRewritten(
  missing: readonly KnownFrame[],
  left: ReadonlyMap<string, ReadonlyMap<string, number>>,
  originOf: (frame: KnownFrame) => string,
): MissingFrame[] {
  const spare = new Map<string, number>();
  for (const [origin, counts] of left)
    for (const [url, count] of counts) if (/^https?:/.test(url)) spare.set(origin, (spare.get(origin) ?? 0) + count);
  const isEmpty = ({ url }: KnownFrame) => /^about:blank(?:[?#]|$)/.test(url);
  return [...missing.filter(isEmpty), ...missing.filter((frame) => !isEmpty(frame))].flatMap((frame) => {
    const origin = originOf(frame);
    const count = spare.get(origin) ?? 0;
    spare.set(origin, count - 1);
    return count > 0 && isEmpty(frame) ? [] : [{ ...frame, isPerhapsRewritten: count > 0 }];
  });
}
