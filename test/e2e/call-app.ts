import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { daily, hours, jwt } from '../builders/tokens.ts';

export interface CallApp {
  origin: string;
  guestUrl: string;
  hostUrl: string;
  /** What the app gave out, the latest last. */
  issued: { guest: string[]; host: string[]; account: string[] };
  close(): Promise<void>;
}

/** Keeps what it is given, and forgets it, as call apps do. */
const script = `
  const page = location.pathname.slice(1);
  const ask = async (path) => (await fetch(path, { method: 'POST' })).json();
  const keepCall = (token) => {
    sessionStorage.setItem('call.token', token);
    if (page === 'guest') localStorage.setItem('last-call', JSON.stringify({ room: 'standup', token }));
  };
  async function login() {
    const { token } = await ask('/login');
    localStorage.setItem('account', JSON.stringify({ user: 'grace', access_token: token }));
    document.cookie = 'signed-in=' + token + '; path=/; SameSite=Lax';
  }
  async function renew() {
    keepCall((await ask('/renew')).token);
  }
  function logout() {
    sessionStorage.clear();
    localStorage.clear();
  }
  // Who leaves the page leaves the call. Pages that the browser keeps for going back are shown again, not loaded.
  addEventListener('pagehide', () => {
    sessionStorage.removeItem('call.token');
    localStorage.removeItem('last-call');
  });
  addEventListener('pageshow', async ({ persisted }) => {
    // In the moment in which a page comes back, devtools forget its requests.
    if (persisted) await new Promise((resolve) => setTimeout(resolve, 300));
    keepCall((await ask('/join?as=' + page)).token);
  });
`;

/** A call app on loopback: a guest page and a host page of one origin, a login, and a logout that forgets the cookie. `now` in seconds. */
export async function startCallApp(now: number): Promise<CallApp> {
  const issued: CallApp['issued'] = { guest: [], host: [], account: [] };
  const guest = (number: number) => daily.guest({ iat: now + number, exp: now + number + hours(1) });
  const host = () => daily.host({ ud: 'a3bb189e', iat: now, exp: now + hours(1) });
  const account = () =>
    jwt({ iss: 'https://id.northwind.example', aud: 'calls', sub: 'grace', iat: now, exp: now + hours(8) });
  const give = (whose: keyof typeof issued, mint: (number: number) => string, again = false): string => {
    const tokens = issued[whose];
    if (again || tokens.length === 0) tokens.push(mint(tokens.length));
    return tokens.at(-1) as string;
  };
  const answers: Record<string, () => string> = {
    '/join?as=guest': () => give('guest', guest),
    '/join?as=host': () => give('host', host),
    '/renew': () => give('guest', guest, true),
    '/login': () => give('account', account),
  };
  const server = createServer((request, reply) => {
    const answer = request.method === 'POST' ? answers[request.url ?? ''] : undefined;
    if (answer) return reply.setHeader('content-type', 'application/json').end(JSON.stringify({ token: answer() }));
    if (!/^\/(?:guest|host)$/.test(request.url ?? '')) return reply.writeHead(404).end();
    reply.setHeader('content-type', 'text/html; charset=utf-8');
    return reply.end(`<!doctype html><title>Call</title><script>${script}</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    guestUrl: `${origin}/guest`,
    hostUrl: `${origin}/host`,
    issued,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
