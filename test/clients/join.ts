import { withoutNumber } from '../../src/engine/find/sources/exchange-place.ts';
import type { DocumentSighting, DocumentToken } from '../../src/engine/report/report-document.ts';
import { openSession, reportOf, type Session } from '../e2e/session.ts';
import { bundle } from './bundle.ts';
import { type Answer, type Asked, type Client, site } from './client.ts';
import { startStub } from './stub.ts';

export interface Joined {
  session: Session;
  /** What the page was given. */
  token: string;
  /** What the vendor's servers hand out later. */
  after: string;
  /** What the client asked for, sent and wrote to the console, for whoever looks for why it went another way. */
  log: readonly string[];
  close(): Promise<void>;
}

/** Opens devtools with the panel, then a page of the site in which the client joins. Nothing but the stub is ever spoken to. */
export async function join(client: Client): Promise<Joined> {
  const token = await client.tokens.guest?.();
  if (!token) throw new Error(`${client.name} has no token for a guest.`);
  const after = client.after?.token() ?? '';
  const log: string[] = [];
  const script = await bundle(`const { token } = await (await fetch('/token')).json();\n${client.page}`);
  const own: Record<string, Answer> = {
    '/': { type: 'text/html; charset=utf-8', body: '<!doctype html><title>Lobby</title>' },
    '/call': {
      type: 'text/html; charset=utf-8',
      body: '<!doctype html><title>Call</title><body><script type="module" src="/call.js"></script>',
    },
    '/call.js': { type: 'text/javascript; charset=utf-8', body: script },
    '/token': { body: { token } },
  };
  const answer = (request: Asked) =>
    request.url.origin === site ? (own[request.url.pathname] ?? missing) : client.answer?.(request, after);
  const stub = await startStub({
    answer,
    greet: (url) => client.greet?.(url, after) ?? [],
    reply: (message, url) => client.reply?.(message, url, after),
    log: (line) => log.push(line),
  });
  try {
    const session = await openSession({
      url: `${site}/`,
      args: [...stub.browserArgs, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    });
    session.page.on('console', (message) => log.push(`console ${message.text()}`));
    session.page.on('pageerror', (error) => log.push(String(error)));
    await session.page.goto(`${site}/call`);
    return { session, token, after, log, close: () => session.close().then(stub.close) };
  } catch (error) {
    await stub.close();
    throw error;
  }
}

const missing: Answer = { status: 404, body: '' };

/** Where the panel says that a token was seen, without the numbers of requests and messages, each once. */
export async function waysOf({ session }: Joined, token: string): Promise<string[]> {
  const found = await tokenOf(session, token);
  return [...new Set((found?.sightings ?? []).map(wayOf))].sort();
}

/** `request-header: request header authorization of https://call.example`, and the path in the value where there is one. */
function wayOf({ source, label, origin, path }: DocumentSighting): string {
  return [`${source}: ${withoutNumber(label)} of ${origin}`, path].filter(Boolean).join(', ');
}

/** Cells of the token's row in the list; null when it has none. */
export async function rowOf({ session }: Joined, token: string): Promise<string | null> {
  const found = await tokenOf(session, token);
  return (await session.panel.evaluate(
    `document.getElementById('token-${found?.id}')?.innerText.replaceAll('\\n', ' | ') ?? null`,
  )) as string | null;
}

async function tokenOf({ panel }: Session, token: string): Promise<DocumentToken | undefined> {
  const { tokens } = await reportOf(panel);
  return tokens.find((one) => one.token === token);
}
