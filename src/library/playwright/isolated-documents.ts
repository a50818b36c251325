import type { Partition, Problem } from '../../engine/model/capture.ts';
import { list, record, string } from '../../engine/text/narrow.ts';
import { by, type Deadline } from './deadline.ts';
import {
  mostDocuments,
  notAnswering,
  type OpenDocument,
  type OpenedDocuments,
  refused,
  skipped,
} from './open-document.ts';
import { callOf } from './page-documents.ts';
import type { PlaywrightFrame, PlaywrightPage } from './playwright.ts';

/** One process's view of a page: `send` speaks to it. */
interface Session {
  send(method: string, params?: object): Promise<unknown>;
  detach(): Promise<void>;
}

interface TreeFrame {
  id: string;
  parentId: string | null;
  url: string;
  session: Session;
}

const late = Symbol('late');

/**
 * Opens every document of a page out of the page's reach: in worlds of their own, which share the document with its scripts and none
 * of the functions that these may have replaced. By the Chrome DevTools Protocol
 * (https://chromedevtools.github.io/devtools-protocol/tot/Page/#method-createIsolatedWorld, read 2026-11); null for other browsers.
 */
export async function openIsolated(page: PlaywrightPage, deadline: Deadline): Promise<OpenedDocuments | null> {
  const own = await by(deadline, openSession(page, page), null);
  if (!own) return null;
  const others = page.frames().filter((frame) => frame !== page.mainFrame());
  const sessions: Session[] = [own];
  const problems: Problem[] = [];
  const frames: TreeFrame[] = [];
  const readTree = async (session: Session, frame: PlaywrightFrame) => {
    const answer = await by(deadline, session.send('Page.getFrameTree'), late);
    if (answer === late) problems.push(notAnswering(frame.url(), frame === page.mainFrame()));
    else frames.push(...framesIn(record(record(answer).frameTree), session));
  };
  await Promise.all([
    readTree(own, page.mainFrame()),
    // A frame of another process has a session of its own; one of the same process is in the tree of the frame above it.
    ...others.slice(0, mostDocuments).map(async (frame) => {
      const session = await by(deadline, openSession(page, frame), null);
      if (!session) return;
      sessions.push(session);
      await readTree(session, frame);
    }),
  ]);
  if (frames.length > mostDocuments) problems.push(skipped(frames.length - mostDocuments));
  const urls = new Map(frames.map(({ id, url }) => [id, url]));
  const documents = frames
    .slice(0, mostDocuments)
    .map((frame) => openDocument(frame, frame.parentId === null ? null : (urls.get(frame.parentId) ?? null), deadline));
  return {
    documents: await Promise.all(documents),
    problems,
    close: () => {
      for (const session of sessions) void session.detach().catch(() => {});
    },
  };
}

async function openSession(page: PlaywrightPage, target: PlaywrightPage | PlaywrightFrame): Promise<Session> {
  return (await page.context().newCDPSession(target as never)) as unknown as Session;
}

function framesIn(tree: Record<string, unknown>, session: Session): TreeFrame[] {
  const { id, parentId, url, urlFragment } = record(tree.frame);
  const frame = {
    id: string(id),
    parentId: string(parentId) || null,
    url: string(url) + string(urlFragment),
    session,
  };
  return [frame, ...list(tree.childFrames).flatMap((child) => framesIn(record(child), session))];
}

async function openDocument(
  { id, parentId, url, session }: TreeFrame,
  parentUrl: string | null,
  deadline: Deadline,
): Promise<OpenDocument> {
  const told = await by(deadline, session.send('Storage.getStorageKeyForFrame', { frameId: id }), null);
  const storageKey = string(record(told).storageKey) || null;
  let world: Promise<unknown> | null = null;
  const contextOf = async () => {
    world ??= session.send('Page.createIsolatedWorld', { frameId: id, worldName: 'roomkey' });
    return record(await world).executionContextId;
  };
  return {
    url,
    parentUrl,
    isTop: parentId === null,
    storageKey,
    partition: storageKey === null ? null : partitionIn(storageKey),
    readBy: 'isolated-world',
    async run(run, args) {
      const executionContextId = await contextOf();
      const answer = record(
        await session.send('Runtime.callFunctionOn', {
          functionDeclaration: String(run),
          arguments: args.map((value) => ({ value })),
          executionContextId,
          awaitPromise: true,
          returnByValue: true,
        }),
      );
      return answer.exceptionDetails ? refused : record(answer.result).value;
    },
    async runByPage(run, args) {
      // The document is one in every world; by its number it is found in the page's own.
      const evaluated = await session.send('Runtime.evaluate', {
        expression: 'document',
        contextId: await contextOf(),
      });
      const { objectId } = record(record(evaluated).result);
      const { backendNodeId } = record(record(await session.send('DOM.describeNode', { objectId })).node);
      const { object } = record(await session.send('DOM.resolveNode', { backendNodeId }));
      const answer = record(
        await session.send('Runtime.callFunctionOn', {
          functionDeclaration: callOf(run, args),
          objectId: record(object).objectId,
          awaitPromise: true,
          returnByValue: true,
        }),
      );
      return answer.exceptionDetails ? refused : record(answer.result).value;
    },
  };
}

/**
 * Where a frame keeps what it stores, as Chromium writes it: the origin, and then after `^0` the top-level site, after `^3` whether
 * another site is between, after `^1` a number that stands for a credentialless document
 * (third_party/blink/common/storage_key/storage_key.cc, read 2026-11).
 */
function partitionIn(storageKey: string): Partition | null {
  const [origin = '', ...parts] = storageKey.split('^');
  if (parts.length === 0) return { kind: 'first-party' };
  if (parts.some((part) => part.startsWith('1'))) return { kind: 'ephemeral' };
  const site = parts.find((part) => part.startsWith('0'))?.slice(1);
  if (site !== undefined) return { kind: 'third-party', topLevelSite: site };
  return parts.includes('31') ? { kind: 'third-party', topLevelSite: origin.replace(/\/$/, '') } : null;
}
