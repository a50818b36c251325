import type { Frame, Problem, Store } from '../../engine/model/capture.ts';
import { stateByPage, stateWords } from '../../engine/model/notes.ts';
import { hostOf } from '../../engine/text/hosts.ts';
import { siteOf } from '../../engine/text/site-of.ts';
import { Area, maxEntries } from '../../probes/area.ts';
import { type DocumentFacts, documentFacts, noFacts, parseFacts } from '../../probes/document.ts';
import { probes } from '../../probes/index.ts';
import { parseStore } from '../../probes/parse-store.ts';
import type { Probe } from '../../probes/probe.ts';
import { by, type Deadline } from './deadline.ts';
import { notAnswering, type OpenDocument, unreadable } from './open-document.ts';

export interface DocumentsRead {
  /** What the page itself says of itself; null where it did not answer. */
  facts: DocumentFacts | null;
  frames: Omit<Frame, 'loadedAt'>[];
  stores: Store[];
  problems: Problem[];
}

/** Characters taken from one place of one origin, and from all of a page. Web Storage holds five million at most. */
const most = { ofPlace: 8 << 20, ofPage: 64 << 20 };
/** Origins read at once. */
const atOnce = 8;
/** Documents of one origin that are tried. */
const mostTried = 4;
const maxWindows = 2000;

/** A document that said which origin it has. */
interface Asked {
  document: OpenDocument;
  facts: DocumentFacts;
  origin: string;
}

const late = Symbol('late');

/** Reads every place inside the documents of a page, once for each storage that they share. Never rejects, and ends by the deadline. */
export async function readDocuments(documents: readonly OpenDocument[], deadline: Deadline): Promise<DocumentsRead> {
  const problems: Problem[] = [];
  const asked = (await Promise.all(documents.map((document) => ask(document, deadline, problems)))).flat();
  const top = asked.find(({ document }) => document.isTop);
  const groups = groupsOf(asked, documents);
  const stores: Store[] = [];
  let characters = 0;
  for (let start = 0; start < groups.length; start += atOnce) {
    if (characters > most.ofPage) {
      problems.push(tooMuch(groups.slice(start)));
      break;
    }
    const read = await Promise.all(groups.slice(start, start + atOnce).map((group) => readStorage(group, deadline)));
    for (const one of read) {
      stores.push(...one.stores.filter((store) => !isRepeated(store, stores)));
      problems.push(...one.problems);
      for (const { entries } of one.stores) for (const { text } of entries) characters += text.length;
    }
  }
  return { facts: top?.facts ?? null, frames: framesOf(documents, asked), stores, problems };
}

async function ask(document: OpenDocument, deadline: Deadline, problems: Problem[]): Promise<Asked[]> {
  const { url, isTop } = document;
  const answer = await by(
    deadline,
    document.run(documentFacts, [isTop ? maxWindows : 1, 0]).catch(() => null),
    late,
  );
  const facts = parseFacts(answer, noFacts);
  if (answer === late) problems.push(notAnswering(url, isTop));
  else if (facts.origin === null) problems.push(unreadable(url, isTop));
  return facts.origin === null ? [] : [{ document, facts, origin: facts.origin }];
}

function groupsOf(asked: readonly Asked[], documents: readonly OpenDocument[]): Asked[][] {
  const groups = new Map<string, Asked[]>();
  for (const one of asked) {
    const key = storageOf(one, documents);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** Stands for what a document stores. Opaque origins share nothing. */
function storageOf({ document, facts, origin }: Asked, documents: readonly OpenDocument[]): string {
  if (origin === 'null') return `opaque ${documents.indexOf(document)}`;
  if (document.storageKey !== null) return `key ${document.storageKey}`;
  const isBelowOther = document.parentUrl !== null && !isSameSite(origin, documents.find(({ isTop }) => isTop)?.url);
  return `${origin} ${facts.isEphemeral ? 'ephemeral' : isBelowOther ? 'below another site' : ''}`;
}

function isSameSite(a: string, b: string | undefined): boolean {
  const [one, other] = [hostOf(a), hostOf(b ?? null)];
  return one !== null && other !== null && siteOf(one) === siteOf(other);
}

async function readStorage(
  group: readonly Asked[],
  deadline: Deadline,
): Promise<Pick<DocumentsRead, 'stores' | 'problems'>> {
  const [first] = group as [Asked];
  for (const { document, origin } of group.slice(0, mostTried)) {
    // An opaque origin stores nothing.
    const isOpaque = origin === 'null';
    const wanted = isOpaque ? probes.filter(({ isOfDocuments }) => isOfDocuments) : probes;
    const places = await Promise.all(wanted.map((probe) => readPlace(probe, document, deadline)));
    const read = places.flatMap((place) => place ?? []);
    // The document was left in the middle.
    if (read.length < wanted.length) continue;
    return {
      stores: read
        // Of what did not answer it is not known that nothing lies there.
        .filter(({ isLate }) => !isLate)
        .map(({ probe, area }) => ({
          source: probe.id,
          origin,
          partition: document.partition,
          url: document.url,
          entries: area.entries(),
          ...(area.isPartial && { isPartial: true }),
          readBy: readerOf(probe, document) === 'runByPage' ? 'page-script' : document.readBy,
        })),
      problems: read.flatMap(({ probe, area }) => {
        const subject = `${probe.name} of ${isOpaque ? document.url : origin}`;
        const isByPage = readerOf(probe, document) === 'runByPage' && area.entries().length > 0;
        const note = isByPage ? [{ code: stateByPage, message: stateWords, subject }] : [];
        return [...note, ...area.problems(subject).map(inOwnWords)];
      }),
    };
  }
  return { stores: [], problems: [unreadable(first.document.url, first.document.isTop)] };
}

/** Documents of one origin are read together, also where what they store is apart. */
function isRepeated(store: Store, stores: readonly Store[]): boolean {
  if (!probes.some(({ id, isOfDocuments }) => id === store.source && isOfDocuments)) return false;
  const contents = JSON.stringify(store.entries);
  return stores.some(
    ({ source, origin, entries }) =>
      source === store.source && origin === store.origin && JSON.stringify(entries) === contents,
  );
}

/** What one probe answered. */
interface ReadPlace {
  probe: Probe;
  area: Area;
  /** It did not answer in time. */
  isLate: boolean;
}

/** Null where the document could not be asked. */
async function readPlace(probe: Probe, document: OpenDocument, deadline: Deadline): Promise<ReadPlace | null> {
  const run = probe.answers === 'later' ? await probe.load() : probe.run;
  const args = [probe.name, '', {}, most.ofPlace, maxEntries, { serial: 0, seed: 0 }, true];
  const answer = await by(
    deadline,
    (document[readerOf(probe, document)] ?? document.run)(run, args).catch(() => null),
    late,
  );
  if (answer === null) return null;
  const area = new Area();
  if (answer === late) area.giveUp();
  else area.learn(parseStore(answer));
  return { probe, area, isLate: answer === late };
}

/** What is read beside the page's script can be out of date, and what the page reads is after that, for one of the places. */
function readerOf(probe: Probe, { runByPage }: OpenDocument): 'run' | 'runByPage' {
  return runByPage && probe.answers === 'at-once' && probe.isReadByPage ? 'runByPage' : 'run';
}

/** What the panel says of these speaks of what one can do there. */
const words: Record<string, string> = {
  'storage-not-answering': 'Reading this took too long or was hindered by the page, so it was not read.',
  'storage-tampered':
    'The page has replaced functions of the browser, so what it shows may be incomplete. In Chromium it is read out of the page’s reach.',
  'value-too-long': `This value was left out: more than ${most.ofPlace >> 20} million characters are stored here.`,
};

function inOwnWords(problem: Problem): Problem {
  return { ...problem, message: Object.hasOwn(words, problem.code) ? (words[problem.code] ?? '') : problem.message };
}

/** Frames as captures list them: the page left out, alike ones in one parent once. */
function framesOf(documents: readonly OpenDocument[], asked: readonly Asked[]): Omit<Frame, 'loadedAt'>[] {
  const seen = new Map<string, Omit<Frame, 'loadedAt'>>();
  for (const document of documents) {
    if (document.isTop) continue;
    const origin = asked.find((one) => one.document === document)?.origin ?? originOf(document.url);
    const { url, parentUrl, partition } = document;
    const frame = { url, origin, parentUrl, partition };
    seen.set(JSON.stringify(frame), frame);
  }
  return [...seen.values()];
}

function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return 'null';
  }
}

function tooMuch(left: readonly (readonly Asked[])[]): Problem {
  const origins = [...new Set(left.map(([one]) => one?.origin ?? ''))].slice(0, 5).join(', ');
  return {
    code: 'frames-skipped',
    message: `More than ${most.ofPage >> 20} million characters were read; what other frames store was not (${origins}).`,
  };
}
