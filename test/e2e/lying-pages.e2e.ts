import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportDocument } from '../../src/engine/report/report-document.ts';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { sampled } from '../sampled.ts';
import { lyingPages } from './lying-pages/index.ts';
import { type Access, type At, type LyingPage, roomsIn, type Served } from './lying-pages/lying-page.ts';
import { type Held, reallyHeld, stateWitness } from './lying-pages/really-held.ts';
import { eventually, extension, openSession, reportOf, type Session, shownText } from './session.ts';

// A tenth of them, and all with `npm run e2e:hostile`. Each page has hosts of its own, so none disturbs another.
const pages = lyingPages.map((page, index) => ({ page, index }));
const stores = [
  'local-storage',
  'session-storage',
  'cookie',
  'indexed-db',
  'cache-storage',
  'private-file',
  'window-name',
  'history-state',
  'frame-url',
];

let port: number;
const server = createServer(serve);

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});

afterAll(
  () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
);

function at(index: number): At {
  const host = `lying${index}.localhost:${port}`;
  return { own: `http://${host}`, sibling: `http://sub.${host}`, other: `http://other${host}` };
}

/** The first document of a page lies at /, its others at their paths, whatever of its hosts is asked. */
function serve(request: IncomingMessage, reply: ServerResponse) {
  const index = Number(/^(?:sub\.|other)?lying(\d+)\./.exec(request.headers.host ?? '')?.[1] ?? -1);
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const page = pages[index]?.page;
  const more = page?.more?.[pathname];
  const served: Served | undefined = pathname === '/' ? page : more;
  const type = pathname === '/' ? page?.type : more?.type;
  if (!served) {
    reply.writeHead(404).end();
    return;
  }
  for (const [name, value] of Object.entries(served.headers ?? {})) reply.setHeader(name, value);
  const html = typeof served.html === 'string' ? served.html : served.html(at(index));
  reply.writeHead(200, { 'content-type': `${type ?? 'text/html'}; charset=utf-8` });
  reply.end(type ? html : `<!doctype html><title>Lying page</title>${html}`);
}

describe.each<{ access: Access; words: string }>([
  { access: 'none', words: 'without access' },
  { access: 'granted', words: 'with access' },
])('$words', ({ access }) => {
  let session: Session;
  let variant: Variant | null = null;

  beforeAll(async () => {
    variant = access === 'granted' ? grantedVariant(extension) : null;
    session = await openSession({ url: `${at(0).own}/`, ...(variant && { extension: variant.extension }) });
    await session.page.evaluateOnNewDocument(stateWitness);
  });

  afterAll(async () => {
    await session?.close();
    variant?.remove();
  });

  for (const { page, index } of sampled(pages, 30))
    test(`a page with ${page.name}`, async () => {
      // The page before may load itself while it is left, and a window keeps its name: after one of forty million characters all was slow.
      await eventually(async () => {
        await session.page.evaluate(`window.name = ''`);
        await session.page.goto(`${at(index).own}/`);
      });
      await settled(page.settles ?? 0);
      await eventually(() => expectHonesty(session, page, access, at(index)), 25);
      if (!page.next) return;
      await session.page.evaluate(page.next);
      await settled(page.settles ?? 0);
      await eventually(() => expectHonesty(session, page, access, at(index)), 25);
    });
});

/** Fails unless what the panel says of a page is true, and nothing is left out in silence. */
async function expectHonesty({ page, panel }: Session, lying: LyingPage, access: Access, origins: At): Promise<void> {
  const holds = { ...lying.holds, ...(access === 'granted' && lying.holdsWithAccess) };
  const beside = Object.entries(holds).flatMap(([source, rooms]) =>
    rooms.map((room) => ({ room, source, origin: origins.own, key: null })),
  );
  const really = [...(await reallyHeld(page)), ...beside];
  const report = await reportOf(panel);
  const said = await shownText(panel);
  const outcome = lying.outcome?.[access] ?? 'shown';
  expect(isReadNow(report, said, page.url()), 'the page has been read').toBe(true);
  const missing = really.filter((held) => !isShown(held, report));
  if (outcome === 'shown') expect(missing.map(words), 'held by the browser, and not shown').toEqual([]);
  const untold = missing.filter((held) => !isTold(held, report, said));
  expect(untold.map(words), 'held by the browser, neither shown nor told of').toEqual([]);
  expect(invented(report, really, origins), 'shown, and not held by the browser').toEqual([]);
  expect(whoRead(report, origins, access === 'none'), 'who read what lies in the page').toEqual(readers[access]);
  const all = [said, ...report.problems.map(({ message }) => message), ...findings(report)].join('\n');
  const expected = lying.says?.[access];
  if (expected) expect(all).toMatch(expected);
  if (lying.saysNot) expect(all).not.toMatch(lying.saysNot);
}

/** A page that has settled has done what it is to do. */
const settled = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const words = ({ room, source, origin, key }: Held) =>
  `${room} in ${source}${key === null ? '' : ` ${JSON.stringify(key)}`} of ${origin}`;

/** Whether a look at this very page has been taken in. */
function isReadNow({ lookedAt, problems }: ReportDocument, said: string, url: string): boolean {
  const address = url.replace(/[?#][\s\S]*$/, '');
  return (
    lookedAt.some(({ page, source }) => page?.replace(/[?#][\s\S]*$/, '') === address && source === 'local-storage') ||
    problems.some(({ subject }) => subject?.startsWith(address) === true) ||
    /cannot be read|is sandboxed|is not answering/.test(said)
  );
}

/** What is there now of the tokens that this test made, place by place. */
function sightings({ tokens }: ReportDocument) {
  return tokens.flatMap(({ token, sightings }) =>
    roomsIn(token).flatMap((room) =>
      sightings.flatMap((sighting) => (sighting.goneAt === null ? [{ room, ...sighting }] : [])),
    ),
  );
}

/** A cookie that a request or an answer carries is shown, too. */
function isShown({ room, source, origin, key }: Held, report: ReportDocument): boolean {
  return sightings(report).some(
    (one) =>
      one.room === room &&
      ((one.source === source && one.origin === origin && (key === null || one.label.includes(JSON.stringify(key)))) ||
        (source === 'cookie' && /header$/.test(one.source))),
  );
}

/** Whether a sentence that the user can read says that a place was not read, or not in a way that can be trusted. */
function isTold({ source, origin }: Held, report: ReportDocument, said: string): boolean {
  const site = origin.replace(/:\d+$/, '');
  return (
    report.problems.some(({ code, subject }) =>
      origin === 'null' ? code === 'frame-unreadable' : subject?.includes(origin) === true,
    ) ||
    (source === 'cookie' && said.includes(`Without access to ${site}`) && said.includes('hidden cookies')) ||
    /This page (?:is sandboxed|cannot be read)|The page is not answering/.test(said)
  );
}

/** Tokens in places where the browser does not hold them, without a word that it is the page which says so. */
function invented(report: ReportDocument, really: readonly Held[], { own, sibling, other }: At): string[] {
  return sightings(report)
    .filter(({ source, origin }) => stores.includes(source) && [own, sibling, other, 'null'].includes(origin ?? ''))
    .filter(({ readBy }) => readBy !== 'page')
    .filter(
      (one) =>
        !really.some((held) => held.room === one.room && held.source === one.source && held.origin === one.origin),
    )
    .map(({ room, source, origin }) => words({ room, source, origin: origin ?? '', key: null }));
}

/** Whose word what is shown of the page's own places is; and whether the page's is said to be its own. */
function whoRead(report: ReportDocument, { own, sibling, other }: At, isWithheld: boolean) {
  const read = sightings(report).filter(
    ({ source, origin }) =>
      stores.includes(source) &&
      [own, sibling, other].includes(origin ?? '') &&
      // To read it beside the page's script would change what the page reads.
      (isWithheld || source !== 'history-state'),
  );
  return {
    byPage: read.some(({ readBy }) => readBy === 'page') ? 'some' : 'none',
    isSaid:
      report.problems.some(({ code }) => code === 'read-by-page') ||
      (isWithheld && !report.lookedAt.some(({ source }) => source === 'local-storage')),
  };
}

/** With access no page is taken at its word; without it, whoever was is named. */
const readers = {
  none: expect.objectContaining({ isSaid: true }),
  granted: { byPage: 'none', isSaid: false },
};

function findings(report: ReportDocument): string[] {
  const all = [...report.findings, ...report.tokens.flatMap((one) => one.findings)];
  return all.map(({ title, says }) => `${title}: ${says}`);
}
