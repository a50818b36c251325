import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PageServer {
  origin: string;
  close(): Promise<void>;
}

/** Serves the given pages by path on loopback. */
export async function servePages(
  pages: Record<string, string>,
  headers: Record<string, Record<string, string>> = {},
): Promise<PageServer> {
  const server = createServer((request, reply) => {
    const path = (request.url ?? '/').replace(/\?.*$/, '');
    const page = pages[path];
    reply.setHeader('content-type', 'text/html; charset=utf-8');
    for (const [name, value] of Object.entries(headers[path] ?? {})) reply.setHeader(name, value);
    reply.writeHead(page === undefined ? 404 : 200).end(page ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
