import { withoutNumber } from '../../src/engine/find/sources/exchange-place.ts';
import type { DocumentSighting, DocumentToken } from '../../src/engine/report/report-document.ts';
import { grantedVariant, type Variant } from '../browser/granted-variant.ts';
import { extension, openSession, reportOf, type Session } from '../e2e/session.ts';
import { bundle } from './bundle.ts';
import { type Answer, type Asked, type Client, site } from './client.ts';
import { type Passed, passedAt, withoutQuery } from './passed.ts';
import { type Stub, startStub } from './stub.ts';

export interface Joined {
  session: Session;
  /** What the page was given. */
  token: string;
  /** What the vendor's servers hand out later. */
  after: string;
  /** What the client asked for, sent and wrote to the console. */
  passed: readonly Passed[];
  /** Every way that the panel was seen to list of the two, each once, as `look` adds them. */
  listed: Listed[];
  close(): Promise<void>;
}

interface Listed {
  token: string;
  way: string;
  /** Method and address without query, where it is a request. */
  request: string;
  /** Milliseconds from its having gone to its being seen in the list; null when it did not go by the stub. */
  delay: number | null;
}

/** Requests before the client joins. With its own, the browser's log has close to five hundred entries. */
const earlierRequests = 450;

/** Opens devtools with the panel, then a page of the site in which the client joins. Nothing but the stub is ever spoken to. */
export async function join(client: Client): Promise<Joined> {
  const token = await client.tokens.guest?.();
  if (!token) throw new Error(`${client.name} has no token for a guest.`);
  const after = client.after?.token() ?? '';
  const passed: Passed[] = [];
  const own = await pages(client, token);
  const stub = await startStub({
    answer: (request: Asked) =>
      request.url.origin === site ? (own[request.url.pathname] ?? missing) : client.answer?.(request, after),
    greet: (url) => client.greet?.(url, after) ?? [],
    reply: (message, url) => client.reply?.(message, url, after),
    note: (one) => passed.push(one),
  });
  const variant = client.hasAccess ? grantedVariant(extension) : null;
  try {
    const session = await openLobby(stub, variant);
    const said = (body: string) =>
      passed.push({ at: Date.now(), what: 'console', url: session.page.url(), headers: '', body });
    session.page.on('console', (message) => said(message.text()));
    session.page.on('pageerror', (error) => said(String(error)));
    await session.page.goto(`${site}/call`);
    const close = () =>
      session
        .close()
        .then(stub.close)
        .finally(() => variant?.remove());
    return { session, token, after, passed, listed: [], close };
  } catch (error) {
    await stub.close();
    variant?.remove();
    throw error;
  }
}

const openLobby = (stub: Stub, variant: Variant | null) =>
  openSession({
    url: `${site}/`,
    extension: variant?.extension ?? extension,
    args: [...stub.browserArgs, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });

/** What the site itself answers, by path. */
async function pages({ page }: Client, token: string): Promise<Record<string, Answer>> {
  const script = await bundle(`
    await Promise.all(Array.from({ length: ${earlierRequests} }, (_, number) => fetch('/earlier?' + number)));
    const { token } = await (await fetch('/token')).json();
    ${page}`);
  return {
    '/': { type: 'text/html; charset=utf-8', body: '<!doctype html><title>Lobby</title>' },
    '/call': {
      type: 'text/html; charset=utf-8',
      body: '<!doctype html><title>Call</title><body><script type="module" src="/call.js"></script>',
    },
    '/call.js': { type: 'text/javascript; charset=utf-8', body: script },
    '/earlier': { body: {} },
    '/token': { body: { token } },
  };
}

const missing: Answer = { status: 404, body: '' };

/** Looks at what the panel lists, and adds what it did not list before. */
export async function look({ session, token, after, passed, listed }: Joined): Promise<void> {
  const { tokens } = await reportOf(session.panel);
  const seenAt = Date.now();
  for (const { token: text, sightings } of tokens.filter((one) => one.token === token || one.token === after)) {
    for (const sighting of sightings) {
      const way = wayOf(sighting);
      const request = requestOf(sighting);
      if (listed.some((one) => one.token === text && one.way === way && one.request === request)) continue;
      const goneAt = passedAt(passed, text, sighting);
      listed.push({ token: text, way, request, delay: goneAt === null ? null : seenAt - goneAt });
    }
  }
}

/** Where the panel says that a token was seen, without the numbers of requests and messages, each once. */
export function waysOf({ listed }: Joined, token: string): string[] {
  return [...new Set(listed.filter((one) => one.token === token).map(({ way }) => way))].sort();
}

/** `request-header: request header authorization of https://call.example`, and the path in the value where there is one. */
function wayOf({ source, label, origin, path }: DocumentSighting): string {
  return [`${source}: ${withoutNumber(label)} of ${origin}`, path].filter(Boolean).join(', ');
}

const requestOf = ({ method, url }: DocumentSighting) => (method ? `${method} ${withoutQuery(url ?? '')}` : '');

/** Cells of the token's row in the list; null when it has none. */
export async function rowOf({ session }: Joined, token: string): Promise<string | null> {
  const found = await tokenOf(session, token);
  return (await session.panel.evaluate(
    `[...(document.getElementById('token-${found?.id}')?.querySelectorAll('[role=gridcell]:not(.lead)') ?? [])]
      .map((cell) => cell.innerText).join(' | ') || null`,
  )) as string | null;
}

async function tokenOf({ panel }: Session, token: string): Promise<DocumentToken | undefined> {
  const { tokens } = await reportOf(panel);
  return tokens.find((one) => one.token === token);
}
